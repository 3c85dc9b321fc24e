/* Shapes, sources, reductions and small mathematics over the primitives. */
package dlm.shape

/// All 0.
/// torch torch.zeros
/// run zeros([2, 2]) -> [[0, 0], [0, 0]]
fn zeros(shape: int[]) -> _ = full(shape, 0.0)
/// All 1.
/// torch torch.ones
/// run ones([3]) -> [1, 1, 1]
fn ones(shape: int[]) -> _ = full(shape, 1.0)

/// The same again: a stage that does nothing.
/// torch torch.nn.Identity
/// run identity(x) -> [1, 2] with x = [1, 2]
fn identity(x: _) -> _ = x

/// The window arguments of `count` axes: one number serves all of them.
/// torch none
/// run product(each_axis(3, 2)) -> 9
fn each_axis(window: int[], count: int) -> int[] {
  require len(window) == 1 or len(window) == count, "kernel, stride, padding, dilation: one number, or one for each axis"
  return if len(window) == 1 then [window[0] for _ in 0..<count] else window
}

/// The lengths of a kernel along `count` axes: one number serves all of them.
/// torch none
/// run product(kernel_sizes(3, 2)) -> 9
fn kernel_sizes(kernel: int[], count: int) -> int[] {
  for k in kernel { require k >= 1, "a kernel is at least 1 long" }
  return each_axis(kernel, count)
}

/// The product of some ints.
/// torch math.prod
/// run product([2, 3, 4]) -> 24
fn product(numbers: int[]) -> int {
  all = 1
  for n in numbers { all = all * n }
  return all
}

/// An axis counted from the front.
/// torch none
/// run from_front(-1, 4) -> 3
fn from_front(axis: int, count: int) -> int {
  require -count <= axis and axis < count, "axes count from 0, or from -1 backwards; this tensor has fewer"
  return if axis < 0 then axis + count else axis
}

/// Cuts an axis into `count` equally long parts.
/// torch torch.chunk
/// run split(x, 2)[1] -> [3, 4] with x = [1, 2, 3, 4]
fn split(x: _, count: int, axis: int = -1) -> _ {
  require count >= 1, "an axis is cut into at least one part"
  a = from_front(axis, rank(x))
  parts = 0..<count
  n = shape(x)[a] / len(parts)
  return [narrow(x, a, i * n, n) for i in parts]
}

/// `length` elements of one axis, from `start` on, which counts from the end where it is negative.
/// torch torch.narrow
/// run narrow(x, 0, 1, 2) -> [2, 3] with x = [1, 2, 3, 4]
fn narrow(x: _, axis: int, start: int, length: int) -> _ {
  a = from_front(axis, rank(x))
  return slice(x, [if i == a then start else 0 for i in 0..<rank(x)],
               length = [if i == a then length else shape(x)[i] for i in 0..<rank(x)])
}

/// x repeated: `times[i]` times along axis i, one number for each axis.
/// torch torch.Tensor.repeat
/// run repeat(x, [2, 1]) -> [[1, 2], [1, 2]] with x = [[1, 2]]
fn repeat(x: _, times: int[]) -> _ {
  require len(times) == rank(x), "a tensor is repeated so many times along each of its axes: one number an axis"
  y = x
  for i in 0..<len(times) {
    if times[i] != 1 {
      require times[i] >= 1, "an axis is repeated at least once"
      y = concat([y for _ in 0..<times[i]], axis = i)
    }
  }
  return y
}

/// Per-channel vector, ready to meet an N, C, L tensor.
/// torch none
/// run channels1d(v) -> [[1], [2]] with v = [1, 2]
fn channels1d(v: [C]) -> [C, 1] = reshape(v, [C, 1])
/// Per-channel vector, ready to meet an N, C, H, W tensor.
/// torch none
/// run channels(v) -> [[[1]], [[2]]] with v = [1, 2]
fn channels(v: [C]) -> [C, 1, 1] = reshape(v, [C, 1, 1])
/// Per-channel vector, ready to meet an N, C, D, H, W tensor.
/// torch none
/// run channels3d(v) -> [[[[1]]], [[[2]]]] with v = [1, 2]
fn channels3d(v: [C]) -> [C, 1, 1, 1] = reshape(v, [C, 1, 1, 1])

// ------------------------------------------------------------------------------------------------ reductions

/// Mean over the axes (all when left out).
/// torch torch.mean
/// run mean(x, axes = 1) -> [1.5, 3.5] with x = [[1, 2], [3, 4]]
fn mean(x: _, axes: int[] = _, keep: bool = false) -> _ = sum(x, axes = axes, keep = keep) / count(x, axes = axes)

/// Mean and variance (divided by the count) over the axes.
/// torch torch.var_mean
/// run moments(x, axes = 1) -> [2, 3], [1, 0] with x = [[1, 3], [3, 3]]
fn moments(x: _, axes: int[] = _, keep: bool = false) -> _ {
  m = mean(x, axes = axes, keep = true)
  v = mean(square(x - m), axes = axes, keep = keep)
  return if keep then m else mean(x, axes = axes), v
}

/// Variance over the axes; `correction` is taken off the count (1 as in PyTorch).
/// torch torch.var
/// run var(x) -> 1 with x = [1, 2, 3]
fn var(x: _, axes: int[] = _, keep: bool = false, correction: int = 1) -> _ {
  m = mean(x, axes = axes, keep = true)
  return sum(square(x - m), axes = axes, keep = keep) / max(count(x, axes = axes) - correction, 0.0)
}

/// The p-th root of x, which is not negative, with gradient 0 at 0: where a length or a deviation is 0, it has no direction.
/// torch none
/// run flat_root(x, 2.0) -> [0, 3] with x = [0, 9]
fn flat_root(x: [...], p: float) -> [...] = x ** (1 / p)
  grad (dy) = select(x == 0, 0.0, dy * x ** (1 / p - 1) / p)

/// |x| to the power p, with gradient 0 at 0 for every p.
/// torch none
/// run abs_power(x, 3.0) -> [0, 8] with x = [0, -2]
fn abs_power(x: [...], p: float) -> [...] = abs(x) ** p
  grad (dy) = select(x == 0, 0.0, dy * p * sign(x) * abs(x) ** (p - 1))

/// Standard deviation over the axes.
/// torch torch.std
/// run std(x, correction = 0) -> 2 with x = [1, 5]
fn std(x: _, axes: int[] = _, keep: bool = false, correction: int = 1) -> _ = flat_root(var(x, axes, keep, correction), 2.0)

/// The p-norm over the axes (the Euclidean one when left out): p-th root of the sum of |x| to the power p; the largest |x| for p = inf,
/// the smallest for p = -inf, for p = 0 how many are not 0. Its gradient at 0 is 0.
/// torch torch.linalg.vector_norm
/// run norm(x) -> 5 with x = [3, -4]
/// run norm(x, p = 1.0, axes = 1) -> [3, 7] with x = [[1, 2], [-3, 4]]
fn norm(x: _, p: float = 2.0, axes: int[] = _, keep: bool = false) -> _ =
  if p == 2.0 then flat_root(sum(square(x), axes = axes, keep = keep), 2.0)
  else if p == 1.0 then sum(abs(x), axes = axes, keep = keep)
  else if p == inf then amax(abs(x), axes = axes, keep = keep)
  else if p == -inf then amin(abs(x), axes = axes, keep = keep)
  else if p == 0.0 then sum(float(x != 0), axes = axes, keep = keep)
  else flat_root(sum(abs_power(x, p), axes = axes, keep = keep), p)

/// log(sum(exp(x))) over the axes; shifted by the maximum, where that is finite, so that exp cannot overflow.
/// torch torch.logsumexp
/// run logsumexp(x) -> 1000.6931 with x = [1000, 1000]
fn logsumexp(x: _, axes: int[] = -1, keep: bool = false) -> _ {
  most = stop(amax(x, axes = axes, keep = true))
  m = select(abs(most) == inf, 0.0, most)
  s = log(sum(exp(x - m), axes = axes, keep = true)) + m
  return if keep then s else sum(s, axes = axes)
}

/// Does it hold anywhere along the axes?
/// torch torch.any
/// run any(x, axes = 1) -> bool([1, 0]) with x = bool([[1, 0], [0, 0]])
fn any(x: _, axes: int[] = _, keep: bool = false) -> _ = amax(float(x), axes = axes, keep = keep) > 0
/// Does it hold everywhere along the axes?
/// torch torch.all
/// run all(x, axes = 1) -> bool([0, 1]) with x = bool([[1, 0], [1, 1]])
fn all(x: _, axes: int[] = _, keep: bool = false) -> _ = amin(float(x), axes = axes, keep = keep) > 0

// ------------------------------------------------------------------------------------------------ pointwise

/// x * x.
/// torch torch.square
/// run square(x) -> [9, 4] with x = [3, -2]
fn square(x: _) -> _ = x * x
/// 1 / x.
/// torch torch.reciprocal
/// run reciprocal(x) -> [0.5, -4] with x = [2, -0.25]
fn reciprocal(x: _) -> _ = 1.0 / x
/// x, but never below `low` nor above `high`; its gradient is 1 at both. Where low is above high, which PyTorch takes to
/// mean high everywhere, it is an error.
/// torch torch.clamp
/// run clamp(x, -1, 1) -> [-1, 0.5, 1] with x = [-3, 0.5, 2]
fn clamp(x: [...], low: float, high: float) -> [...] {
  require low <= high, "low is at most high"
  return select(x < low, low, select(x > high, high, x))
}
  grad (dy) = select(low <= x and x <= high, dy, 0.0)
/// From a (at w = 0) to b (at w = 1) along a straight line.
/// torch torch.lerp
/// run lerp(a, b, 0.25) -> [1, 2] with a = [0, 2], b = [4, 2]
fn lerp(a: _, b: _, w: _) -> _ = a + w * (b - a)
/// The other name of select: a where the condition holds, else b.
/// torch torch.where
/// run where(x > 0, x, -x) -> [1, 2] with x = [1, -2]
fn where(condition: _, a: _, b: _) -> _ = select(condition, a, b)

// ------------------------------------------------------------------------------------------------ lookups and chance

/// 1 at the place of the number, 0 elsewhere, along a new last axis of `count`.
/// torch torch.nn.functional.one_hot
/// run one_hot(ids, 3) -> [[0, 0, 1], [1, 0, 0]] with ids = int([2, 0])
fn one_hot(ids: i32[...], count: int) -> [..., count] =
  float(unsqueeze(ids, rank(ids)) == iota([..., count], axis = -1))

/// 1 with probability p, else 0, shaped like `like`.
/// torch torch.bernoulli
/// run bernoulli(0.3, like = x) -> f32[2, 3] with x = f32[2, 3]
fn bernoulli(p: float, like: _) -> _ {
  require 0 <= p and p <= 1, "a probability is from 0 to 1"
  return float(uniform_like(like) < p)
}

/// The k largest elements of an axis, the largest first, and where they were; the gradient goes back there.
/// torch torch.topk
/// run top_k(x, 2) -> [9, 5.5], int([1, 3]) with x = [5, 9, 1, 5.5]
fn top_k(x: _, k: int, axis: int = -1) -> (values: _, indices: _) {
  a = from_front(axis, rank(x))
  last = rank(x) - 1
  y = if a == last then x else transpose(x, a, last)
  n = shape(y)[last]
  require k >= 1 and k <= n, "k must be at least 1, and the axis that long"
  front = shape(y)[0:last]
  z = stop(select(y == y, y, inf))
  place = iota(shape(y), axis = last)
  v = full(front, inf)
  p = int(full(front, -1.0))
  found = for _ in iota([k]) along 0 {
    left = z < unsqueeze(v, last) or z == unsqueeze(v, last) and place > unsqueeze(p, last)
    v = amax(select(left, z, -inf), axes = last)
    p = amin(select(left and z == unsqueeze(v, last), place, n), axes = last)
    yield p
  }
  at = permute(found, [i + 1 for i in 0..<last] + [0])
  values = pick(broadcast(reshape(y, front + [1, n]), front + [k, n]), at)
  return if a == last then values else transpose(values, a, last), if a == last then at else transpose(at, a, last)
}
