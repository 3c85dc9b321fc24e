/* Shapes, sources, reductions and small mathematics over the primitives. */
package dlm.shape

/// All 0.
fn zeros(shape: int[]) -> _ = full(shape, 0.0)
/// All 1.
fn ones(shape: int[]) -> _ = full(shape, 1.0)

/// The same again: a stage that does nothing.
fn identity(x: _) -> _ = x

/// The window arguments of `count` axes: one number serves all of them.
fn each_axis(window: int[], count: int) -> int[] =
  if len(window) == 1 then [window[0] for _ in 0..<count] else window

/// The product of some ints.
fn product(numbers: int[]) -> int {
  all = 1
  for n in numbers { all = all * n }
  return all
}

/// An axis counted from the front.
fn from_front(axis: int, count: int) -> int = if axis < 0 then axis + count else axis

/// Cuts an axis into `count` equally long parts.
fn split(x: _, count: int, axis: int = -1) -> _ {
  a = from_front(axis, rank(x))
  n = shape(x)[a] / count
  return [narrow(x, a, i * n, n) for i in 0..<count]
}

/// `length` elements of one axis, from `start` on.
fn narrow(x: _, axis: int, start: int, length: int) -> _ {
  a = from_front(axis, rank(x))
  return slice(x, [if i == a then start else 0 for i in 0..<rank(x)],
                  [if i == a then start + length else shape(x)[i] for i in 0..<rank(x)])
}

/// x repeated: `times[i]` times along axis i.
fn repeat(x: _, times: int[]) -> _ {
  y = x
  for i in 0..<len(times) {
    if times[i] != 1 { y = concat([y for _ in 0..<times[i]], axis = i) }
  }
  return y
}

/// Per-channel vector, ready to meet an N, C, L tensor.
fn channels1d(v: [C]) -> [C, 1] = reshape(v, [C, 1])
/// Per-channel vector, ready to meet an N, C, H, W tensor.
fn channels(v: [C]) -> [C, 1, 1] = reshape(v, [C, 1, 1])
/// Per-channel vector, ready to meet an N, C, D, H, W tensor.
fn channels3d(v: [C]) -> [C, 1, 1, 1] = reshape(v, [C, 1, 1, 1])

// ------------------------------------------------------------------------------------------------ reductions

/// Mean over the axes (all when left out).
fn mean(x: _, axes: int[] = _, keep: bool = false) -> _ = sum(x, axes = axes, keep = keep) / count(x, axes = axes)

/// Mean and variance (divided by the count) over the axes.
fn moments(x: _, axes: int[] = _, keep: bool = false) -> _ {
  m = mean(x, axes = axes, keep = true)
  v = mean(square(x - m), axes = axes, keep = keep)
  return if keep then m else mean(x, axes = axes), v
}

/// Variance over the axes; `correction` is taken off the count (1 as in PyTorch).
fn var(x: _, axes: int[] = _, keep: bool = false, correction: int = 1) -> _ {
  m = mean(x, axes = axes, keep = true)
  return sum(square(x - m), axes = axes, keep = keep) / (count(x, axes = axes) - correction)
}

/// Standard deviation over the axes.
fn std(x: _, axes: int[] = _, keep: bool = false, correction: int = 1) -> _ = sqrt(var(x, axes, keep, correction))

/// The p-norm over the axes (the Euclidean one when left out).
fn norm(x: _, p: float = 2.0, axes: int[] = _, keep: bool = false) -> _ =
  if p == 2.0 then sqrt(sum(square(x), axes = axes, keep = keep))
  else if p == 1.0 then sum(abs(x), axes = axes, keep = keep)
  else sum(abs(x) ** p, axes = axes, keep = keep) ** (1 / p)

/// log(sum(exp(x))) over one axis; shifted by the maximum so that exp cannot overflow.
fn logsumexp(x: _, axes: int[] = -1, keep: bool = false) -> _ {
  m = stop(amax(x, axes = axes, keep = true))
  s = log(sum(exp(x - m), axes = axes, keep = true)) + m
  return if keep then s else sum(s, axes = axes)
}

/// Does it hold anywhere along the axes?
fn any(x: _, axes: int[] = _, keep: bool = false) -> _ = amax(float(x), axes = axes, keep = keep) > 0
/// Does it hold everywhere along the axes?
fn all(x: _, axes: int[] = _, keep: bool = false) -> _ = amin(float(x), axes = axes, keep = keep) > 0

// ------------------------------------------------------------------------------------------------ pointwise

/// x * x.
fn square(x: _) -> _ = x * x
/// 1 / x.
fn reciprocal(x: _) -> _ = 1.0 / x
/// x, but never below `low` nor above `high`.
fn clamp(x: _, low: float, high: float) -> _ = min(max(x, low), high)
/// From a (at w = 0) to b (at w = 1) along a straight line.
fn lerp(a: _, b: _, w: _) -> _ = a + w * (b - a)
/// The other name of select: a where the condition holds, else b.
fn where(condition: _, a: _, b: _) -> _ = select(condition, a, b)

// ------------------------------------------------------------------------------------------------ lookups and chance

/// 1 at the place of the number, 0 elsewhere, along a new last axis of `count`.
fn one_hot(ids: i32[...], count: int) -> [..., count] =
  float(unsqueeze(ids, rank(ids)) == iota([..., count], axis = -1))

/// 1 with probability p, else 0, shaped like `like`.
fn bernoulli(p: float, like: _) -> _ = float(uniform_like(like) < p)
