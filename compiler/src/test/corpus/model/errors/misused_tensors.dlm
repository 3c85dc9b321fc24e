package corpus

// Metrics, losses, loops over time and states that are used wrongly.
layer Cell(n: int, in: int = _) {
  param w: [in, n] = zeros
  fn forward(x: [N, in], h: [N, n]) -> [N, n] = tanh(x @ w + h)
}
model Metrics {
  fn a(x: [N, 4], y: [N]) -> _ = accuracy(x, y)                            // expect-error E0307 `label` of `accuracy` must be i32 elements, not [N]
  fn b(x: [4], y: i32[4]) -> _ = accuracy(x, y)                            // expect-error E0302 `label` of `accuracy` must be axes like those of the inputs before it, [], not [4]
  fn c(x: [N, 4], y: i32[N, 1]) -> _ = accuracy(x, y)                      // expect-error E0302 `label` of `accuracy` must be axes like those of the inputs before it, [N], not [N, 1]
  fn d(x: [N, 4], y: i32[N]) -> _ = top_k_accuracy(x, y, k = 9)            // expect-error E0402 k must be at least 1, and at most the number of classes
  fn e(x: [N, 4], y: i32[N]) -> _ = top_k_accuracy(x, y)                   // expect-error E0402 k must be at least 1, and at most the number of classes
  fn f(x: [N, T, 4], y: i32[N, T]) -> _ = f1(x, y)                         // expect-error E0302 `logits` of `f1` must be [N, C], not [N, T, 4]
  fn g(x: [N, 4], y: i32[N]) -> _ = confusion(y, x)                        // expect-error E0307 `logits` of `confusion` must be f32 elements, not i32[N]
  fn h(x: [N, 4], y: [N, 4]) -> _ = perplexity(x, y)                       // expect-error E0307 `label` of `perplexity` must be i32 elements, not [N, 4]
  fn i(x: [N, 4], y: [N]) -> _ = rmse(x, y)                                // expect-error E0302 `target` of `rmse` must be axes like those of the inputs before it, [N, 4], not [N]
  fn j(x: [N, 4], y: [N, 4]) -> _ = mae(x)                                 // expect-warning W902 `y` of fn `j` is never used // expect-error E0204 `mae` needs `target`
  fn k(x: [N, 4], y: [N, 4]) -> _ = x |> mae(y) |> rmse(y)                 // expect-error E0302 `target` of `rmse` must be axes like those of the inputs before it, [], not [N, 4]
  fn l(x: [N, 4], y: i32[N]) -> _ = x |> accuracy                          // expect-warning W902 `y` of fn `l` is never used // expect-error E0204 `accuracy` needs `label`
  fn m(x: i32[N, 4], y: i32[N]) -> _ = accuracy(x, y)                      // expect-error E0307 `logits` of `accuracy` must be f32 elements, not i32[N, 4]
}
model Losses {
  fn a(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, ignore_index = "none") // expect-error E0206 a list of ints is needed here
  fn b(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, weight = [1.0, 2.0, 1.0, 1.0]) // expect-error E0206 a tensor is needed here
  fn d(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, label_smoothing = -0.1) // expect-error E0402 label_smoothing must be from 0 to 1
  fn e(x: [N, 4], y: i32[N]) -> _ = cross_entropy(y, x)                    // expect-error E0307 `logits` of `cross_entropy` must be f32 elements, not i32[N]
  fn g(x: [], y: i32[]) -> _ = cross_entropy(x, y)                         // expect-error E0302 `logits` of `cross_entropy` must be [..., C], not []
  fn h(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, reduction = mean)  // expect-error E0206 a str is needed here
  fn i(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, "mean")            // expect-error E0206 a float is needed here
  fn k(x: [N, 4], y: [N, 4]) -> _ = kl_div(x, y, reduction = "batch_mean") // expect-error E0402 the reduction is "mean", "sum" or "none"
  fn l(x: [N, 4], y: [N, 4]) -> _ = kl_div(x, y, log_target = 1)           // expect-error E0206 a bool is needed here
  fn m(x: [N, 4], y: [N, 4]) -> _ = huber(x, y, -1)                        // expect-error E0402 delta is more than 0
  fn n(x: [N, 4], y: [N, 4], z: [N]) -> _ = cosine_embedding(x, y, z, margin = 5.0) // expect-error E0402 the margin is that of a cosine: from -1 to 1
  fn o(x: [N, 4], y: [N, 4], z: [N, 4]) -> _ = triplet_margin(x, y, z, p = "2") // expect-error E0206 a float is needed here
  fn p(x: [N, 4], y: [N, 4], z: [N, 4]) -> _ = triplet_margin(x, y, z, margin = 0.0) // expect-error E0402 the margin is more than 0
  fn q(x: [N, 4], y: [N, 4]) -> _ = bce_with_logits(x, y, pos_weight = "a") // expect-error E0206 `-` cannot be applied to a str
  fn t(x: [N, 4]) -> _ = mse(x)                                            // expect-error E0204 `mse` needs `target`
  fn v(x: [N, 4], y: [M, 4]) -> _ = mse(x, y)                              // expect-error E0303 cannot prove N == M
  fn w(x: [N, 4], y: [1, 4]) -> _ = mse(x, y)                              // expect-error E0303 cannot prove N == 1
  fn x2(x: [N, T, 4], y: i32[N, S], n: i32[N], m: i32[N]) -> _ = ctc(x, y, n, m, blank = 1.0) // expect-error E0206 an int is needed here
  fn y2(x: [N, T, 4], y: i32[N, S], n: [N], m: i32[N]) -> _ = ctc(x, y, n, m) // expect-error E0307 `input_length` of `ctc` must be i32 elements, not [N]
  fn z2(x: [N, T, 4], y: i32[N, S]) -> _ = ctc(x, y)                       // expect-error E0204 `ctc` needs `input_length`
}
model Loops {
  cell = Cell(4)
  fn a(x: [N, T, 4]) -> _ { h = zeros([N, 4]) for v in x along S { h = cell(v, h) } return h } // expect-error E0201 there is no `S` here
  fn b(x: [N, T, 4]) -> _ { h = zeros([N, 4]) for v in x along 3 { h = cell(v, h) } return h } // expect-error E0603 [N, T, 4] has no axis 3
  fn d(x: [N, T, T]) -> _ { h = zeros([N, T]) for v in x along T { h = h + v } return h } // expect-error E0603 axes 1 and 2 of [N, T, T] are both T long
  fn e(x: [N, T, 4], y: [N, S, 4]) -> _ { h = zeros([N, 4]) for v, w in x, y along 1 { h = h + v + w } return h } // expect-error E0603 the walked axes differ in length
  fn f(x: [N, T, 4]) -> _ { for v in x along T { h = v } return h }        // expect-error E0206 a tensor is needed here
  fn g(x: [N, T, 4]) -> _ { h = zeros([N, 4]) for v, w in x along T { h = h + v } return h } // expect-error E0206 a list is needed here
  fn h(x: [N, T, 4]) -> _ { h = 0 for v in x along T { h = h + v } return h } // expect-error E0601 loop variable `h` changes shape
  fn i(x: [N, T, 4]) -> _ { h = zeros([N, 4]) for v in x along T { h = int(h) } return h } // expect-error E0601 loop variable `h` changes its element type
  fn k(x: [N, T, 4]) -> _ { ys = for v in x along T { if sum(v) > 0 { yield v } } return ys } // expect-error E0401 `if` needs a condition that is known while compiling
  fn l(x: [N, T, 4]) -> _ { ys = for v in x along T { yield v yield v } return ys } // expect-error E0206 a step of a loop over time yields once
  fn m(x: [N, T, 4]) -> _ { for v in x along T { return v } }              // expect-error E0206 `return` inside a loop over time
  fn n(x: [N, T, 4]) -> _ { h = [] for v in x along T { h = h + [v] } return stack(h) } // expect-error E0601 loop variable `h` changes its form
  fn o(x: [N, T, 4]) -> _ { h = zeros([N, 4]) for v in 0..<T along T { h = h + v } return h } // expect-warning W902 `x` of fn `o` is never used // expect-error E0401 a range must be known while compiling
  fn p(x: [N, T, 4]) -> _ { h = "a" for v in x along T { h = h + "b" } return x } // expect-error E0601 `h` is known while compiling, so a loop over time cannot change it
  fn q(x: [N, T, 4]) -> _ { for v in x { y = v } return y }                // expect-error E0206 a list is needed here // expect-error E0201 there is no `y` here
  fn r(x: [N, T, 4]) -> _ { for i in 0..<T { y = i } return x }            // expect-error E0401 a range must be known while compiling
  fn s(x: [N, T, 4]) -> _ { for i in 0..<2000000 { y = i } return x }      // expect-error E0405 a list of 2000000 items
  fn t(x: []) -> _ { h = 0.0 for v in x along 0 { h = h + v } return h }   // expect-error E0603 [] has no axis 0
}
model States {
  buffer count: [] = zeros
  buffer count2: [3] = zeros
  param w: [3] = ones
  fn a(x: [N, 3]) -> _ { count := x return x }                             // expect-error E0302 buffer `count` promises [], but gives [N, 3]
  fn b(x: [N, 3]) -> _ { w := w + 1 return x }                             // expect-error E0501 `:=` stores into a `buffer`
  fn c(x: [N, 3]) -> _ { count := count + 1 count := count + 1 return x }  // expect-error E0501 buffer `count` is updated twice in one call
  fn d(x: [N, 3]) -> _ { if training { count2 := sum(x, axes = 1) } return x } // expect-error E0303 cannot prove 3 == N
  fn e(x: [N, 3]) -> _ { nope := 3 return x }                              // expect-error E0501 `:=` stores into a `buffer`
  fn g(x: [N, 3]) -> _ { for v in x along N { count := count + 1 } return x } // expect-error E0501 buffer `count` is updated inside a loop over time
  fn h(x: [N, 3]) -> _ { count := "a" return x }                           // expect-error E0206 a tensor is needed here
  fn i(x: [N, 3]) -> _ { x := x return x }                                 // expect-error E0501 `:=` stores into a `buffer`
  fn j(x: [N, 3]) -> _ { require training return x }                       // expect-error E0402 requirement not met: training
  fn l(x: [N, 3]) -> _ { require "a" return x }                            // expect-error E0401 `require` needs a condition on sizes and hyper-parameters
  fn m(x: [N, 3]) -> _ { require N == 3.5 return x }                       // expect-error E0401 `require` needs a condition on sizes and hyper-parameters
  fn n(x: [N, 3]) -> _ = x.weight                                          // expect-error E0201 a tensor [N, 3] has no `weight`
  fn o(x: [N, 3]) -> _ = x(3)                                              // expect-error E0208 this cannot be called
  fn p(x: [N, 3]) -> _ = if x > 0 then x else -x                           // expect-error E0401 `if` needs a condition that is known while compiling
  fn q(x: [N, 3]) -> _ = if N > 3 then x else -x                           // expect-error E0401 `if` needs a condition that is known while compiling
  fn r(x: [N, 3]) -> _ = if 1 then x else -x                               // expect-error E0401 `if` needs a condition that is known while compiling
  fn s(x: [N, 3]) -> _ = [x, x]                                            // expect-error E0206 a tensor is needed here
  fn t(x: [N, 3]) -> _ = (x, "a")                                          // expect-error E0206 a tensor is needed here
  fn u(x: [N, 3]) -> [N, 4] = x                                            // expect-error E0301 `u` promises [N, 4], but gives [N, 3]
  fn v(x: [N, 3]) -> [M, 3] = x                                            // expect-error E0305 `M` is in the shape of the result, but in no input's
  fn y2(x: [N, 3]) -> i32[N, 3] = x                                        // expect-error E0307 `y2` promises i32 elements
  fn z2(x: [N, 3]) -> bool[N, 3] = x > 0 and 1                             // expect-error E0307 `and` needs bool, not bool and f32
}
