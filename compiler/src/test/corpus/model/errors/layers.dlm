package corpus

// Every layer used wrongly.
model Windows {
  fn a(x: [N, 3, 8]) -> _ = x |> Conv2d(4, 3)                            // expect-error E0302 `Conv2d` expects [N, in, H, W], the pipe delivers [N, 3, 8]
  fn b(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 5)                         // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn c(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, groups = 2)             // expect-error E0402 groups must divide both channel counts
  fn d(x: [N, 4, 4, 4]) -> _ = x |> Conv2d(5, 3, groups = 2)             // expect-error E0402 groups must divide both channel counts
  fn e(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, stride = 0)             // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn f(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, padding = -1)           // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn g(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, [3, 3, 3])                 // expect-error E0402 kernel, stride, padding, dilation: one number, or one for each axis
  fn h(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, stride = [1, 1, 1])     // expect-error E0311 `stride` needs one number, or one for each axis (2), not [1, 1, 1]
  fn i(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(0, 3)                         // expect-error E0301 `weight` would have an axis of length 0
  fn j(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, groups = 0)             // expect-error E0402 groups must divide both channel counts
  fn k(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 0)                         // expect-error E0402 a kernel is at least 1 long
  fn l(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, dilation = 2)           // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn m(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, in = 5)                 // expect-error E0301 `Conv2d` expects 5 channels, the pipe delivers 3
  fn n(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, 1.5)                    // expect-error E0206 a list of ints is needed here
  fn o(x: [N, 3, 4]) -> _ = x |> Conv3d(4, 3)                            // expect-error E0302 `Conv3d` expects [N, in, D, H, W], the pipe delivers [N, 3, 4]
  fn p(x: [N, 3, 4]) -> _ = x |> ConvTranspose2d(4, 3)                   // expect-error E0302 `ConvTranspose2d` expects [N, in, H, W], the pipe delivers [N, 3, 4]
  fn q(x: [N, 3, 4]) -> _ = x |> ConvTranspose1d(4, 3, stride = 2, output_padding = 2) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
  fn r(x: [N, 3, 4]) -> _ = x |> ConvTranspose1d(4, 2, padding = 3)      // expect-error E0311 the result of a transposed convolution over 4 elements would be -1 long
  fn s(x: [N, 3, 4, 4]) -> _ = x |> DepthwiseConv2d(3, multiplier = 0)   // expect-error E0301 `weight` would have an axis of length 0
  fn t(x: [N, 3, C, 4]) -> _ = x |> Conv2d(4, 9)                         // expect-error E0311 a window that reaches over 9 elements does not fit into 4
  fn u(x: [N, C, 4, 4]) -> _ = x |> Conv2d(4, 3)                         // expect-error E0306 the shape of `weight` depends on the open dim C
  fn v(x: i32[N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3)                      // expect-error E0307 `Conv2d` expects f32 elements, the pipe delivers i32[N, 3, 4, 4]
  fn w(x: [N, 3, 4]) -> _ = x |> Conv1d(4, 3, kernel = 2)                // expect-error E0203 `kernel` of `Conv1d` is given twice
  fn y(x: [N, 3, 4]) -> _ = x |> Conv1d()                                // expect-error E0204 `Conv1d` needs `out`
  fn z(x: [N, 3, 4]) -> _ = x |> Conv1d(4, 3, pad = 1)                   // expect-error E0203 `Conv1d` has no parameter `pad`
  fn aa(x: [N, 3, 4]) -> _ = x |> Conv1d(4, 3, padding = [1, 1])         // expect-error E0206 an int is needed here
  fn bb(x: [N, 4, 4, 4]) -> _ = x |> ConvTranspose2d(4, 3, groups = 3)   // expect-error E0402 groups must divide both channel counts
  fn cc(x: [N, 4, 4, 4]) -> _ = x |> ConvTranspose2d(4, 3, output_padding = -1) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
}
model Pools {
  fn a(x: [N, 3, 8]) -> _ = x |> MaxPool2d(2)                            // expect-error E0302 `MaxPool2d` expects [N, C, H, W], the pipe delivers [N, 3, 8]
  fn b(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2d(5)                         // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn c(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2d(2, padding = 2)            // expect-error E0402 padding must be at most half of the kernel
  fn d(x: [N, 3, 4, 4]) -> _ = x |> AvgPool2d(0)                         // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn e(x: [N, 3, 4, 4]) -> _ = x |> AvgPool2d(2, stride = 0)             // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn f(x: [N, 3, 4, 4]) -> _ = x |> AdaptiveAvgPool2d(0)                 // expect-error E0402 one size of at least 1 for both axes, or two
  fn g(x: [N, 3, 4, 4]) -> _ = x |> AdaptiveAvgPool2d([1, 2, 3])           // expect-error E0402 one size of at least 1 for both axes, or two
  fn h(x: [N, 3, 4]) -> _ = x |> AdaptiveAvgPool2d(2)                    // expect-error E0302 `AdaptiveAvgPool2d` expects [N, C, H, W], the pipe delivers [N, 3, 4]
  fn i(x: [N, 3, 4]) -> _ = x |> GlobalAvgPool2d()                       // expect-error E0302 `GlobalAvgPool2d` expects [N, C, H, W], the pipe delivers [N, 3, 4]
  fn j(x: [N, 3, 4, 4]) -> _ = x |> Upsample2d(0)                        // expect-error E0402 one scale of at least 1 for both axes, or two
  fn k(x: [N, 3, 4, 4]) -> _ = x |> Upsample2d(2, mode = "cubic")        // expect-error E0402 the mode is "nearest" or "bilinear"
  fn l(x: [N, 3, 4, 4]) -> _ = x |> Upsample2d(2, align_corners = true)  // expect-error E0402 align_corners is for the mode "bilinear"
  fn l2(x: [N, 3, 4, 4]) -> _ = x |> Upsample2d([100000, 3], mode = "bilinear")  // expect-error E0402 a bilinear scale is at most 64
  fn m(x: [N, 3, 4]) -> _ = x |> MinPool1d(3, padding = 2)               // expect-error E0402 padding must be at most half of the kernel
  fn n(x: [N, 3, 4]) -> _ = x |> AvgPool1d(5)                            // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn o(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2d([2, 2, 2])                 // expect-error E0402 kernel, stride, padding, dilation: one number, or one for each axis
  fn p(x: [N, 3, 4, 4]) -> _ = x |> GlobalMaxPool2d(2)                   // expect-error E0205 `GlobalMaxPool2d` takes no arguments
}
model Norms {
  fn a(x: [N, 3, 4, 4]) -> _ = x |> BatchNorm1d()                        // expect-error E0402 BatchNorm1d takes [N, C] or [N, C, L]
  fn b(x: [N, 3]) -> _ = x |> BatchNorm2d()                              // expect-error E0302 `BatchNorm2d` expects [N, c, H, W], the pipe delivers [N, 3]
  fn c(x: [N, 5, 4, 4]) -> _ = x |> GroupNorm(2)                         // expect-error E0402 groups must divide the channel count
  fn d(x: [N, 5, 4, 4]) -> _ = x |> GroupNorm(0)                         // expect-error E0402 groups must divide the channel count
  fn e(x: [N, 5]) -> _ = x |> LayerNorm(d = 4)                           // expect-error E0301 `LayerNorm` expects 4 features, the pipe delivers 5
  fn f(x: [N, T]) -> _ = x |> LayerNorm()                                // expect-error E0306 the shape of `weight` depends on the open dim T
  fn g(x: [N, 3]) -> _ = x |> InstanceNorm2d()                           // expect-error E0302 `InstanceNorm2d` expects [N, c, H, W], the pipe delivers [N, 3]
  fn h(x: [N, C, 4, 4]) -> _ = x |> BatchNorm2d()                        // expect-error E0306 the shape of `weight` depends on the open dim C
  fn i(x: i32[N, 5]) -> _ = x |> RMSNorm()                               // expect-error E0307 `RMSNorm` expects f32 elements, the pipe delivers i32[N, 5]
  fn j(x: [N]) -> _ = x |> GroupNorm(1)                                  // expect-error E0302 `GroupNorm` expects [N, c, ...], the pipe delivers [N]
  fn k(x: [N]) -> _ = x |> BatchNorm1d()                                 // expect-error E0302 `BatchNorm1d` expects [N, c, ...], the pipe delivers [N]
}
model LayerNorms {
  fn a(x: [N, 3, 4]) -> _ = x |> LayerNorm(shape = [3, 5])               // expect-error E0402 the last number of `shape`
  fn b(x: [N, 3, 4]) -> _ = x |> LayerNorm(shape = [5, 4])               // expect-error E0304
  fn c(x: [N, 3, 4]) -> _ = x |> LayerNorm(shape = [1, 2, 3, 4])         // expect-error E0402 one, two or three axes
  fn d(x: [N, 4]) -> _ = x |> LayerNorm(shape = [2, 3, 4])               // expect-error E0308 axis -3
}
model Dense {
  pair = Bilinear(3)
  fn a(x: [N, 3]) -> _ = x |> Linear(0)                                  // expect-error E0301 `weight` would have an axis of length 0
  fn b(x: [N, 3]) -> _ = x |> Linear(4, in = 5)                          // expect-error E0301 `Linear` expects 5 features, the pipe delivers 3
  fn c(x: [N, 3]) -> _ = pair(x)                                         // expect-error E0404 `in2` of `Bilinear` cannot be inferred here
  fn d(x: [N, 3], y: [M, 3]) -> _ = pair(x, y)                           // expect-error E0303 cannot prove N == M
  fn e(x: [N, 3]) -> _ = x |> Embedding(3, 4)                            // expect-error E0307 `Embedding` expects i32 elements, the pipe delivers [N, 3]
  fn f(x: i32[N]) -> _ = x |> Embedding(0, 4)                            // expect-error E0301 `weight` would have an axis of length 0
  fn g(x: i32[N]) -> _ = x |> Embedding(5)                               // expect-error E0204 `Embedding` needs `d`
  fn h(x: [N, 3]) -> _ = x |> Dropout(1.5)                               // expect-error E0402 the probability of dropout must be from 0 to 1
  fn i(x: [N, 3]) -> _ = x |> Dropout(-0.1)                              // expect-error E0402 the probability of dropout must be from 0 to 1
  fn j(x: [N, 3]) -> _ = x |> Dropout2d()                                // expect-error E0302 `Dropout2d` expects [N, C, H, W], the pipe delivers [N, 3]
  fn k(x: [N, 3, 4]) -> _ = x |> Flatten(2, 1)                           // expect-error E0308 `flatten` from axis 2 to axis 1
  fn l(x: [N, 3, 4]) -> _ = x |> Flatten(3)                              // expect-error E0308 axis 3 of a tensor with 3 axes
  fn m(x: [N, 3, 4]) -> _ = x |> PReLU(4)                                // expect-error E0402 the number of slopes is 1, or that of the channels
  fn n(x: [N, 3, 4]) -> _ = x |> PReLU(0)                                // expect-error E0402 the number of slopes is 1, or that of the channels
  fn o(x: []) -> _ = x |> Linear(3)                                      // expect-error E0302 `Linear` expects [..., in], the pipe delivers []
  fn p(x: [N, 3]) -> _ = x |> Linear(3, true, false)                     // expect-error E0206 an int is needed here
  fn q(x: [N, 3]) -> _ = x |> Identity(3)                                // expect-error E0205 `Identity` takes no arguments
  fn r(x: [3]) -> _ = x |> PReLU(3)                                      // expect-error E0402 a slope for each channel needs channels: [N, C, ...]
}
model Attention {
  decoder = TransformerDecoderLayer(2)
  attention = MultiHeadAttention(2)
  fn a(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(4)                   // expect-error E0402 heads must divide the width
  fn b(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(0)                   // expect-error E0402 heads must divide the width
  fn c(x: [N, 6]) -> _ = x |> MultiHeadAttention(2)                      // expect-error E0302 `MultiHeadAttention` expects [N, T, d], the pipe delivers [N, 6]
  fn d(x: [N, T, 6]) -> _ = x |> TransformerEncoderLayer(4)              // expect-error E0402 heads must divide the width
  fn e(x: [N, T, 6]) -> _ = x |> TransformerEncoderLayer(2, 0)           // expect-error E0301 `weight` would have an axis of length 0
  fn f(x: [N, T, 6], y: [N, S, 5]) -> _ = decoder(x, y)                  // expect-error E0301 `memory` of `TransformerDecoderLayer` must be 6 features, not 5
  fn g(x: [N, T, 6]) -> _ = decoder(x)                                   // expect-error E0204 `TransformerDecoderLayer` needs `memory`
  fn h(x: [N, T, 7]) -> _ = x |> PositionalEncoding()                    // expect-error E0402 the width must be even: sines and cosines come in pairs
  fn i(x: [N, T, 7]) -> _ = x |> RotaryEmbedding()                       // expect-error E0402 the width must be even: numbers are turned in pairs
  fn j(x: [N, T, 6], y: [N, S, 5]) -> _ = attention.attend(x, y, y)      // expect-error E0301 `k` of `attend` must be 6 on axis 2, not 5
  fn k(x: [N, T, 6], y: [N, S, 6], z: [N, R, 6]) -> _ = attention.attend(x, y, z) // expect-error E0303 cannot prove S == R
  fn l(x: [N, T, 6], hidden: bool[N, T]) -> _ = attention.masked(x, hidden) // expect-error E0303 cannot prove N == T
  fn m(x: [N, T, 6], hidden: [T, T]) -> _ = attention.masked(x, hidden)  // expect-error E0307 `hidden` of `masked` must be bool elements, not [T, T]
  fn n(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(2, dropout = 2.0)    // expect-error E0402 the probability of dropout must be from 0 to 1
  fn o(x: [N, T, 6]) -> _ = x |> TransformerEncoderLayer(2, activation = 3) // expect-error E0206 a function or layer is needed here
  fn p(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(2, kdim = 5)         // expect-error E0301 axis 1 of the second tensor must be 6 long, as axis 2 of the first, not 5
  fn q(x: [6]) -> _ = x |> RotaryEmbedding()                             // expect-error E0302 `RotaryEmbedding` expects [..., T, C], the pipe delivers [6]
}
layer Init() {
  param a: [3] = orthogonal()                                            // expect-error E0302 the initialiser `orthogonal` fills a tensor of at least 2 axes, but `a` is [3]
  param b: [3, 3, 3] = eye                                               // expect-error E0302 the initialiser `eye` fills a tensor of 2 axes, but `b` is [3, 3, 3]
  param c: [3] = normal(0.0, -1.0)                                       // expect-error E0402 the initialiser `normal` of `c` needs a standard deviation of at least 0, not -1.0
  param d: [3] = uniform(2.0, 1.0)                                       // expect-error E0402 the initialiser `uniform` of `d` draws from 2.0 up to 1.0, which is less
  param e: [3] = he_uniform(0)                                             // expect-error E0402 fan_in is more than 0
  param f: [3] = truncated_normal(-0.1)                                  // expect-error E0402 the initialiser `truncated_normal` of `f` needs a standard deviation of at least 0, not -0.1
  param g: [3] = glorot_uniform(3)                                       // expect-error E0204 `glorot_uniform` needs `fan_out`
  param h: [3] = he_normal()                                             // expect-error E0204 `he_normal` needs `fan_in`
  param i: [3] = orthognal()                                             // expect-error E0201 there is no `orthognal` here
  param j: [3] = 3.0                                                     // expect-error E0206 an initialiser is needed here
  param k: [3] = glorot_normal(0, 0)                                       // expect-error E0402 fan_in and fan_out are more than 0
  param l: [3] = uniform("a")                                            // expect-error E0206 a float is needed here
  fn forward() -> [] = 1.0 + sum(a) + sum(b) + sum(c) + sum(d) + sum(e) + sum(f) + sum(g) + sum(h) + sum(i) + sum(j)
}
model Initial = Init()
model Open {
  fn a(x: [N, 3, L]) -> _ = x |> ConvTranspose1d(4, 2, padding = 1)
  fn b(x: [N, 3, L]) -> _ = top_k(x, 2)
  fn c(x: [N, 3, 4]) -> _ = top_k(x, 5)                                  // expect-error E0402 k must be at least 1, and the axis that long
  fn d(x: [N, 3, 4]) -> _ = top_k(x, 1, axis = 3)                        // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
}
