package own

/// Two of four experts, by a softmax over the two.
layer Experts() {
  gate = Linear(4)
  param w1: [4, 6, 12] = glorot_uniform(6, 12)
  param w2: [4, 12, 6] = glorot_uniform(12, 6)
  fn forward(x: [N, 6]) -> [N, 6] {
    score, which = top_k(gate(x), 2)
    p = softmax(score, axis = -1)
    one = one_hot(which, 4)
    weight = einsum(p, one, "n k, n k e -> n e")
    y = einsum(relu(einsum(x, w1, "n i, e i h -> n e h")), w2, "n e h, e h o -> n e o")
    return einsum(y, weight, "n e o, n e -> n o")
  }
  fn loss(x: [N, 6], y: [N, 6]) -> [] = l1(forward(x), y)
}
