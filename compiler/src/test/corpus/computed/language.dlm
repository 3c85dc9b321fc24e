package corpus

// What the constructs of the language come to: each function gives the numbers behind `gives`.

const base = 2 ** 3 + 1
fn half(n: int) -> int = n / 2
fn steps(n: int) -> int {
  total = 0
  for i in 0..<n { total = total + i }
  return total
}
fn apply_twice(x: [...], f: fn) -> [...] = f(f(x))
fn pair(x: [...]) -> (low: [...], high: [...]) = (x - 1, x + 1)
fn pick_one(x: [...], wide: bool = false) -> [...] {
  if wide { y = x * 10 } else { y = x * 100 }
  return y
}

model CompileTime {
  const width = half(8)
  const flags = [i % 2 == 0 for i in 0..<4]

  fn constants() -> [] = base + 0.5                                  // gives 9.5
  fn whole() -> [] = floor(7 / 2) + ceil(7 / 2) * 10                 // gives 43
  fn below_zero() -> [] = floor((0 - 7) / 2)                         // gives -4
  fn rest() -> [] = (0 - 7) % 3                                      // gives 2
  fn powers() -> [] = 2 ** 3 ** 2 + 2.0 ** -1                        // gives 512.5
  fn minus_power() -> [] = -2 ** 2                                   // gives -4
  fn calls() -> [] = half(10) + steps(5)                             // gives 15
  fn consts() -> [] = width * len(flags)                             // gives 16
  fn choice() -> [] = if flags[1] or not flags[0] then 1 else if width >= 4 and width != 5 then 2 else 3  // gives 2
  fn extremes() -> [] = min(3, 4) + max(0.5, 2.5) + abs(-3) + round(2.5)  // gives 10.5
  fn roots() -> [] = sqrt(16.0) + exp(0.0) + log(1.0)                // gives 5
  fn lists() -> [] = len([1, 2] + [3]) + [10, 20, 30][-1] + len([0, 1, 2, 3][1:3])  // gives 35
  fn nested() -> [] = len([i * j for i in 0..<3, j in 0..<i])        // gives 3
  fn infinite() -> [] = min(inf, 5.0)                                // gives 5
  fn underscores() -> [] = 1_000 + 1e3                               // gives 2000
}

model Tensors {
  fn numbers() -> [3] = float(iota([3])) * 2 + 1                     // gives 1, 3, 5
  fn slice() -> _ = float(iota([5]))[1:3]                            // gives 1, 2
  fn from_end() -> _ = float(iota([5]))[-2:]                         // gives 3, 4
  fn one() -> [] = float(iota([5]))[-1]                              // gives 4
  fn column() -> _ = reshape(float(iota([6])), [2, _])[:, 1]         // gives 1, 4
  fn dots() -> _ = reshape(float(iota([8])), [2, 2, 2])[..., 0]      // gives 0, 2, 4, 6
  fn pipe() -> _ = float(iota([4])) |> reshape([2, 2]) |> sum(axes = 0)  // gives 2, 4
  fn as_value() -> _ = apply_twice(float(iota([2])), leaky_relu(0.5))    // gives 0, 1
  fn user_fn() -> _ = apply_twice(float(iota([2])), pick_one(wide = true))  // gives 0, 100
  fn leaking() -> _ = pick_one(float(iota([2])))                     // gives 0, 100
  fn tuple() -> _ {                                                  // gives -1, 1, 1, 3
    low, high = pair(float(iota([2])) * 2)
    return concat([low, high])
  }
  fn named() -> _ = pair(float(iota([2]))).high                      // gives 1, 2
  fn loop() -> _ {                                                   // gives 8, 9
    y = float(iota([2]))
    for k, m in [1, 3], [0, 4] { y = y + k + m }
    return y
  }
  fn collected() -> _ = concat(for k in 0..<3 { yield float(iota([1])) + k })  // gives 0, 1, 2
  fn compared() -> _ = select(iota([4]) >= 2 and iota([4]) != 3, 1.0, -inf)   // gives -inf, -inf, 1, -inf
  fn product() -> _ = reshape(float(iota([4])), [2, 2]) @ ones([2, 1])        // gives 1, 5
  fn parts() -> _ {                                                  // gives 2, 4
    a, b = float(iota([4])) |> split(2)
    return a + b
  }
  fn many() -> (a: [], b: []) = (1.0, 2.0)                            // gives 1 | 2
}

layer Scale(by: float, n: int = _) {
  param weight: [n] = full(by)
  fn forward(x: [..., n]) -> [..., n] = x * weight
}

layer Chain(act: fn = relu) = [Scale(2.0), [act, Scale(3.0)], act]

layer Maybe(on: bool) {
  if on { inner = Scale(5.0) } else { inner = identity }
  fn forward(x: [N, D]) -> [N, D] = inner(x)
}

layer Counter() {
  buffer count: [1] = full(7.0)
  fn forward(x: [...]) -> [...] {
    if training { count := count + 1 }
    return x + count
  }
}

model Layers {
  chain  = Chain()
  shared = Scale(2.0)
  many   = [Scale(float(k + 1)) for k in 0..<3]
  with_inner = Maybe(true)
  without    = Maybe(false)
  counter = Counter()

  fn chained() -> _ = float(iota([2])) - 0.5 |> chain                // gives 0, 3
  fn twice() -> _ = ones([2]) |> shared |> shared                    // gives 4, 4
  fn listed() -> _ = ones([2]) |> many                               // gives 6, 6
  fn first() -> _ = ones([2]) |> many[1:]                            // gives 6, 6
  fn inlined() -> _ = ones([2]) |> Scale(4.0) |> Scale(0.5)          // gives 2, 2
  fn members() -> _ = with_inner(ones([1, 1])) + without(ones([1, 1]))  // gives 6
  fn buffers() -> _ = counter(counter(ones([1])))                    // gives 15
  fn tied() -> _ = shared.weight                                     // gives 2, 2
  fn unrolled() -> _ {                                               // gives 6
    y = ones([1])
    for k in 0..<2 { y = y |> Scale(float(k) + 2.0) }
    return y
  }
}
