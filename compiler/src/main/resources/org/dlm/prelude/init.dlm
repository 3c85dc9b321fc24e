/*
 * Initialisers: how a parameter is filled before training. Seen where an initialiser is expected (after `=` of a `param` or `buffer`,
 * as a hyper-parameter of type `init`). The primitive ones are the runtime's; means and bounds follow PyTorch's torch.nn.init, fans are given.
 */
package dlm.init

/// All 0.
/// torch torch.nn.init.zeros_
/// run zeros -> zeros()
prim fn zeros() -> init
/// All 1.
/// torch torch.nn.init.ones_
/// run ones -> ones()
prim fn ones() -> init
/// All the same number.
/// torch torch.nn.init.constant_
/// run full(0.25) -> full(0.2500)
prim fn full(value: float) -> init
/// Equally likely between a (included) and b (excluded).
/// torch torch.nn.init.uniform_
/// run uniform(-1.0, 1.0) -> uniform(-1.0000, 1.0000)
prim fn uniform(a: float = 0.0, b: float = 1.0) -> init
/// Normally distributed.
/// torch torch.nn.init.normal_
/// run normal(0.0, 0.02) -> normal(0.0000, 0.0200)
prim fn normal(mean: float = 0.0, std: float = 1.0) -> init
/// Normally distributed around 0; what falls outside [-2, 2] is drawn again.
/// torch torch.nn.init.trunc_normal_
/// run truncated_normal(0.02) -> truncated_normal(0.0200)
prim fn truncated_normal(std: float = 1.0) -> init
/// A matrix with orthonormal rows or columns (Saxe et al., 2013).
/// torch torch.nn.init.orthogonal_
/// run orthogonal() -> orthogonal()
prim fn orthogonal() -> init
/// 1 on the diagonal, else 0.
/// torch torch.nn.init.eye_
/// run eye -> eye()
prim fn eye() -> init

/// He et al., 2015, for relu: uniform with bound sqrt(6 / fan_in).
/// torch torch.nn.init.kaiming_uniform_
/// run he_uniform(6) -> uniform(-1.0000, 1.0000)
fn he_uniform(fan_in: float) -> init {
  require fan_in > 0, "fan_in is more than 0"
  return uniform(-sqrt(6.0 / fan_in), sqrt(6.0 / fan_in))
}
/// He et al., 2015, for relu: normal with variance 2 / fan_in.
/// torch torch.nn.init.kaiming_normal_
/// run he_normal(8) -> normal(0.0000, 0.5000)
fn he_normal(fan_in: float) -> init {
  require fan_in > 0, "fan_in is more than 0"
  return normal(0.0, sqrt(2.0 / fan_in))
}
/// Glorot and Bengio, 2010: uniform with bound sqrt(6 / (fan_in + fan_out)).
/// torch torch.nn.init.xavier_uniform_
/// run glorot_uniform(2, 4) -> uniform(-1.0000, 1.0000)
fn glorot_uniform(fan_in: float, fan_out: float) -> init {
  require fan_in > 0 and fan_out > 0, "fan_in and fan_out are more than 0"
  return uniform(-sqrt(6.0 / (fan_in + fan_out)), sqrt(6.0 / (fan_in + fan_out)))
}
/// Glorot and Bengio, 2010: normal with variance 2 / (fan_in + fan_out).
/// torch torch.nn.init.xavier_normal_
/// run glorot_normal(3, 5) -> normal(0.0000, 0.5000)
fn glorot_normal(fan_in: float, fan_out: float) -> init {
  require fan_in > 0 and fan_out > 0, "fan_in and fan_out are more than 0"
  return normal(0.0, sqrt(2.0 / (fan_in + fan_out)))
}
/// What PyTorch's Linear and convolutions start from, weight and bias: uniform with bound 1 / sqrt(fan_in).
/// torch none
/// run fan_uniform(16) -> uniform(-0.2500, 0.2500)
fn fan_uniform(fan_in: float) -> init {
  require fan_in > 0, "fan_in is more than 0"
  return uniform(-1 / sqrt(fan_in), 1 / sqrt(fan_in))
}
