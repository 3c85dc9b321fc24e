package corpus

fn scale(x: [N], factor: float) -> [N] = 2 * x                    // expect-warning W902 `factor` of fn `scale`
fn join(a: [N, Time], b: [N, Tme]) -> [N, Time] = a + mean(b)     // expect-warning W901 did you mean `Time`

layer Wide(width: int, depth: int = 2) = Linear(width)            // expect-warning W902 `depth` of layer `Wide`

model Lints {
  fn forward(x: [N, 4]) -> [N, 2] = x |> Linear(2) |> relu        // expect-warning W904 are called `linear`
  fn inside(x: [N, 4]) -> _ = x |> [Linear(3), relu]              // expect-warning W904 are called `linear_1`
}

const outside = 3

layer Leftovers(width: int, in: int = _) {
  const half = width / 2                                          // expect-warning W906 const `half`
  param weight: [width, in] = zeros
  param spare: [width] = zeros                                    // expect-warning W906 param `spare`
  if width > 2 { extra = relu }                                   // expect-warning W906 field `extra`
  asked = tanh
  #allow("W906")
  quiet = relu
  fn forward(x: [N, in]) -> [N, width] {
    y = x * 2                                                     // expect-warning W906 take the line out
    a, b = split(x, 2, axis = 1)                                  // expect-warning W906 write `_`
    _unused = 1
    z = einsum(x, weight, "n i, o i -> n o")
    for i in 0..<2 { z = z + i }
    return z + sum(a)
  }
}

model Asks {
  l = Leftovers(4)
  fn forward(x: [N, 4]) -> [N, 4] = (l(x) |> l.asked) * outside
}
