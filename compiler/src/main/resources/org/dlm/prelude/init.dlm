/*
 * Initialisers: how a parameter is filled before training. Seen where an initialiser is expected (after `=` of a `param` or `buffer`,
 * as a hyper-parameter of type `init`). The primitive ones are the runtime's; means and bounds follow PyTorch's torch.nn.init, fans are given.
 */
package dlm.init

/// All 0.
prim fn zeros() -> init
/// All 1.
prim fn ones() -> init
/// All the same number.
prim fn full(value: float) -> init
/// Equally likely between a (included) and b (excluded).
prim fn uniform(a: float = 0.0, b: float = 1.0) -> init
/// Normally distributed.
prim fn normal(mean: float = 0.0, std: float = 1.0) -> init
/// Normally distributed around 0; what falls outside [-2, 2] is drawn again.
prim fn truncated_normal(std: float = 1.0) -> init
/// A matrix with orthonormal rows or columns (Saxe et al., 2013).
prim fn orthogonal() -> init
/// 1 on the diagonal, else 0.
prim fn eye() -> init

/// He et al., 2015, for relu: uniform with bound sqrt(6 / fan_in).
fn he_uniform(fan_in: float) -> init = uniform(-sqrt(6.0 / fan_in), sqrt(6.0 / fan_in))
/// He et al., 2015, for relu: normal with variance 2 / fan_in.
fn he_normal(fan_in: float) -> init = normal(0.0, sqrt(2.0 / fan_in))
/// Glorot and Bengio, 2010: uniform with bound sqrt(6 / (fan_in + fan_out)).
fn glorot_uniform(fan_in: float, fan_out: float) -> init =
  uniform(-sqrt(6.0 / (fan_in + fan_out)), sqrt(6.0 / (fan_in + fan_out)))
/// Glorot and Bengio, 2010: normal with variance 2 / (fan_in + fan_out).
fn glorot_normal(fan_in: float, fan_out: float) -> init = normal(0.0, sqrt(2.0 / (fan_in + fan_out)))
/// What PyTorch's Linear and convolutions start from, weight and bias: uniform with bound 1 / sqrt(fan_in).
fn fan_uniform(fan_in: float) -> init = uniform(-1 / sqrt(fan_in), 1 / sqrt(fan_in))
