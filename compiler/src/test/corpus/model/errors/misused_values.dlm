package corpus

// Functions, primitives and initialisers that are given what they cannot use.
model Functions {
  fn a(x: [N, 4]) -> _ = narrow(x, 1, 0, -2)                               // expect-error E0301 an axis cannot be -2 long
  fn c(x: [N, 4]) -> _ = concat(x)                                         // expect-error E0206 `concat` takes a list of tensors
  fn c2(x: [N, 4]) -> _ = stack(x)                                         // expect-error E0206 `stack` takes a list of tensors
  fn d(x: [N, 3, 4, 4]) -> _ = x |> Upsample2d([2, 2, 2])                  // expect-error E0402 one scale of at least 1 for both axes, or two
  fn d2(x: [N, 3, 4, 4]) -> _ = x |> AdaptiveAvgPool2d([2, 2, 2])          // expect-error E0402 one size of at least 1 for both axes, or two
  fn e(x: [N, T, 3]) -> _ = x |> LSTM(-4)                                  // expect-error E0402 the hidden state has at least one number
  fn e2(x: [N, T, 3]) -> _ = x |> GRU(0)                                   // expect-error E0402 the hidden state has at least one number
  fn f() -> _ = elu()                                                      // expect-error E0206 a tensor is needed here
  fn g(x: [N, 4]) -> _ = clamp(x, 2.0, 1.0)                                // expect-error E0402 low is at most high
  fn h(x: [N, 4], y: [N, 4], v: [N, 4]) -> _ = gaussian_nll(x, y, v, eps = -1.0) // expect-error E0402 eps is 0 or more
  fn i(x: [N, 4], y: [N, 4]) -> _ = poisson_nll(x, y, eps = -1.0, log_input = false) // expect-error E0402 eps is 0 or more
  fn j(x: [N, 4], y: [N, 4], z: [N, 4]) -> _ = triplet_margin(x, y, z, margin = -1.0) // expect-error E0402 the margin is more than 0
  fn l(x: [N, 4]) -> _ = one_hot(int(x), -1)                               // expect-error E0301 an axis cannot be -1 long
  fn o(x: [N, 4]) -> _ = repeat(x, [])                                     // expect-error E0402 a tensor is repeated so many times along each of its axes: one number an axis
  fn q(x: [N, 4]) -> _ = split(x, 3)                                       // expect-error E0310 4 / 3 is not a whole number
  fn u(x: [N, 4], i: i32[N]) -> _ = scatter_add(i, x, -1)                  // expect-error E0301 an axis cannot be -1 long
  fn v(x: [N, 4]) -> _ = bernoulli(2.0, like = x)                          // expect-error E0402 a probability is from 0 to 1
}
layer Fans() {
  param a: [3] = he_uniform(-4)                                            // expect-error E0402 fan_in is more than 0
  param c: [3] = glorot_uniform(-2, 1)                                     // expect-error E0402 fan_in and fan_out are more than 0
  param d: [3] = glorot_normal(1, -1)                                      // expect-error E0402 fan_in and fan_out are more than 0
  param e: [3] = fan_uniform(-4)                                           // expect-error E0402 fan_in is more than 0
  param g: [3] = truncated_normal(-0.1)                                    // expect-error E0402 the initialiser `truncated_normal` of `g` needs a standard deviation of at least 0, not -0.1
  param h: [3] = uniform(1.0, 0.0)                                         // expect-error E0402 the initialiser `uniform` of `h` draws from 1.0 up to 0.0, which is less
  param i: [3] = normal(0.0, -1.0)                                         // expect-error E0402 the initialiser `normal` of `i` needs a standard deviation of at least 0, not -1.0
  fn forward() -> [] = sum(a) + sum(c) + sum(d) + sum(e) + sum(g) + sum(h) + sum(i)
}
model Initial = Fans()
layer Own(n: int, scale: float = 1.0, w: init = zeros, act: fn = relu, in: int = _) {
  require n >= 1                                                           // expect-error E0402 requirement not met: n >= 1
  param weight: [n, in] = w
  fn forward(x: [..., in]) -> [..., n] = act(einsum(x, weight, "... i, o i -> ... o") * scale) // expect-error E0204 `cross_entropy` needs `label` // expect-error E0308 axis 5 of a tensor with 2 axes // expect-error E0301 `Own` promises [N, 2], but gives [N, 3]
}
model OfAUser {
  fn a1(x: [N, 4]) -> _ = x |> Own(0)
  fn a2(x: [N, 4]) -> _ = x |> Own(2, scale = "big")                       // expect-error E0206 a float is needed here
  fn a4(x: [N, 4]) -> _ = x |> Own(2, w = normal(0.0, "x"))                // expect-error E0206 a float is needed here
  fn a5(x: [N, 4]) -> _ = x |> Own(2, act = 3)                             // expect-error E0206 a function or layer is needed here
  fn a7(x: [N, 4]) -> _ = x |> Own(2, act = cross_entropy)
  fn a8(x: [N, 4]) -> _ = x |> Own(2, act = softmax(axis = 5))
  fn a9(x: [N, 4]) -> _ = x |> Own(2, in = 4, in = 5)                      // expect-error E0203 `in` of `Own` is given twice
  fn a10(x: [N, 4]) -> _ = x |> Own(n = 2, 3)                              // expect-error E0203 `n` of `Own` is given twice
  fn a11(x: [N, 4]) -> _ = x |> Own(2.0)                                   // expect-error E0206 an int is needed here
  fn a13(x: [N, 4]) -> _ = x |> Own(2, act = Linear(3))
}
model Primitives {
  fn b1(x: [N, 4]) -> _ = softmax(x, axis = 2)                             // expect-error E0308 axis 2 of a tensor with 2 axes
  fn b2(x: [N, 4]) -> _ = softmax(x, axis = -3)                            // expect-error E0308 axis -3 of a tensor with 2 axes
  fn b3(x: i32[N, 4]) -> _ = softmax(x)                                    // expect-error E0307 `x` of `softmax` must be f32 elements, not i32[N, 4]
  fn b4(x: bool[N, 4]) -> _ = relu(x)                                      // expect-error E0307 `x` of `relu` must be f32 elements, not bool[N, 4]
  fn b5(x: [N, 3]) -> _ = glu(x)                                           // expect-error E0310 3 / 2 is not a whole number
  fn b6(x: [N, 4]) -> _ = glu(x, axis = 4)                                 // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
  fn b7(x: [N, 4]) -> _ = hardtanh(x, 1.0, -1.0)                           // expect-error E0402 low must be below high
  fn b8(x: [N, 4]) -> _ = softplus(x, beta = 0.0)                          // expect-error E0402 beta divides, so it cannot be 0
  fn b9(x: [N, 4]) -> _ = leaky_relu(x, "0.1")                             // expect-error E0206 a float is needed here
  fn b10(x: [N, 4]) -> _ = cumsum(x, axis = 2)                             // expect-error E0308 axis 2 of a tensor with 2 axes
  fn b11(x: [N, 4]) -> _ = flip(x, axes = [0, 0])                          // expect-error E0308 axis 0 is named twice
  fn b12(x: [N, 4]) -> _ = argmax(x, axis = 3)                             // expect-error E0308 axis 3 of a tensor with 2 axes
  fn b13(x: [N, 4]) -> _ = permute(x, [0, 0])                              // expect-error E0308 `permute` of [N, 4] must name each of its axes once, not [0, 0]
  fn b14(x: [N, 4]) -> _ = permute(x, [0])                                 // expect-error E0308 `permute` of [N, 4] must name each of its axes once, not [0]
  fn b15(x: [N, 4]) -> _ = transpose(x, 0, 2)                              // expect-error E0308 axis 2 of a tensor with 2 axes
  fn b17(x: [N, 4]) -> _ = unsqueeze(x, 4)                                 // expect-error E0308 axis 4 of a tensor with 3 axes
  fn b18(x: [N, 4]) -> _ = reshape(x, [3, _])                              // expect-error E0310 cannot reshape [N, 4] to [3, _]: 4*N / 3 is not a whole number
  fn b19(x: [N, 4]) -> _ = reshape(x, [_, _])                              // expect-error E0301 only one dim of a reshape can be `_`
  fn b20(x: [N, 4]) -> _ = reshape(x, [N, 5])                              // expect-error E0301 cannot reshape [N, 4] to [N, 5]: 4*N elements are not 5*N
  fn b21(x: [N, 4]) -> _ = reshape(x, [N, -4])                             // expect-error E0301 an axis cannot be -4 long
  fn b22(x: [N, 4]) -> _ = broadcast(x, [N, 8])                            // expect-error E0304 [N, 4] does not stretch to [N, 8]
  fn b23(x: [N, 4]) -> _ = broadcast(x, [4])                               // expect-error E0304 [N, 4] does not stretch to [4]
  fn b24(x: [N, 4]) -> _ = x[:, 5]                                         // expect-error E0308 5 is outside axis 1 of [N, 4]
  fn b25(x: [N, 4]) -> _ = x[:, 0:9]                                       // expect-error E0308 0:9 is outside axis 1 of [N, 4]
  fn b26(x: [N, 4]) -> _ = x[0, 0, 0]                                      // expect-error E0302 3 indices for [N, 4]
  fn b27(x: [N, 4]) -> _ = x[1.5]                                          // expect-error E0206 a dim must be an int
  fn b28(x: [N, 4]) -> _ = x[:, -5]                                        // expect-error E0308 -5 is outside axis 1 of [N, 4]
  fn b29(x: [N, 4]) -> _ = pad(x, [1], [1, 2, 3])                          // expect-error E0302 `high` needs one entry an axis (2), not [1, 2, 3]
  fn b30(x: [N, 4]) -> _ = pad(x, [0, -5], [0, 0])                         // expect-error E0311 padding axis 1 of [N, 4] by -5 and 0 leaves -1 elements
  fn b31(x: [N, 4]) -> _ = concat([x, x], axis = 2)                        // expect-error E0308 axis 2 of a tensor with 2 axes
  fn b32(x: [N, 4], y: [N, 5]) -> _ = concat([x, y])                       // expect-error E0301 `concat` along axis 0 of [N, 4] and [N, 5]: axis 1 differs
  fn b33(x: [N, 4], y: i32[N, 4]) -> _ = concat([x, y])                    // expect-error E0307 `concat` needs one element type, not [N, 4] and i32[N, 4]
  fn b34(x: [N, 4], y: [N, 5]) -> _ = stack([x, y])                        // expect-error E0301 `stack` needs tensors of one shape, not [N, 4] and [N, 5]
  fn b35() -> _ = concat([])                                               // expect-error E0206 `xs` of `concat` is a list of at least one tensor
  fn b36(x: [N, 4]) -> _ = einsum(x, "n i -> n j")                         // expect-error E0309 `j` is in the result, but in no input
  fn b37(x: [N, 4]) -> _ = einsum(x, x, "n i, m j k -> n")                 // expect-error E0309 these are 3 axes, but the tensor is [N, 4]
  fn b38(x: [N, 4]) -> _ = einsum(x, x, x, x, "n i, n i, n i, n i -> n")   // expect-error E0205 `einsum` takes at most 4 arguments
  fn b39(x: [N, 4]) -> _ = einsum(x, "n n -> n")                           // expect-error E0309 `n` occurs twice in one tensor
  fn b40(x: [N, 4]) -> _ = einsum(x, "n i")                                // expect-error E0309 a pattern has one `->` between the inputs' axes and the result's
  fn b41(x: [N, 4]) -> _ = rearrange(x, "n (a b) -> n a b", a = 3)         // expect-error E0310 axis 4 does not split into 3 equal parts
  fn b42(x: [N, 4]) -> _ = rearrange(x, "n (a b) -> n a b")                // expect-error E0309 the lengths of `a` and `b` are both unknown
  fn b43(x: [N, 4]) -> _ = rearrange(x, "n c d -> n c d")                  // expect-error E0309 these are 3 axes, but the tensor is [N, 4]
  fn b44(x: [N, 4]) -> _ = rearrange(x, "n c -> n")                        // expect-error E0309 `c` is not in the result
  fn b45(x: [N, 4]) -> _ = rearrange(x, "n (c -> n c")                     // expect-error E0309 this parenthesis is never closed
  fn b46(x: [N, 4]) -> _ = rearrange(x, 3)                                 // expect-error E0206 `rearrange` takes tensors, then a pattern, then sizes by name
  fn b48(x: [4]) -> _ = x @ x                                              // expect-error E0302 `@` needs at least 2 axes, not [4]
  fn b49(x: [N, 4], i: i32[N, 4]) -> _ = x + i                             // expect-error E0307 `add` needs two of one element type, not f32 and i32
  fn b50(x: [N, 4], i: bool[N, 4]) -> _ = x * i                            // expect-error E0307 `mul` needs numbers, not f32 and bool
  fn b51(x: [N, 4]) -> _ = x and x                                         // expect-error E0307 `and` needs bool, not f32
  fn b52(x: [N, 4]) -> _ = not x                                           // expect-error E0307 `not` needs bool, not f32
  fn b53(x: [N, 4]) -> _ = select(x, x, x)                                 // expect-error E0307 the condition of `select` needs bool, not [N, 4]
  fn b54(x: [N, 4], c: bool[M]) -> _ = select(c, x, x)                     // expect-error E0303 cannot prove M == 4
  fn b55(x: [N, 4], i: [N]) -> _ = take(x, i)                              // expect-error E0307 `take` needs i32, not [N]
  fn b56(x: [N, 4], i: i32[M]) -> _ = pick(x, i)                           // expect-error E0303 cannot prove N == M
  fn b57(x: [], i: i32[M]) -> _ = take(x, i)                               // expect-error E0302 `take` needs at least 1 axis, not []
  fn b58(x: [N, 4], i: i32[N]) -> _ = scatter_add(x, i, 3)                 // expect-error E0307 `scatter_add` needs i32, not [N, 4]
  fn b59(x: [N, 4]) -> _ = top_k(x, 0)                                     // expect-error E0402 k must be at least 1, and the axis that long
  fn b61(x: [N, 4]) -> _ = sum(x, axes = [0, 0])                           // expect-error E0308 axis 0 is named twice
  fn b62(x: [N, 4]) -> _ = mean(x, axes = 2)                               // expect-error E0308 axis 2 of a tensor with 2 axes
  fn b63(x: [N, 4]) -> _ = sum(x, keep = 1)                                // expect-error E0206 a bool is needed here
  fn b66(x: [N, 4]) -> _ = norm(x, "2")                                    // expect-error E0206 a float is needed here
  fn b67(x: [N, 4]) -> _ = one_hot(x, 4)                                   // expect-error E0307 `ids` of `one_hot` must be i32 elements, not [N, 4]
  fn b68(x: [N, 4]) -> _ = lerp(x, x, x, x)                                // expect-error E0205 `lerp` takes at most 3 arguments
  fn b69(x: [N, 4]) -> _ = split(x, 0)                                     // expect-error E0402 an axis is cut into at least one part
  fn b70(x: [N, T]) -> _ = split(x, 2)                                     // expect-error E0303 cannot prove that 2 divides T
  fn b71(x: [N, 4]) -> _ = split(x, 2, axis = 2)                           // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
  fn b72(x: [N, 4]) -> _ = conv2d(x, x)                                    // expect-error E0302 the input of a convolution over 2 axes needs 4 axes, not [N, 4]
  fn b73(x: [N, 3, 8, 8], w: [4, 2, 3, 3]) -> _ = conv2d(x, w)             // expect-error E0301 `conv` has 3 input channels in [N, 3, 8, 8], but 2 in [4, 2, 3, 3]
  fn b74(x: [N, 4, 8, 8], w: [4, 2, 3, 3]) -> _ = conv2d(x, w, groups = 3) // expect-error E0310 4 input channels do not divide into 3 groups
  fn b75(x: [N, 3, 8, 8], w: [4, 3, 9, 9]) -> _ = conv2d(x, w)             // expect-error E0311 a window that reaches over 9 elements does not fit into 8
  fn b76(x: [N, 3, 8, 8], w: [4, 3, 3, 3]) -> _ = conv2d(x, w, padding = [1, 2, 3]) // expect-error E0311 `padding` needs one number, or one for each axis (2), not [1, 2, 3]
  fn b77(x: [N, 3, 8, 8], w: [3, 4, 3, 3]) -> _ = conv_transpose2d(x, w, output_padding = 5) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
  fn b78(x: [N, 3, 8, 8], w: [3, 4, 3, 3]) -> _ = conv_transpose2d(x, w, padding = 9) // expect-error E0311 the result of a transposed convolution over 8 elements would be -8 long
  fn b79(x: [N, 3, 8, 8], w: [3, 4, 3, 3]) -> _ = conv_transpose2d(x, w, output_padding = -1) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
  fn b80(x: [N, 3, 8, 8]) -> _ = x |> ConvTranspose2d(4, 3, output_padding = 1) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
  fn b81(x: [N, 3, 8, 8]) -> _ = x |> ConvTranspose2d(4, 3, stride = 2, output_padding = 2) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
  fn b82(x: [N, 3, 8, 8]) -> _ = x |> ConvTranspose2d(4, 2, padding = 8)   // expect-error E0311 the result of a transposed convolution over 8 elements would be -7 long
  fn b83() -> _ = full([2, 2], "a")                                        // expect-error E0206 a float is needed here
  fn b84() -> _ = full([2, 2.5], 0.0)                                      // expect-error E0206 a list of ints is needed here
  fn b85() -> _ = iota([4], axis = -2)                                     // expect-error E0308 axis -2 of a tensor with 1 axis
  fn b86() -> _ = int("3")                                                 // expect-error E0206 a tensor is needed here
  fn b87(x: [N, 4]) -> _ = x ** "a"                                        // expect-error E0206 a tensor is needed here
  fn b89(x: i32[N, 4]) -> _ = x / 2                                        // expect-error E0307 `div` needs f32, not i32
  fn b90(x: i32[N, 4]) -> _ = x % 0                                        // expect-error E0405 division by zero
  fn b91(x: i32[N, 4]) -> _ = sqrt(x)                                      // expect-error E0307 `sqrt` needs f32, not i32
}
