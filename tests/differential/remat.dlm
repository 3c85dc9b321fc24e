// sizes N = 3 5 8 9
// below 4
package differential

// Values that are computed again in the backward pass: blocks, a field, a function; running statistics, shared weights.
#remat
layer RematBlock(d: int = _) {
  norm = LayerNorm()
  up = Linear(2 * d)
  down = Linear(d)
  fn forward(x: [N, d]) -> [N, d] = x + (x |> norm |> up |> gelu |> down)
}

#remat
fn sharpen(x: [...], by: float) -> [...] = tanh(x * by) * sigmoid(x)

layer RematLayer() {
  first = Linear(6)
  blocks = [RematBlock() for _ in 0..<3]
  #remat
  statistics = [BatchNorm1d(), tanh]
  again = RematBlock()
  head = Linear(4)

  fn forward(x: [N, 5]) -> [N, 4] = x |> first |> blocks |> statistics |> again |> again |> sharpen(0.5) |> head
  fn loss(x: [N, 5], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
  fn judged(x: [N, 5], label: i32[N]) -> (loss: [], scores: [N, 4], best: i32[N]) {
    scores = forward(x)
    return cross_entropy(scores, label), scores, argmax(scores, axis = 1)
  }
}

model Remat = RematLayer()
