package corpus

fn scale(x: [N], factor: float) -> [N] = 2 * x                    // expect-warning W902 `factor` of fn `scale`
fn join(a: [N, Time], b: [N, Tme]) -> [N, Time] = a + mean(b)     // expect-warning W901 did you mean `Time`

layer Wide(width: int, depth: int = 2) = Linear(width)            // expect-warning W902 `depth` of layer `Wide`

model Lints {
  fn forward(x: [N, 4]) -> [N, 2] = x |> Linear(2) |> relu        // expect-warning W904 are called `linear`
  fn inside(x: [N, 4]) -> _ = x |> [Linear(3), relu]              // expect-warning W904 are called `linear_1`
}
