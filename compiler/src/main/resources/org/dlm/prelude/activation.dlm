/* Activations: every one as PyTorch's function of the same name. */
package dlm.activation

/// max(x, 0), with gradient 0 at 0. The gradient looks at the result instead of x, so that x need not be kept for it.
fn relu(x: [...]) -> [...] = select(x <= 0, 0.0, x)
  grad (dy) = select(select(x <= 0, 0.0, x) <= 0, 0.0, dy)
/// x above 0, slope * x below.
fn leaky_relu(x: [...], slope: float = 0.01) -> [...] = select(x > 0, x, slope * x)
/// min(max(x, 0), 6).
fn relu6(x: [...]) -> [...] = hardtanh(x, 0.0, 6.0)
/// x between low and high, else the nearer of the two.
fn hardtanh(x: [...], low: float = -1.0, high: float = 1.0) -> [...] =
  select(x <= low, low, select(x >= high, high, x))
/// A piecewise linear sigmoid: (x + 3) / 6, kept between 0 and 1.
fn hardsigmoid(x: [...]) -> [...] = select(x <= -3, 0.0, select(x >= 3, 1.0, x / 6 + 0.5))
/// x * hardsigmoid(x).
fn hardswish(x: [...]) -> [...] = x * hardsigmoid(x)

/// exp(x) over its sum along the axis; shifted by the maximum so that exp cannot overflow.
fn softmax(x: [...], axis: int = -1) -> [...] {
  e = exp(x - stop(amax(x, axes = axis, keep = true)))
  return e / sum(e, axes = axis, keep = true)
}
/// The logarithm of softmax, exact also where softmax is near 0.
fn log_softmax(x: [...], axis: int = -1) -> [...] {
  y = x - stop(amax(x, axes = axis, keep = true))
  return y - log(sum(exp(y), axes = axis, keep = true))
}

/// x times the normal distribution's probability of a value below x (Hendrycks and Gimpel, 2016).
fn gelu(x: [...]) -> [...] = 0.5 * x * (1 + erf(x * sqrt(0.5)))
/// gelu by its approximation with tanh.
fn gelu_tanh(x: [...]) -> [...] = 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x * x * x)))
/// x * sigmoid(x), also called swish.
fn silu(x: [...]) -> [...] = x * sigmoid(x)
/// x * tanh(softplus(x)) (Misra, 2019).
fn mish(x: [...]) -> [...] = x * tanh(softplus(x))
/// x above 0, alpha * (exp(x) - 1) below.
fn elu(x: [...], alpha: float = 1.0) -> [...] = select(x > 0, x, alpha * expm1(min(x, 0.0)))
/// elu with the constants that keep mean and variance (Klambauer et al., 2017).
fn selu(x: [...]) -> [...] = 1.0507009873554804934193349852946 * elu(x, 1.6732632423543772848170429916717)
/// x above 0, alpha * (exp(x / alpha) - 1) below.
fn celu(x: [...], alpha: float = 1.0) -> [...] = select(x > 0, x, alpha * expm1(min(x, 0.0) / alpha))
/// log(1 + exp(x)), a smooth relu.
fn softplus(x: [...]) -> [...] = max(x, 0.0) + log1p(exp(-abs(x)))
/// x / (1 + |x|).
fn softsign(x: [...]) -> [...] = x / (1 + abs(x))
/// log(sigmoid(x)).
fn logsigmoid(x: [...]) -> [...] = -softplus(-x)
/// The first half times the sigmoid of the second half.
fn glu(x: [...], axis: int = -1) -> _ {
  a, b = split(x, 2, axis)
  return a * sigmoid(b)
}
