package corpus

// Weights that are used in several places, members that are there or not, requirements in every place, nested comprehensions.

layer Scaled(by: float, n: int = _) {
  param weight: [n] = full(by)
  fn forward(x: [..., n]) -> [..., n] = x * weight
}

fn with_weight(x: [..., D], w: [D]) -> [..., D] = x + w

layer Uses(inner: fn, n: int = _) {
  param own: [n] = full(1.0)
  fn forward(x: [..., n]) -> [..., n] = inner(x) + own
}

layer Holder() {
  first = Scaled(2.0)
  same = first
  second = Scaled(3.0)
  fn forward(x: [N, D]) -> [N, D] = x |> first |> same |> second
  fn tied(x: [N, D]) -> [N, D] = first(x) * first.weight + second.weight
  fn helper(x: [N, D], times: int) -> [N, D] {
    y = x
    for _ in 0..<times { y = second(y) }
    return y
  }
}

model Sharing {
  h = Holder()
  list = [h.first, h.second]
  wrapped = Uses(Scaled(4.0))
  also = Uses(h.first)

  fn a() -> _ = h(ones([1, 2]))                                      // gives 12, 12
  fn b() -> _ = h.tied(ones([1, 2]))                                 // gives 7, 7
  fn c() -> _ = ones([1, 2]) |> list                                 // gives 6, 6
  fn d() -> _ = with_weight(ones([2]), h.first.weight)               // gives 3, 3
  fn e() -> _ = wrapped(ones([2]))                                   // gives 5, 5
  fn f() -> _ = also(ones([1, 2]))                                   // gives 3, 3
  fn g() -> _ = h.helper(ones([1, 2]), 3)                            // gives 27, 27
  fn i() -> _ = list[1](list[0](ones([1, 2])))                       // gives 6, 6
  fn j() -> _ = list[0].weight + h.second.weight                     // gives 5, 5
}

const sizes = [1, 2, 3]
fn squares(n: int) -> int[] = [k * k for k in 0..<n]

layer Optional(bias: bool, gate: bool = false, n: int = _) {
  require n >= 2, "two at least"
  param weight: [n] = full(2.0)
  if bias {
    param offset: [n] = full(1.0)
    if gate { param extra: [n] = full(5.0) } else { const extra = 0.0 }
  } else {
    const offset = 0.0
    const extra = 0.0
  }
  fn forward(x: [..., n]) -> [..., n] = x * weight + offset + extra
}

model Members {
  a = Optional(true)
  b = Optional(false)
  c = Optional(true, gate = true)

  fn with_bias() -> _ = a(ones([2]))                                 // gives 3, 3
  fn without() -> _ = b(ones([2]))                                   // gives 2, 2
  fn gated() -> _ = c(ones([2]))                                     // gives 8, 8
}

model Comprehensions {
  fn pairs() -> [] = len([i + j for i in sizes, j in sizes])         // gives 9
  fn triangle() -> [] = len([i for i in 0..<4, j in 0..<i, k in 0..<j])   // gives 4
  fn of_lists() -> [] = len([[i, j] for i in sizes, j in [10, 20]][5])    // gives 2
  fn last() -> [] = [i * 10 + j for i in sizes, j in [1, 2]][-1]     // gives 32
  fn of_fn() -> [] = squares(4)[3] + len(squares(0))                 // gives 9
  fn ignored() -> [] = len([1 for _ in sizes, _ in sizes])           // gives 9
  fn chain() -> _ = ones([1]) |> [leaky_relu(0.1 * i) for i in sizes]  // gives 1
}

model Requirements {
  require len(sizes) == 3, "of the model"
  fn nested() -> [] {                                                // gives 6
    require sizes[0] == 1 and sizes[2] > sizes[1], "of the function"
    total = 0
    for s in sizes {
      require s > 0
      total = total + s
    }
    return total
  }
}
