/*
 * The primitives: what the compiler itself knows. Each `prim fn` is bound by its name to a shape rule, a gradient and a
 * meaning.
 *
 * How a declaration is read. Parameters with a tensor type or `_` take tensors; `_` as a parameter's type is any tensor
 * (any element type, any shape) or, where the text says so, a list of tensors; the rule behind it checks further. All
 * other parameters are compile-time values. A default of `none` makes a tensor optional, a default of `_` leaves the
 * value out: the text says what then holds. `_` as a result: the type follows from the rule behind the name.
 *
 * Operators are calls: `a + b` is add(a, b), `-` sub and neg, `*` mul, `/` div, `%` rem, `**` pow, `@` matmul, `<` lt,
 * `<=` le, `>` gt, `>=` ge, `==` eq, `!=` ne, `and` logical_and, `or` logical_or, `not` logical_not.
 */
package dlm.prim

// ------------------------------------------------------------------------------------------------ one number

/// -x.
/// torch torch.neg
/// run neg(x) -> [-1, 0, 2] with x = [1, 0, -2]
prim fn neg(x: _) -> _
/// |x|; its gradient at 0 is 0.
/// torch torch.abs
/// run abs(x) -> [1, 0, 2] with x = [1, 0, -2]
prim fn abs(x: _) -> _
/// -1, 0 or 1 by the sign of x; no gradient.
/// torch torch.sign
/// run sign(x) -> [1, 0, -1] with x = [3, 0, -2]
prim fn sign(x: _) -> _
/// The largest whole number that is not above x; no gradient.
/// torch torch.floor
/// run floor(x) -> [1, -2] with x = [1.7, -1.2]
prim fn floor(x: [...]) -> [...]
/// The nearest whole number, the even one of two equally near; no gradient.
/// torch torch.round
/// run round(x) -> [0, 2, 2] with x = [0.5, 1.5, 2.4]
prim fn round(x: [...]) -> [...]
/// e to the power x.
/// torch torch.exp
/// run exp(x) -> [1, 2.7183] with x = [0, 1]
prim fn exp(x: [...]) -> [...]
/// exp(x) - 1, exact near 0.
/// torch torch.expm1
/// run expm1(x) -> [0, 1.7183] with x = [0, 1]
prim fn expm1(x: [...]) -> [...]
/// Natural logarithm.
/// torch torch.log
/// run log(x) -> [0, 0.6931, -inf] with x = [1, 2, 0]
prim fn log(x: [...]) -> [...]
/// log(1 + x), exact near 0.
/// torch torch.log1p
/// run log1p(x) -> [0, 0.6931] with x = [0, 1]
prim fn log1p(x: [...]) -> [...]
/// Square root.
/// torch torch.sqrt
/// run sqrt(x) -> [3, 1.4142] with x = [9, 2]
prim fn sqrt(x: [...]) -> [...]
/// 1 / sqrt(x).
/// torch torch.rsqrt
/// run rsqrt(x) -> [0.5, 2] with x = [4, 0.25]
prim fn rsqrt(x: [...]) -> [...]
/// Sine.
/// torch torch.sin
/// run sin(x) -> [0, 0.8415] with x = [0, 1]
prim fn sin(x: [...]) -> [...]
/// Cosine.
/// torch torch.cos
/// run cos(x) -> [1, 0.5403] with x = [0, 1]
prim fn cos(x: [...]) -> [...]
/// Hyperbolic tangent.
/// torch torch.tanh
/// run tanh(x) -> [0, 0.7616] with x = [0, 1]
prim fn tanh(x: [...]) -> [...]
/// 1 / (1 + exp(-x)).
/// torch torch.sigmoid
/// run sigmoid(x) -> [0.5, 0.7311] with x = [0, 1]
prim fn sigmoid(x: [...]) -> [...]
/// The error function.
/// torch torch.erf
/// run erf(x) -> [0, 0.8427] with x = [0, 1]
prim fn erf(x: [...]) -> [...]
/// Where x does not hold.
/// torch torch.logical_not
/// run not a -> bool([0, 1]) with a = bool([1, 0])
prim fn logical_not(x: bool[...]) -> bool[...]
/// As f32; true is 1.
/// torch torch.Tensor.float
/// run float(x) -> [2, -1] with x = int([2, -1])
prim fn float(x: _) -> _
/// As i32; the fraction is cut off, true is 1.
/// torch torch.Tensor.int
/// run int(x) -> int([2, -1]) with x = [2.9, -1.9]
prim fn int(x: _) -> _
/// As bool: x != 0.
/// torch torch.Tensor.bool
/// run bool(x) -> bool([0, 1, 1]) with x = [0, 0.5, -3]
prim fn bool(x: _) -> _
/// The same numbers, but no gradient flows through.
/// torch torch.Tensor.detach
/// run stop(x) -> [1, 2] with x = [1, 2]
prim fn stop(x: _) -> _

// ------------------------------------------------------------------------------------------------ two numbers
// Shapes broadcast: axes are aligned at the right, an axis of length 1 or a missing one stretches, and one operand
// already has the shape of the result.

/// a + b.
/// torch torch.add
/// run a + b -> [[11, 22], [13, 24]] with a = [[1, 2], [3, 4]], b = [10, 20]
prim fn add(a: _, b: _) -> _
/// a - b.
/// torch torch.sub
/// run a - b -> [9, 18] with a = [10, 20], b = [1, 2]
prim fn sub(a: _, b: _) -> _
/// a * b.
/// torch torch.mul
/// run a * b -> [10, 40] with a = [10, 20], b = [1, 2]
prim fn mul(a: _, b: _) -> _
/// a / b.
/// torch torch.div
/// run a / b -> [2.5, 10] with a = [10, 20], b = [4, 2]
prim fn div(a: _, b: _) -> _
/// a to the power b.
/// torch torch.pow
/// run a ** b -> [8, 0.5] with a = [2, 4], b = [3, -0.5]
prim fn pow(a: _, b: _) -> _
/// a - b * floor(a / b): the remainder, with the sign of b.
/// torch torch.remainder
/// run a % b -> [1, 2, -2] with a = [7, -7, 7], b = [3, 3, -3]
prim fn rem(a: _, b: _) -> _
/// The larger of two; NaN if either is. On a tie each gets half of the gradient.
/// torch torch.maximum
/// run max(a, b) -> [3, 5] with a = [1, 5], b = [3, 2]
prim fn max(a: _, b: _) -> _
/// The smaller of two; NaN if either is. On a tie each gets half of the gradient.
/// torch torch.minimum
/// run min(a, b) -> [1, 2] with a = [1, 5], b = [3, 2]
prim fn min(a: _, b: _) -> _
/// a < b.
/// torch torch.lt
/// run a < b -> bool([1, 0]) with a = [1, 2], b = [2, 2]
prim fn lt(a: _, b: _) -> _
/// a <= b.
/// torch torch.le
/// run a <= b -> bool([1, 1]) with a = [1, 2], b = [2, 2]
prim fn le(a: _, b: _) -> _
/// a > b.
/// torch torch.gt
/// run a > b -> bool([0, 1]) with a = [1, 2], b = [2, 1]
prim fn gt(a: _, b: _) -> _
/// a >= b.
/// torch torch.ge
/// run a >= b -> bool([0, 1]) with a = [1, 2], b = [2, 2]
prim fn ge(a: _, b: _) -> _
/// a == b.
/// torch torch.eq
/// run a == b -> bool([0, 1]) with a = [1, 2], b = [2, 2]
prim fn eq(a: _, b: _) -> _
/// a != b.
/// torch torch.ne
/// run a != b -> bool([1, 0]) with a = [1, 2], b = [2, 2]
prim fn ne(a: _, b: _) -> _
/// Where both hold.
/// torch torch.logical_and
/// run a and b -> bool([1, 0]) with a = bool([1, 1]), b = bool([1, 0])
prim fn logical_and(a: _, b: _) -> _
/// Where at least one holds.
/// torch torch.logical_or
/// run a or b -> bool([1, 0]) with a = bool([1, 0]), b = bool([0, 0])
prim fn logical_or(a: _, b: _) -> _
/// Element by element: a where the condition (bool) holds, else b; the three broadcast.
/// torch torch.where
/// run select(x > 0, x, 0.1 * x) -> [2, -0.1] with x = [2, -1]
prim fn select(condition: _, a: _, b: _) -> _

// ------------------------------------------------------------------------------------------------ sources

/// One number everywhere.
/// torch torch.full
/// run full([2, 2], 0.5) -> [[0.5, 0.5], [0.5, 0.5]]
prim fn full(shape: int[], value: float) -> _
/// One number everywhere, shaped like x.
/// torch torch.full_like
/// run full_like(x, 7) -> [7, 7] with x = f32[2]
prim fn full_like(x: _, value: float) -> _
/// Every element is its own position along the axis, as an i32.
/// torch torch.arange
/// run iota([2, 3], axis = 1) -> int([[0, 1, 2], [0, 1, 2]])
prim fn iota(shape: int[], axis: int = 0) -> _
/// Random numbers, equally likely between 0 (included) and 1 (excluded).
/// torch torch.rand
/// run uniform([2, 3]) -> f32[2, 3]
prim fn uniform(shape: int[]) -> _
/// Random numbers like uniform, shaped like x.
/// torch torch.rand_like
/// run uniform_like(x) -> f32[4] with x = f32[4]
prim fn uniform_like(x: _) -> _
/// Random numbers, normally distributed with mean 0 and standard deviation 1.
/// torch torch.randn
/// run normal([2, 3]) -> f32[2, 3]
prim fn normal(shape: int[]) -> _
/// Random numbers like normal, shaped like x.
/// torch torch.randn_like
/// run normal_like(x) -> f32[4] with x = f32[4]
prim fn normal_like(x: _) -> _

// ------------------------------------------------------------------------------------------------ shapes

/// The same numbers in the same order under another shape; one dim may be `_` and is worked out.
/// torch torch.reshape
/// run reshape(x, [2, _]) -> [[1, 2], [3, 4]] with x = [1, 2, 3, 4]
prim fn reshape(x: _, shape: int[]) -> _
/// Axes `start` to `end` (included) made one.
/// torch torch.flatten
/// run flatten(x) -> f32[2, 12] with x = f32[2, 3, 4]
prim fn flatten(x: _, start: int = 1, end: int = -1) -> _
/// A new axis of length 1, so that it is axis `axis` of the result.
/// torch torch.unsqueeze
/// run unsqueeze(x, 1) -> [[1], [2]] with x = [1, 2]
prim fn unsqueeze(x: _, axis: int) -> _
/// Without axis `axis`, which must be 1 long.
/// torch torch.squeeze
/// run squeeze(x, 1) -> [1, 2] with x = [[1], [2]]
prim fn squeeze(x: _, axis: int) -> _
/// Axes in another order: axis i of the result is axis axes[i] of x.
/// torch torch.permute
/// run permute(x, [2, 0, 1]) -> f32[4, 2, 3] with x = f32[2, 3, 4]
prim fn permute(x: _, axes: int[]) -> _
/// Two axes swapped.
/// torch torch.transpose
/// run transpose(x, 0, 1) -> [[1, 3], [2, 4]] with x = [[1, 2], [3, 4]]
prim fn transpose(x: _, first: int, second: int) -> _
/// Splits, reorders and joins axes: rearrange(x, "n t (h c) -> n h t c", h = 8). Every further argument is the length of
/// a name.
/// torch none
/// run rearrange(x, "n (h d) -> h n d", h = 2) -> [[[1, 2], [5, 6]], [[3, 4], [7, 8]]] with x = [[1, 2, 3, 4], [5, 6, 7, 8]]
prim fn rearrange(x: _, pattern: str) -> _
/// Repeated along missing leading axes and axes of length 1, up to the shape.
/// torch torch.broadcast_to
/// run broadcast(x, [2, 3]) -> [[1, 1, 1], [2, 2, 2]] with x = [[1], [2]]
prim fn broadcast(x: _, shape: int[]) -> _
/// Elements start, start + step, ... before stop, one entry of each list an axis. Negative numbers count from the end,
/// `_` as a stop is the end.
/// torch torch.Tensor.__getitem__
/// run slice(x, [0, 1], [_, 3]) -> [[2, 3], [6, 7]] with x = [[1, 2, 3, 4], [5, 6, 7, 8]]
/// run x[:, 1:3] -> [[2, 3], [6, 7]] with x = [[1, 2, 3, 4], [5, 6, 7, 8]]
prim fn slice(x: _, start: int[], stop: int[] = _, step: int[] = 1, length: int[] = _) -> _
/// Puts `low` elements before each axis, `high` after it and `between` between neighbours; negative numbers cut off.
/// torch torch.nn.functional.pad
/// run pad(x, [1], [2]) -> [0, 5, 6, 0, 0] with x = [5, 6]
prim fn pad(x: _, low: int[], high: int[], between: int[] = 0, value: float = 0.0) -> _
/// The tensors of a list one after the other along an axis.
/// torch torch.cat
/// run concat([a, b]) -> [1, 2, 3] with a = [1, 2], b = [3]
prim fn concat(xs: _, axis: int = 0) -> _
/// The equally shaped tensors of a list along a new axis.
/// torch torch.stack
/// run stack([a, b]) -> [[1, 2], [3, 4]] with a = [1, 2], b = [3, 4]
prim fn stack(xs: _, axis: int = 0) -> _
/// Reversed along the axes.
/// torch torch.flip
/// run flip(x, 0) -> [3, 2, 1] with x = [1, 2, 3]
prim fn flip(x: _, axes: int[]) -> _

// ------------------------------------------------------------------------------------------------ reductions

/// Sum over the axes (all when left out), which stay as axes of length 1 with keep = true.
/// torch torch.sum
/// run sum(x, axes = 1) -> [3, 7] with x = [[1, 2], [3, 4]]
/// run sum(x) -> 10 with x = [[1, 2], [3, 4]]
prim fn sum(x: _, axes: int[] = _, keep: bool = false) -> _
/// Product over the axes (all when left out).
/// torch torch.prod
/// run prod(x, axes = 1) -> [2, 12] with x = [[1, 2], [3, 4]]
prim fn prod(x: _, axes: int[] = _, keep: bool = false) -> _
/// Maximum over the axes (all when left out); ties share the gradient evenly.
/// torch torch.amax
/// run amax(x, axes = 1) -> [2, 4] with x = [[1, 2], [4, 3]]
prim fn amax(x: _, axes: int[] = _, keep: bool = false) -> _
/// Minimum over the axes (all when left out); ties share the gradient evenly.
/// torch torch.amin
/// run amin(x, axes = 1) -> [1, 3] with x = [[1, 2], [4, 3]]
prim fn amin(x: _, axes: int[] = _, keep: bool = false) -> _
/// How many elements a reduction over the axes (all when left out) puts together, as a scalar.
/// torch torch.numel
/// run count(x, axes = 1) -> 2 with x = f32[3, 2]
prim fn count(x: _, axes: int[] = _) -> []
/// Position of the first maximum along an axis, which goes away.
/// torch torch.argmax
/// run argmax(x) -> int([1, 0]) with x = [[1, 2], [4, 3]]
prim fn argmax(x: _, axis: int = -1) -> _
/// Position of the first minimum along an axis, which goes away.
/// torch torch.argmin
/// run argmin(x) -> int([0, 1]) with x = [[1, 2], [4, 3]]
prim fn argmin(x: _, axis: int = -1) -> _
/// Running sum along an axis.
/// torch torch.cumsum
/// run cumsum(x) -> [1, 3, 6] with x = [1, 2, 3]
prim fn cumsum(x: _, axis: int = -1) -> _

// ------------------------------------------------------------------------------------------------ contractions

/// Products summed over the axes that the result does not name: einsum(x, w, "... i, o i -> ... o"). Names are separated
/// by spaces.
/// torch torch.einsum
/// run einsum(a, b, "n i, o i -> n o") -> [[3, 7]] with a = [[1, 1]], b = [[1, 2], [3, 4]]
prim fn einsum(a: _, b: _ = none, c: _ = none, pattern: str) -> _
/// Matrix product; leading axes are those of both, or of one.
/// torch torch.matmul
/// run a @ b -> [[5, 11]] with a = [[1, 2]], b = [[1, 3], [2, 4]]
prim fn matmul(a: [...], b: _) -> _
/// Convolution over one axis. Padding is one number for both sides, or two: before and after.
/// torch torch.nn.functional.conv1d
/// run conv1d(x, w) -> [[[3, 5]]] with x = [[[1, 2, 3]]], w = [[[1, 1]]]
prim fn conv1d(x: [N, C, L], w: [O, C / groups, K], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1,
    groups: int = 1)
  -> [N, O, _]
/// Convolution over two axes. Window arguments are one number or one an axis; padding may also have two an axis: before
/// and after.
/// torch torch.nn.functional.conv2d
/// run conv2d(x, w, stride = 2, padding = 1) -> f32[2, 8, 4, 4] with x = f32[2, 3, 8, 8], w = f32[8, 3, 3, 3]
prim fn conv2d(x: [N, C, H, W], w: [O, C / groups, KH, KW], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1,
               groups: int = 1) -> [N, O, _, _]
/// Convolution over three axes.
/// torch torch.nn.functional.conv3d
/// run conv3d(x, w) -> f32[2, 4, 3, 4, 5] with x = f32[2, 3, 4, 5, 6], w = f32[4, 3, 2, 2, 2]
prim fn conv3d(x: [N, C, D, H, W], w: [O, C / groups, KD, KH, KW], stride: int[] = 1, padding: int[] = 0,
               dilation: int[] = 1, groups: int = 1) -> [N, O, _, _, _]
/// Transposed convolution over one axis: the gradient of conv1d's input.
/// torch torch.nn.functional.conv_transpose1d
/// run conv_transpose1d(x, w) -> [[[1, 3, 2]]] with x = [[[1, 2]]], w = [[[1, 1]]]
prim fn conv_transpose1d(x: [N, C, L], w: [C, O, K], stride: int[] = 1, padding: int[] = 0, output_padding: int[] = 0,
                         dilation: int[] = 1, groups: int = 1) -> [N, O * groups, _]
/// Transposed convolution over two axes: the gradient of conv2d's input.
/// torch torch.nn.functional.conv_transpose2d
/// run conv_transpose2d(x, w, stride = 2) -> f32[2, 8, 8, 8] with x = f32[2, 3, 4, 4], w = f32[3, 8, 2, 2]
prim fn conv_transpose2d(x: [N, C, H, W], w: [C, O, KH, KW], stride: int[] = 1, padding: int[] = 0,
                         output_padding: int[] = 0, dilation: int[] = 1, groups: int = 1) -> [N, O * groups, _, _]
/// Transposed convolution over three axes: the gradient of conv3d's input.
/// torch torch.nn.functional.conv_transpose3d
/// run conv_transpose3d(x, w) -> f32[2, 4, 3, 3, 3] with x = f32[2, 3, 2, 2, 2], w = f32[3, 4, 2, 2, 2]
prim fn conv_transpose3d(x: [N, C, D, H, W], w: [C, O, KD, KH, KW], stride: int[] = 1, padding: int[] = 0,
                         output_padding: int[] = 0, dilation: int[] = 1, groups: int = 1) -> [N, O * groups, _, _, _]

// ------------------------------------------------------------------------------------------------ windows
// Over the last axes; the stride is the kernel when left out.

/// Maximum in each window; padding counts as minus infinity; the gradient goes to the first maximum.
/// torch torch.nn.functional.max_pool1d
/// run max_pool1d(x, 2) -> [2, 9] with x = [1, 2, 9, 3]
prim fn max_pool1d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Maximum in each window; padding counts as minus infinity; the gradient goes to the first maximum.
/// torch torch.nn.functional.max_pool2d
/// run max_pool2d(x, 2) -> f32[2, 3, 4, 4] with x = f32[2, 3, 8, 8]
prim fn max_pool2d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Maximum in each window; padding counts as minus infinity; the gradient goes to the first maximum.
/// torch torch.nn.functional.max_pool3d
/// run max_pool3d(x, 2) -> f32[2, 3, 2, 2, 2] with x = f32[2, 3, 4, 4, 4]
prim fn max_pool3d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Sum of each window; padding counts as 0.
/// torch none
/// run sum_pool1d(x, 2) -> [3, 12] with x = [1, 2, 9, 3]
prim fn sum_pool1d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Sum of each window; padding counts as 0.
/// torch none
/// run sum_pool2d(x, 2) -> [[14, 22]] with x = [[1, 2, 3, 4], [5, 6, 7, 8]]
prim fn sum_pool2d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Sum of each window; padding counts as 0.
/// torch none
/// run sum_pool3d(x, 2) -> f32[2, 3, 2, 2, 2] with x = f32[2, 3, 4, 4, 4]
prim fn sum_pool3d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _

// ------------------------------------------------------------------------------------------------ lookups

/// Rows of a table by number; a number outside the table is an error of the run.
/// torch torch.nn.functional.embedding
/// run take(table, ids) -> [[5, 6], [1, 2]] with table = [[1, 2], [3, 4], [5, 6]], ids = int([2, 0])
prim fn take(table: _, ids: i32[...]) -> _
/// One element of the last axis each, by number; a number outside the axis is an error of the run.
/// torch torch.gather
/// run pick(x, ids) -> [2, 3] with x = [[1, 2], [3, 4]], ids = int([1, 0])
prim fn pick(x: _, ids: i32[...]) -> _
/// A table of `rows` rows, to which each update is added where its number points.
/// torch torch.index_add
/// run scatter_add(ids, updates, 3) -> [[4], [0], [2]] with ids = int([0, 2, 0]), updates = [[1], [2], [3]]
prim fn scatter_add(ids: _, updates: _, rows: int) -> _
