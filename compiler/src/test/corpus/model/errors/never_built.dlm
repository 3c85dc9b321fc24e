package corpus

// Layers and functions that no model uses: what is wrong whatever their hyper-parameters are.
layer Mismatch(out: int, in: int = _) {
  param w: [out, in] = zeros
  inner = Linear(out)
  fn forward(x: [N, in]) -> [N, out] {
    y = einsum(x, w, "n i, o i -> n o")
    return y + ones([out + 1])                      // expect-error E0304
  }
  fn wrong_size(x: [N, 3]) -> [N, 4] = x            // expect-error E0301
  fn wrong_axes(x: [N, in]) -> [N, out] = sum(inner(x), axes = 1)   // expect-error E0302
  fn no_such_axis(x: [N, in]) -> [N] = sum(x, axes = 5)             // expect-error E0308
  fn wrong_elements(x: [N, in]) -> i32[N] = sum(x, axes = 1)        // expect-error E0307
  fn good(x: [N, in]) -> [N, out] = inner(x)
  fn undecided(x: [N, in]) -> [N, out] = x
}

layer Open(a: int, b: int, flag: bool = true, rate: float = 0.5, in: int = _) {   // expect-warning W902 `rate`
  require a > 0
  if flag { param extra: [a] = zeros }
  steps = [Linear(a) for _ in 0..<b]
  fn forward(x: [N, in]) -> [N, b] = if flag then x[:, :b] else x @ ones([in, b])
  fn padded(x: [N, H]) -> [N, H] = pad(x, [0, a], [0, b])
  fn either(x: [N, a]) -> _ = if flag then x + extra else x
  fn in_both(x: [N, 3]) -> [N, 2] = if flag then x else x * 2       // expect-error E0301
  fn in_one(x: [N, 3]) -> [N, 2] = if flag then x else x[:, :2]
}

fn any_rank(x: [..., D]) -> [...] = x               // expect-error E0302
fn fits_some(x: [...], y: [N]) -> _ = x * y
fn numbers(x: [N, D], k: int) -> [N, D] = reshape(x, [N, D, k])[:, :, 0]
fn constant(x: [N, D], k: int) -> [N, D, 2] = stack([x, x, x], axis = 2)   // expect-error E0301 // expect-warning W902 `k`
