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

// Lists of stages say nothing of their input: wrong is what no input fits.
layer TwoWidths() = [Linear(3), relu, Linear(4, in = 5)]              // expect-error E0301 `Linear` expects 5 features, the pipe delivers 3
layer FlatImage(n: int) = [Conv2d(n, 3), flatten, MaxPool2d(2)]       // expect-error E0302 `MaxPool2d` expects [N, C, H, W]
layer Numbers() = [Embedding(3, 4), Linear(3), Linear(3, in = 4)]     // expect-error E0301 `Linear` expects 4 features
layer Either(n: int, deep: bool = false) = [Linear(n), if deep then Linear(2) else Linear(3), Linear(3, in = 4)]  // expect-error E0301
layer Sometimes(n: int, deep: bool = false) = [Linear(n), if deep then Linear(2) else Linear(4), Linear(3, in = 4)]
layer AnyWidth(n: int) = [Conv2d(n, 3), BatchNorm2d(), relu, flatten, Linear(n), Linear(n, in = 7)]
layer Words(n: int) = [Embedding(n, 4), LayerNorm(), Dropout(0.1)]
layer Given(stage: fn) = [Linear(3), stage, Linear(3, in = 4)]
