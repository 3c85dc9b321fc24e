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
prim fn neg(x: _) -> _
/// |x|; its gradient at 0 is 0.
prim fn abs(x: _) -> _
/// -1, 0 or 1 by the sign of x; no gradient.
prim fn sign(x: _) -> _
/// The largest whole number that is not above x; no gradient.
prim fn floor(x: [...]) -> [...]
/// The nearest whole number, the even one of two equally near; no gradient.
prim fn round(x: [...]) -> [...]
/// e to the power x.
prim fn exp(x: [...]) -> [...]
/// exp(x) - 1, exact near 0.
prim fn expm1(x: [...]) -> [...]
/// Natural logarithm.
prim fn log(x: [...]) -> [...]
/// log(1 + x), exact near 0.
prim fn log1p(x: [...]) -> [...]
/// Square root.
prim fn sqrt(x: [...]) -> [...]
/// 1 / sqrt(x).
prim fn rsqrt(x: [...]) -> [...]
/// Sine.
prim fn sin(x: [...]) -> [...]
/// Cosine.
prim fn cos(x: [...]) -> [...]
/// Hyperbolic tangent.
prim fn tanh(x: [...]) -> [...]
/// 1 / (1 + exp(-x)).
prim fn sigmoid(x: [...]) -> [...]
/// The error function.
prim fn erf(x: [...]) -> [...]
/// Where x does not hold.
prim fn logical_not(x: bool[...]) -> bool[...]
/// As f32; true is 1.
prim fn float(x: _) -> _
/// As i32; the fraction is cut off, true is 1.
prim fn int(x: _) -> _
/// As bool: x != 0.
prim fn bool(x: _) -> _
/// The same numbers, but no gradient flows through.
prim fn stop(x: _) -> _

// ------------------------------------------------------------------------------------------------ two numbers
// Shapes broadcast: axes are aligned at the right, an axis of length 1 or a missing one stretches, and one operand
// already has the shape of the result.

/// a + b.
prim fn add(a: _, b: _) -> _
/// a - b.
prim fn sub(a: _, b: _) -> _
/// a * b.
prim fn mul(a: _, b: _) -> _
/// a / b.
prim fn div(a: _, b: _) -> _
/// a to the power b.
prim fn pow(a: _, b: _) -> _
/// a - b * floor(a / b): the remainder, with the sign of b.
prim fn rem(a: _, b: _) -> _
/// The larger of two; NaN if either is. On a tie each gets half of the gradient.
prim fn max(a: _, b: _) -> _
/// The smaller of two; NaN if either is. On a tie each gets half of the gradient.
prim fn min(a: _, b: _) -> _
/// a < b.
prim fn lt(a: _, b: _) -> _
/// a <= b.
prim fn le(a: _, b: _) -> _
/// a > b.
prim fn gt(a: _, b: _) -> _
/// a >= b.
prim fn ge(a: _, b: _) -> _
/// a == b.
prim fn eq(a: _, b: _) -> _
/// a != b.
prim fn ne(a: _, b: _) -> _
/// Where both hold.
prim fn logical_and(a: _, b: _) -> _
/// Where at least one holds.
prim fn logical_or(a: _, b: _) -> _
/// Element by element: a where the condition (bool) holds, else b; the three broadcast.
prim fn select(condition: _, a: _, b: _) -> _

// ------------------------------------------------------------------------------------------------ sources

/// One number everywhere.
prim fn full(shape: int[], value: float) -> _
/// One number everywhere, shaped like x.
prim fn full_like(x: _, value: float) -> _
/// Every element is its own position along the axis, as an i32.
prim fn iota(shape: int[], axis: int = 0) -> _
/// Random numbers, equally likely between 0 (included) and 1 (excluded).
prim fn uniform(shape: int[]) -> _
/// Random numbers like uniform, shaped like x.
prim fn uniform_like(x: _) -> _
/// Random numbers, normally distributed with mean 0 and standard deviation 1.
prim fn normal(shape: int[]) -> _
/// Random numbers like normal, shaped like x.
prim fn normal_like(x: _) -> _

// ------------------------------------------------------------------------------------------------ shapes

/// The same numbers in the same order under another shape; one dim may be `_` and is worked out.
prim fn reshape(x: _, shape: int[]) -> _
/// Axes `start` to `end` (included) made one.
prim fn flatten(x: _, start: int = 1, end: int = -1) -> _
/// A new axis of length 1, so that it is axis `axis` of the result.
prim fn unsqueeze(x: _, axis: int) -> _
/// Without axis `axis`, which must be 1 long.
prim fn squeeze(x: _, axis: int) -> _
/// Axes in another order: axis i of the result is axis axes[i] of x.
prim fn permute(x: _, axes: int[]) -> _
/// Two axes swapped.
prim fn transpose(x: _, first: int, second: int) -> _
/// Splits, reorders and joins axes: rearrange(x, "n t (h c) -> n h t c", h = 8). Every further argument is the length of
/// a name.
prim fn rearrange(x: _, pattern: str) -> _
/// Repeated along missing leading axes and axes of length 1, up to the shape.
prim fn broadcast(x: _, shape: int[]) -> _
/// Elements start, start + step, ... before stop, one entry of each list an axis. Negative numbers count from the end,
/// `_` as a stop is the end.
prim fn slice(x: _, start: int[], stop: int[], step: int[] = 1) -> _
/// Puts `low` elements before each axis, `high` after it and `between` between neighbours; negative numbers cut off.
prim fn pad(x: _, low: int[], high: int[], between: int[] = 0, value: float = 0.0) -> _
/// The tensors of a list one after the other along an axis.
prim fn concat(xs: _, axis: int = 0) -> _
/// The equally shaped tensors of a list along a new axis.
prim fn stack(xs: _, axis: int = 0) -> _
/// Reversed along the axes.
prim fn flip(x: _, axes: int[]) -> _

// ------------------------------------------------------------------------------------------------ reductions

/// Sum over the axes (all when left out), which stay as axes of length 1 with keep = true.
prim fn sum(x: _, axes: int[] = _, keep: bool = false) -> _
/// Product over the axes (all when left out).
prim fn prod(x: _, axes: int[] = _, keep: bool = false) -> _
/// Maximum over the axes (all when left out); ties share the gradient evenly.
prim fn amax(x: _, axes: int[] = _, keep: bool = false) -> _
/// Minimum over the axes (all when left out); ties share the gradient evenly.
prim fn amin(x: _, axes: int[] = _, keep: bool = false) -> _
/// How many elements a reduction over the axes (all when left out) puts together, as a scalar.
prim fn count(x: _, axes: int[] = _) -> []
/// Position of the first maximum along an axis, which goes away.
prim fn argmax(x: _, axis: int = -1) -> _
/// Position of the first minimum along an axis, which goes away.
prim fn argmin(x: _, axis: int = -1) -> _
/// Running sum along an axis.
prim fn cumsum(x: _, axis: int = -1) -> _

// ------------------------------------------------------------------------------------------------ contractions

/// Products summed over the axes that the result does not name: einsum(x, w, "... i, o i -> ... o"). Names are separated
/// by spaces.
prim fn einsum(a: _, b: _ = none, c: _ = none, pattern: str) -> _
/// Matrix product; leading axes are those of both, or of one.
prim fn matmul(a: [...], b: _) -> _
/// Convolution over one axis. Padding is one number for both sides, or two: before and after.
prim fn conv1d(x: [N, C, L], w: [O, C / groups, K], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1,
    groups: int = 1)
  -> [N, O, _]
/// Convolution over two axes. Window arguments are one number or one an axis; padding may also have two an axis: before
/// and after.
prim fn conv2d(x: [N, C, H, W], w: [O, C / groups, KH, KW], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1,
               groups: int = 1) -> [N, O, _, _]
/// Convolution over three axes.
prim fn conv3d(x: [N, C, D, H, W], w: [O, C / groups, KD, KH, KW], stride: int[] = 1, padding: int[] = 0,
               dilation: int[] = 1, groups: int = 1) -> [N, O, _, _, _]
/// Transposed convolution over one axis: the gradient of conv1d's input.
prim fn conv_transpose1d(x: [N, C, L], w: [C, O, K], stride: int[] = 1, padding: int[] = 0, output_padding: int[] = 0,
                         dilation: int[] = 1, groups: int = 1) -> [N, O * groups, _]
/// Transposed convolution over two axes: the gradient of conv2d's input.
prim fn conv_transpose2d(x: [N, C, H, W], w: [C, O, KH, KW], stride: int[] = 1, padding: int[] = 0,
                         output_padding: int[] = 0, dilation: int[] = 1, groups: int = 1) -> [N, O * groups, _, _]
/// Transposed convolution over three axes: the gradient of conv3d's input.
prim fn conv_transpose3d(x: [N, C, D, H, W], w: [C, O, KD, KH, KW], stride: int[] = 1, padding: int[] = 0,
                         output_padding: int[] = 0, dilation: int[] = 1, groups: int = 1) -> [N, O * groups, _, _, _]

// ------------------------------------------------------------------------------------------------ windows
// Over the last axes; the stride is the kernel when left out.

/// Maximum in each window; padding counts as minus infinity; the gradient goes to the first maximum.
prim fn max_pool1d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Maximum in each window; padding counts as minus infinity; the gradient goes to the first maximum.
prim fn max_pool2d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Maximum in each window; padding counts as minus infinity; the gradient goes to the first maximum.
prim fn max_pool3d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Sum of each window; padding counts as 0.
prim fn sum_pool1d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Sum of each window; padding counts as 0.
prim fn sum_pool2d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _
/// Sum of each window; padding counts as 0.
prim fn sum_pool3d(x: [...], kernel: int[], stride: int[] = _, padding: int[] = 0, dilation: int[] = 1) -> _

// ------------------------------------------------------------------------------------------------ lookups

/// Rows of a table by number; a number outside the table gives zeros.
prim fn take(table: _, ids: i32[...]) -> _
/// One element of the last axis each, by number; a number outside the axis gives 0.
prim fn pick(x: _, ids: i32[...]) -> _
/// A table of `rows` rows, to which each update is added where its number points.
prim fn scatter_add(ids: _, updates: _, rows: int) -> _
