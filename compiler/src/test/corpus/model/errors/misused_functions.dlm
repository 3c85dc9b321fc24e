package corpus

// Losses, metrics, activations and functions used wrongly.
model Losses {
  fn a(x: [N, 4], y: [N, 4]) -> _ = mse(x, y, reduction = "avg")           // expect-error E0402 the reduction is "mean", "sum" or "none"
  fn b(x: [N, 4], y: [N, 3]) -> _ = l1(x, y)                               // expect-error E0301 `target` of `l1` must be 4 on axis 1, not 3
  fn c(x: [N, 4], y: [N]) -> _ = smooth_l1(x, y)                           // expect-error E0302 `target` of `smooth_l1` must be axes like those of the inputs before it, [N, 4], not [N]
  fn d(x: [N, 4], y: [N, 4]) -> _ = smooth_l1(x, y, beta = -1.0)           // expect-error E0402 beta is 0 or more
  fn e(x: [N, 4], y: [N, 4]) -> _ = huber(x, y, delta = 0.0)               // expect-error E0402 delta is more than 0
  fn f(x: [N, 4], y: [N]) -> _ = cross_entropy(x, y)                       // expect-error E0307 `label` of `cross_entropy` must be i32 elements, not [N]
  fn g(x: [N, 4], y: i32[N, 4]) -> _ = cross_entropy(x, y)                 // expect-error E0302 `label` of `cross_entropy` must be axes like those of the inputs before it, [N], not [N, 4]
  fn h(x: [N, 4], y: i32[M]) -> _ = cross_entropy(x, y)                    // expect-error E0303 cannot prove N == M
  fn i(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, label_smoothing = 1.5)// expect-error E0402 label_smoothing must be from 0 to 1
  fn j(x: [N, 4], y: i32[N], w: [3]) -> _ = cross_entropy(x, y, weight = w)// expect-error E0402 a weight for each class, or one number
  fn k(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, ignore_index = [1, 2])// expect-error E0402 there is one label that does not count, or none
  fn l(x: [N, 4], y: i32[N], w: [5]) -> _ = nll(x, y, weight = w)          // expect-error E0402 a weight for each class, or one number
  fn m(x: [N, 4], y: [N]) -> _ = nll(x, y)                                 // expect-error E0307 `label` of `nll` must be i32 elements, not [N]
  fn n(x: [N, 4], y: [N, 3]) -> _ = bce(x, y)                              // expect-error E0301 `target` of `bce` must be 4 on axis 1, not 3
  fn o(x: [N, 4], y: i32[N, 4]) -> _ = bce(x, y)                           // expect-error E0307 `target` of `bce` must be f32 elements, not i32[N, 4]
  fn p(x: [N, 4], y: [N, 4], w: [3]) -> _ = bce(x, y, weight = w)          // expect-error E0304 `mul` of [N, 4] and [3]: neither has the shape of the result
  fn q(x: [N, 4], y: i32[N, 4]) -> _ = bce_with_logits(x, y)               // expect-error E0307 `target` of `bce_with_logits` must be f32 elements, not i32[N, 4]
  fn r(x: [N, 4], y: [N, 4], w: [3]) -> _ = bce_with_logits(x, y, pos_weight = w)// expect-error E0304 `mul` of [3] and [N, 4]: neither has the shape of the result
  fn s(x: [N, 4], y: [N, 5]) -> _ = kl_div(x, y)                           // expect-error E0301 `target` of `kl_div` must be 4 on axis 1, not 5
  fn u(x: [N, 4], y: [N, 3]) -> _ = hinge_embedding(x, y)                  // expect-error E0301 `label` of `hinge_embedding` must be 4 on axis 1, not 3
  fn v(x: [N, 4], y: [N, 4]) -> _ = margin_ranking(x, y)                   // expect-error E0204 `margin_ranking` needs `label`
  fn w(x: [N, 4], y: [N, 4], z: [N, 3]) -> _ = margin_ranking(x, y, z)     // expect-error E0301 `label` of `margin_ranking` must be 4 on axis 1, not 3
  fn aa(x: [N, 4], y: [N, 4], z: [N, 3]) -> _ = triplet_margin(x, y, z)    // expect-error E0301 `negative` of `triplet_margin` must be 4 on axis 1, not 3
  fn ab(x: [N, 4], y: [N, 4], z: [M, 4]) -> _ = triplet_margin(x, y, z)    // expect-error E0303 cannot prove N == M
  fn ad(x: [N, 4], y: [N, 4], z: [N, 4]) -> _ = cosine_embedding(x, y, z)  // expect-error E0302 `label` of `cosine_embedding` must be axes like those of the inputs before it, [N], not [N, 4]
  fn ae(x: [N, 4], y: [N, 3]) -> _ = poisson_nll(x, y)                     // expect-error E0301 `target` of `poisson_nll` must be 4 on axis 1, not 3
  fn af(x: [N, 4], y: [N, 4]) -> _ = gaussian_nll(x, y)                    // expect-error E0204 `gaussian_nll` needs `variance`
  fn ag(x: [N, 4], y: [N, 4], v: [N, 3]) -> _ = gaussian_nll(x, y, v)      // expect-error E0301 `variance` of `gaussian_nll` must be 4 on axis 1, not 3
  fn ah(x: [N, T, 4], y: i32[N, S], n: i32[N], m: i32[M]) -> _ = ctc(x, y, n, m)// expect-error E0303 cannot prove N == M
  fn ai(x: [N, T, 4], y: i32[N, S], n: i32[N], m: i32[N]) -> _ = ctc(x, y, n, m, blank = 4)// expect-error E0402 the blank is one of the classes
  fn aj(x: [N, T, 4], y: i32[N, S], n: i32[N], m: i32[N]) -> _ = ctc(x, y, n, m, blank = -1)// expect-error E0402 the blank is one of the classes
  fn ak(x: [N, 4], y: i32[N, S], n: i32[N], m: i32[N]) -> _ = ctc(x, y, n, m)// expect-error E0302 `logits` of `ctc` must be [N, T, C], not [N, 4]
  fn al(x: [N, T, 4], y: [N, S], n: i32[N], m: i32[N]) -> _ = ctc(x, y, n, m)// expect-error E0307 `label` of `ctc` must be i32 elements, not [N, S]
  fn am(x: [N, 4], y: i32[N]) -> _ = cros_entropy(x, y)                    // expect-error E0201 there is no `cros_entropy` here
  fn an(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, smoothing = 0.1)  // expect-error E0203 `cross_entropy` has no parameter `smoothing`
  fn ao(x: [N, 4], y: i32[N]) -> _ = cross_entropy(x, y, reduction = 2)    // expect-error E0206 a str is needed here
  fn aq(x: [], y: i32[]) -> _ = cross_entropy(x, y)                        // expect-error E0302 `logits` of `cross_entropy` must be [..., C], not []
  fn ar(x: [N, 4], y: [N, 4]) -> _ = hinge(x, y)                           // expect-error E0205 `hinge` takes one argument
  fn av(x: [N, 4], y: [N, 4]) -> _ = poisson_nll(x, y, log_input = 1)      // expect-error E0206 a bool is needed here
}
model Metrics {
  fn a(x: [N, 4], y: [N]) -> _ = accuracy(x, y)                            // expect-error E0307 `label` of `accuracy` must be i32 elements, not [N]
  fn b(x: [N, 4], y: i32[N, 4]) -> _ = accuracy(x, y)                      // expect-error E0302 `label` of `accuracy` must be axes like those of the inputs before it, [N], not [N, 4]
  fn c(x: [N, 4], y: i32[N]) -> _ = top_k_accuracy(x, y, k = 0)            // expect-error E0402 k must be at least 1, and at most the number of classes
  fn d(x: [N, 4], y: i32[N]) -> _ = top_k_accuracy(x, y, k = 5)            // expect-error E0402 k must be at least 1, and at most the number of classes
  fn e(x: [N, 4], y: i32[M]) -> _ = perplexity(x, y)                       // expect-error E0303 cannot prove N == M
  fn f(x: [N, 4], y: [N, 5]) -> _ = mae(x, y)                              // expect-error E0301 `target` of `mae` must be 4 on axis 1, not 5
  fn g(x: [N, 4], y: [N]) -> _ = rmse(x, y)                                // expect-error E0302 `target` of `rmse` must be axes like those of the inputs before it, [N, 4], not [N]
  fn h(x: [N, 3, 4], y: i32[N, 3]) -> _ = confusion(x, y)                  // expect-error E0302 `logits` of `confusion` must be [N, C], not [N, 3, 4]
  fn i(x: [N, 4], y: [N]) -> _ = f1(x, y)                                  // expect-error E0307 `label` of `f1` must be i32 elements, not [N]
  fn k(x: [N, 4], y: i32[N]) -> _ = acuracy(x, y)                          // expect-error E0201 there is no `acuracy` here
  fn l(x: [N, 4], y: i32[M]) -> _ = accuracy(x, y)                         // expect-error E0303 cannot prove N == M
}
model Activations {
  fn a(x: i32[N, 4]) -> _ = relu(x)                                        // expect-error E0307 `x` of `relu` must be f32 elements, not i32[N, 4]
  fn b(x: [N, 4]) -> _ = leaky_relu(x, "a")                                // expect-error E0206 a float is needed here
  fn c(x: [N, 4]) -> _ = hardtanh(x, 1.0, -1.0)                            // expect-error E0402 low must be below high
  fn d(x: [N, 4]) -> _ = softmax(x, axis = 2)                              // expect-error E0308 axis 2 of a tensor with 2 axes
  fn e(x: [N, 4]) -> _ = log_softmax(x, axis = -3)                         // expect-error E0308 axis -3 of a tensor with 2 axes
  fn g(x: [N, 4]) -> _ = celu(x, alpha = 0.0)                              // expect-error E0402 alpha divides, so it cannot be 0
  fn h(x: [N, 4]) -> _ = glu(x, axis = 2)                                  // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
  fn i(x: [N, 4]) -> _ = glu(x, axis = 0)                                  // expect-error E0303 cannot prove that 2 divides N
  fn l(x: [N, 4]) -> _ = x |> geluu                                        // expect-error E0201 there is no `geluu` here
  fn n(x: bool[N, 4]) -> _ = silu(x)                                       // expect-error E0307 `x` of `silu` must be f32 elements, not bool[N, 4]
  fn o(x: [N, 4]) -> _ = x |> leaky_relu(slop = 0.1)                       // expect-error E0203 `leaky_relu` has no parameter `slop`
  fn p(x: []) -> _ = softmax(x)                                            // expect-error E0308 axis -1 of a tensor with 0 axes
  fn r(x: []) -> _ = log_softmax(x)                                        // expect-error E0308 axis -1 of a tensor with 0 axes
  fn s(x: [N, 4]) -> _ = elu(x, alpha = true)                              // expect-error E0206 a float is needed here
}
model Functions {
  fn a(x: [N, 4]) -> _ = bernoulli(1.5, x)                                 // expect-error E0402 a probability is from 0 to 1
  fn c(x: [N, 4]) -> _ = norm(x, axes = 2)                                 // expect-error E0308 axis 2 of a tensor with 2 axes
  fn d(x: [N, 4], y: [N, 3]) -> _ = lerp(x, y, 0.5)                        // expect-error E0304 `sub` of [N, 3] and [N, 4]: neither has the shape of the result
  fn e(x: [N, 4], y: [N, 4]) -> _ = where(x, x, y)                         // expect-error E0307 the condition of `select` needs bool, not [N, 4]
  fn g(x: [N, 4]) -> _ = all(x > 0, axes = 2)                              // expect-error E0308 axis 2 of a tensor with 2 axes
  fn h(x: i32[N]) -> _ = one_hot(x, -1)                                    // expect-error E0301 an axis cannot be -1 long
  fn i(x: [N, 4]) -> _ = repeat(x, [1, 0])                                 // expect-error E0402 an axis is repeated at least once
  fn j(x: [N, 4]) -> _ = repeat(x, [1, -2])                                // expect-error E0402 an axis is repeated at least once
  fn k(x: [N, 4]) -> _ = moments(x, axes = [0, 5])                         // expect-error E0308 axis 5 of a tensor with 2 axes
  fn l(x: [N, 4]) -> _ = std(x, axes = 7)                                  // expect-error E0308 axis 7 of a tensor with 2 axes
  fn n(x: [N, 4]) -> _ = channels(x)                                       // expect-error E0302 `v` of `channels` must be [C], not [N, 4]
  fn s(x: [N, 4], y: [4, 3]) -> _ = einsum(x, y, "n i, i o -> n p")        // expect-error E0309 `p` is in the result, but in no input
  fn t(x: [N, 4], y: [4, 3]) -> _ = einsum(x, y, "n i, i o")               // expect-error E0309 a pattern has one `->` between the inputs' axes and the result's
  fn u(x: [N, 4], y: [4, 3]) -> _ = einsum(x, y, "n i -> n")               // expect-error E0309 the pattern has 1 inputs, but 2 tensors are given
  fn v(x: [N, 4], y: [5, 3]) -> _ = einsum(x, y, "n i, i o -> n o")        // expect-error E0301 axis 0 of the second tensor must be 4 long, as axis 1 of the first, not 5
  fn w(x: [N, 4]) -> _ = rearrange(x, "n a b -> n b a")                    // expect-error E0309 these are 3 axes, but the tensor is [N, 4]
  fn aa(x: [N, 4]) -> _ = rearrange(x, "n (a b) -> n a b")                 // expect-error E0309 the lengths of `a` and `b` are both unknown
  fn ab(x: [N, 4]) -> _ = rearrange(x, "n a -> a")                         // expect-error E0309 `n` is not in the result
  fn ac(x: [N, 4]) -> _ = rearrange(x, "n a", a = 4)                       // expect-error E0309 a pattern has one `->` between the inputs' axes and the result's
  fn ad(x: [N, 4]) -> _ = rearrange(x, "n a -> a n", b = 4)                // expect-error E0309 the length of `b` is given, but the pattern has no `b`
  fn ae(x: [N, 4]) -> _ = x.T                                              // expect-error E0201 a tensor [N, 4] has no `T`
  fn af(x: [N, 4]) -> _ = sum(x, axis = 1)                                 // expect-error E0203 `sum` has no parameter `axis`
  fn ag(x: [N, 4]) -> _ = sum(x, keepdim = true)                           // expect-error E0203 `sum` has no parameter `keepdim`
  fn ah(x: [N, 4]) -> _ = mean(x, axes = 1.0)                              // expect-error E0206 a list of ints is needed here
  fn ai(x: [N, 4]) -> _ = top_k(x, 0)                                      // expect-error E0402 k must be at least 1, and the axis that long
  fn aj() -> _ = iota([3, 2], axis = 2)                                    // expect-error E0308 axis 2 of a tensor with 2 axes
  fn ak(x: [N, 4]) -> _ = x @ x                                            // expect-error E0303 cannot prove 4 == N
  fn al(x: [N, 4]) -> _ = matmul(x, 3)                                     // expect-error E0302 `@` needs at least 2 axes, not []
  fn am(x: [N, 4]) -> _ = x[5]                                             // expect-error E0303 cannot prove N >= 6
  fn ao() -> _ = stack([])                                                 // expect-error E0206 `xs` of `stack` is a list of at least one tensor
}
