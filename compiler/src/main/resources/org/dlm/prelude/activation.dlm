/* Activations: every one as PyTorch's function of the same name. */
package dlm.activation

/// max(x, 0), with gradient 0 at 0. The gradient looks at the result instead of x, so that x need not be kept for it.
/// torch torch.nn.functional.relu
/// run relu(x) -> [0, 0, 2] with x = [-1, 0, 2]
fn relu(x: [...]) -> [...] = select(x <= 0, 0.0, x)
  grad (dy) = select(select(x <= 0, 0.0, x) <= 0, 0.0, dy)
/// x above 0, slope * x below.
/// torch torch.nn.functional.leaky_relu
/// run leaky_relu(x) -> [-0.01, 2] with x = [-1, 2]
fn leaky_relu(x: [...], slope: float = 0.01) -> [...] = select(x > 0, x, slope * x)
/// min(max(x, 0), 6).
/// torch torch.nn.functional.relu6
/// run relu6(x) -> [0, 2, 6] with x = [-1, 2, 9]
fn relu6(x: [...]) -> [...] = hardtanh(x, 0.0, 6.0)
/// x between low and high, else the nearer of the two.
/// torch torch.nn.functional.hardtanh
/// run hardtanh(x) -> [-1, 0.5, 1] with x = [-3, 0.5, 2]
fn hardtanh(x: [...], low: float = -1.0, high: float = 1.0) -> [...] {
  require low < high, "low must be below high"
  return select(x <= low, low, select(x >= high, high, x))
}
/// A piecewise linear sigmoid: (x + 3) / 6, kept between 0 and 1.
/// torch torch.nn.functional.hardsigmoid
/// run hardsigmoid(x) -> [0, 0.5, 1] with x = [-4, 0, 4]
fn hardsigmoid(x: [...]) -> [...] = select(x <= -3, 0.0, select(x >= 3, 1.0, x / 6 + 0.5))
/// x * hardsigmoid(x).
/// torch torch.nn.functional.hardswish
/// run hardswish(x) -> [0, 0.6667, 4] with x = [-4, 1, 4]
fn hardswish(x: [...]) -> [...] = x * hardsigmoid(x)

/// exp(x) over its sum along the axis; shifted by the maximum so that exp cannot overflow.
/// torch torch.nn.functional.softmax
/// run softmax(x) -> [0.0900, 0.2447, 0.6652] with x = [1, 2, 3]
fn softmax(x: [...], axis: int = -1) -> [...] {
  e = exp(x - stop(amax(x, axes = axis, keep = true)))
  return e / sum(e, axes = axis, keep = true)
}
/// The logarithm of softmax, exact also where softmax is near 0.
/// torch torch.nn.functional.log_softmax
/// run log_softmax(x) -> [-2.4076, -1.4076, -0.4076] with x = [1, 2, 3]
fn log_softmax(x: [...], axis: int = -1) -> [...] {
  y = x - stop(amax(x, axes = axis, keep = true))
  return y - log(sum(exp(y), axes = axis, keep = true))
}

/// x times the normal distribution's probability of a value below x (Hendrycks and Gimpel, 2016).
/// torch torch.nn.functional.gelu
/// run gelu(x) -> [-0.1587, 0, 0.8413] with x = [-1, 0, 1]
fn gelu(x: [...]) -> [...] = 0.5 * x * (1 + erf(x * sqrt(0.5)))
/// gelu by its approximation with tanh.
/// torch torch.nn.functional.gelu(approximate="tanh")
/// run gelu_tanh(x) -> [-0.1588, 0, 0.8412] with x = [-1, 0, 1]
fn gelu_tanh(x: [...]) -> [...] = 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x * x * x)))
/// x * sigmoid(x), also called swish.
/// torch torch.nn.functional.silu
/// run silu(x) -> [-0.2689, 0, 0.7311] with x = [-1, 0, 1]
fn silu(x: [...]) -> [...] = x * sigmoid(x)
/// x * tanh(softplus(x)) (Misra, 2019).
/// torch torch.nn.functional.mish
/// run mish(x) -> [-0.3034, 0, 0.8651] with x = [-1, 0, 1]
fn mish(x: [...]) -> [...] = x * tanh(softplus(x))
/// x above 0, alpha * (exp(x) - 1) below.
/// torch torch.nn.functional.elu
/// run elu(x) -> [-0.6321, 0, 1] with x = [-1, 0, 1]
fn elu(x: [...], alpha: float = 1.0) -> [...] = select(x > 0, x, alpha * expm1(select(x > 0, 0.0, x)))
/// elu with the constants that keep mean and variance (Klambauer et al., 2017).
/// torch torch.nn.functional.selu
/// run selu(x) -> [-1.1113, 0, 1.0507] with x = [-1, 0, 1]
fn selu(x: [...]) -> [...] = 1.0507009873554804934193349852946 * elu(x, 1.6732632423543772848170429916717)
/// x above 0, alpha * (exp(x / alpha) - 1) below.
/// torch torch.nn.functional.celu
/// run celu(x, alpha = 2) -> [-0.7869, 0, 1] with x = [-1, 0, 1]
fn celu(x: [...], alpha: float = 1.0) -> [...] {
  require alpha != 0, "alpha divides, so it cannot be 0"
  return select(x > 0, x, alpha * expm1(select(x > 0, 0.0, x) / alpha))
}
/// log(1 + exp(beta * x)) / beta, a smooth relu; exact everywhere, so that there is no threshold as in PyTorch.
/// torch torch.nn.functional.softplus
/// run softplus(x) -> [0.3133, 0.6931, 1.3133] with x = [-1, 0, 1]
fn softplus(x: [...], beta: float = 1.0) -> [...] {
  require beta != 0, "beta divides, so it cannot be 0"
  return if beta == 1.0 then max(x, 0.0) + log1p(exp(-abs(x))) else softplus(beta * x) / beta
}
/// x / (1 + |x|).
/// torch torch.nn.functional.softsign
/// run softsign(x) -> [-0.5, 0, 0.75] with x = [-1, 0, 3]
fn softsign(x: [...]) -> [...] = x / (1 + abs(x))
/// log(sigmoid(x)).
/// torch torch.nn.functional.logsigmoid
/// run logsigmoid(x) -> [-1.3133, -0.6931, -0.3133] with x = [-1, 0, 1]
fn logsigmoid(x: [...]) -> [...] = -softplus(-x)
/// The first half times the sigmoid of the second half.
/// torch torch.nn.functional.glu
/// run glu(x) -> [0.5, 1.4621] with x = [1, 2, 0, 1]
fn glu(x: [...], axis: int = -1) -> _ {
  a, b = split(x, 2, axis)
  return a * sigmoid(b)
}
