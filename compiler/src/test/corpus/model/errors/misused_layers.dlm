package corpus

// More of the layers and the primitives under them used wrongly.
model Windows {
  fn a(x: [N, 4, 8]) -> _ = conv1d(x, zeros([6, 3, 3]))                    // expect-error E0301 `conv` has 4 input channels in [N, 4, 8], but 3 in [6, 3, 3]
  fn b(x: [N, 4, 8]) -> _ = conv1d(x, zeros([6, 4, 9]))                    // expect-error E0311 a window that reaches over 9 elements does not fit into 8
  fn c(x: [N, 4, 8]) -> _ = conv1d(x, zeros([6, 2, 3]), groups = 3)        // expect-error E0310 4 input channels do not divide into 3 groups
  fn d(x: [N, 4, 8]) -> _ = conv1d(x, zeros([5, 2, 3]), groups = 2)        // expect-error E0310 5 output channels do not divide into 2 groups
  fn e(x: [N, 4, 8]) -> _ = conv1d(x, zeros([6, 4, 3]), dilation = 0)      // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn f(x: [N, 4, 8]) -> _ = conv2d(x, zeros([6, 4, 3, 3]))                 // expect-error E0302 the input of a convolution over 2 axes needs 4 axes, not [N, 4, 8]
  fn g(x: [N, 4, 8, 8]) -> _ = conv2d(x, zeros([6, 4, 3]))                 // expect-error E0302 the weights of a convolution over 2 axes needs 4 axes, not [6, 4, 3]
  fn h(x: [N, 4, 8, 8]) -> _ = conv2d(x, zeros([6, 4, 3, 3]), groups = 0)  // expect-error E0311 groups must be at least 1, not 0
  fn i(x: [N, 4, 8, 8]) -> _ = conv3d(x, zeros([6, 4, 3, 3, 3]))           // expect-error E0302 the input of a convolution over 3 axes needs 5 axes, not [N, 4, 8, 8]
  fn j(x: [N, 4, 8]) -> _ = conv_transpose1d(x, zeros([3, 4, 3]))          // expect-error E0301 a transposed convolution needs as many channels as its weights have on axis 0, 3, not the 4 of [N, 4, 8]
  fn k(x: [N, 4, 8]) -> _ = conv_transpose1d(x, zeros([4, 4, 3]), stride = 2, output_padding = 2) // expect-error E0311 output_padding is 0 or more, and smaller than the stride or the dilation
  fn l(x: [N, 4, 8]) -> _ = conv_transpose1d(x, zeros([4, 4, 3]), stride = 0)// expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn m(x: [N, 4, 8]) -> _ = conv_transpose1d(x, zeros([4, 4, 3]), groups = 3)// expect-error E0310 4 input channels do not divide into 3 groups
  fn n(x: [N, 4, 8, 8]) -> _ = conv_transpose2d(x, zeros([4, 4, 3]))       // expect-error E0302 the weights of a transposed convolution over 2 axes needs 4 axes, not [4, 4, 3]
  fn o(x: [N, 4, 8, 8]) -> _ = conv_transpose2d(x, zeros([4, 4, 3, 3]), padding = -1)// expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn p(x: [N, 4, 8, 8, 8]) -> _ = conv_transpose3d(x, zeros([4, 4, 3, 3])) // expect-error E0302 the weights of a transposed convolution over 3 axes needs 5 axes, not [4, 4, 3, 3]
  fn q(x: [N, 4, 8]) -> _ = max_pool1d(x, 9)                               // expect-error E0311 a window that reaches over 9 elements does not fit into 8
  fn r(x: [N, 4, 8]) -> _ = max_pool1d(x, 2, padding = 2)                  // expect-error E0311 a window of `max_pool` would lie in the padding alone
  fn s(x: [N, 4, 8]) -> _ = max_pool1d(x, [2, 2])                          // expect-error E0311 `kernel` needs one number, or one for each axis (1), not [2, 2]
  fn t(x: [8]) -> _ = max_pool2d(x, 2)                                     // expect-error E0302 `max_pool` needs at least 2 axes, not [8]
  fn u(x: [N, 4, 8, 8]) -> _ = max_pool2d(x, 2, dilation = 0)              // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn v(x: [N, 4, 8, 8]) -> _ = sum_pool2d(x, [2, 9])                       // expect-error E0311 a window that reaches over 9 elements does not fit into 8
  fn w(x: [8, 8]) -> _ = max_pool3d(x, 2)                                  // expect-error E0302 `max_pool` needs at least 3 axes, not [8, 8]
  fn y(x: [N, 4, 8, 8, 8]) -> _ = sum_pool3d(x, 2, stride = -1)            // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn z(x: [N, 4, 8]) -> _ = sum_pool1d(x, 0)                               // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn aa(x: [N, 4, 8]) -> _ = interpolate(x, 0, 2)                          // expect-error E0402 a scale is at least 1
  fn ab(x: [N, 4, 8]) -> _ = interpolate(x, 2, 3)                          // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
  fn ac(x: [N, 4, 8]) -> _ = conv1d(x, zeros([6, 4, 3]), groups = -1)      // expect-error E0311 groups must be at least 1, not -1
  fn ad(x: i32[N, 4, 8]) -> _ = conv1d(x, zeros([6, 4, 3]))                // expect-error E0307 `conv` needs f32, not i32[N, 4, 8]
}
model WindowLayers {
  fn a(x: [N, 3, 4, 4, 4]) -> _ = x |> Conv3d(4, 5)                        // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn b(x: [N, 3, 4, 4, 4]) -> _ = x |> Conv3d(4, 3, groups = 2)            // expect-error E0402 groups must divide both channel counts
  fn c(x: [N, 3, 4, 4, 4]) -> _ = x |> Conv3d(4, [3, 3])                   // expect-error E0402 kernel, stride, padding, dilation: one number, or one for each axis
  fn d(x: [N, 3, 4]) -> _ = x |> Conv1d(4, 5)                              // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn e(x: [N, 3, 4]) -> _ = x |> Conv1d(4, 3, groups = 2)                  // expect-error E0402 groups must divide both channel counts
  fn f(x: [N, 3, 4, 4]) -> _ = x |> Conv1d(4, 3)                           // expect-error E0302 `Conv1d` expects [N, in, L], the pipe delivers [N, 3, 4, 4]
  fn g(x: [N, 3, 4]) -> _ = x |> Conv1d(4, 0)                              // expect-error E0301 `weight` would have an axis of length 0
  fn h(x: [N, 3, 4]) -> _ = x |> DepthwiseConv2d(3)                        // expect-error E0302 `DepthwiseConv2d` expects [N, in, H, W], the pipe delivers [N, 3, 4]
  fn i(x: [N, 3, 4, 4]) -> _ = x |> DepthwiseConv2d(5)                     // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn j(x: [N, 3, 4, 4]) -> _ = x |> DepthwiseConv2d(3, multiplier = -1)    // expect-error E0301 `weight` would have an axis of length -3
  fn k(x: [N, 3, 4, 4]) -> _ = x |> ConvTranspose2d(4, 0)                  // expect-error E0402 a kernel is at least 1 long
  fn l(x: [N, 3, 4, 4]) -> _ = x |> ConvTranspose2d(4, 3, stride = 0)      // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn m(x: [N, 3, 4, 4]) -> _ = x |> ConvTranspose1d(4, 3)                  // expect-error E0302 `ConvTranspose1d` expects [N, in, L], the pipe delivers [N, 3, 4, 4]
  fn n(x: [N, 3, 4]) -> _ = x |> ConvTranspose1d(4, 3, groups = 2)         // expect-error E0402 groups must divide both channel counts
  fn o(x: [N, 3, 4]) -> _ = x |> ConvTranspose1d(4, 3, in = 4)             // expect-error E0301 `ConvTranspose1d` expects 4 channels, the pipe delivers 3
  fn p(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(-4, 3)                          // expect-error E0301 `weight` would have an axis of length -4
  fn q(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, -3)                          // expect-error E0402 a kernel is at least 1 long
  fn r(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, dilation = 0)             // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn s(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, groups = -1)              // expect-error E0402 groups must divide both channel counts
  fn t(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, use_bias = 1)             // expect-error E0206 a bool is needed here
  fn u(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4)                              // expect-error E0204 `Conv2d` needs `kernel`
  fn v(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, [])                          // expect-error E0402 kernel, stride, padding, dilation: one number, or one for each axis
  fn w(x: [N, 3, 4, 4]) -> _ = x |> ConvTranspose2d(4, 3, dilation = 0)    // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn y(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, 3, in = 0)                   // expect-error E0301 `weight` would have an axis of length 0
  fn z(x: [N, 3, 4, 4]) -> _ = x |> ConvTranspose2d(4, 3, groups = 0)      // expect-error E0402 groups must divide both channel counts
  fn aa(x: [N, 3, 4, 4]) -> _ = x |> Conv2d(4, "3")                        // expect-error E0206 a list of ints is needed here
}
model Pools {
  fn a(x: [N, 3, 4, 4]) -> _ = x |> MaxPool1d(2)                           // expect-error E0302 `MaxPool1d` expects [N, C, L], the pipe delivers [N, 3, 4, 4]
  fn b(x: [N, 3, 4]) -> _ = x |> MaxPool1d(5)                              // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn c(x: [N, 3, 4]) -> _ = x |> MaxPool1d(2, stride = 0)                  // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn d(x: [N, 3, 4]) -> _ = x |> MaxPool1d(2, padding = -1)                // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn e(x: [N, 3, 4]) -> _ = x |> MaxPool1d(2, dilation = 4)                // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn f(x: [N, 3, 4]) -> _ = x |> MinPool2d(2)                              // expect-error E0302 `MinPool2d` expects [N, C, H, W], the pipe delivers [N, 3, 4]
  fn g(x: [N, 3, 4, 4]) -> _ = x |> MinPool2d(5)                           // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn h(x: [N, 3, 4, 4]) -> _ = x |> MinPool2d(3, padding = 2)              // expect-error E0402 padding must be at most half of the kernel
  fn i(x: [N, 3, 4]) -> _ = x |> MinPool1d(0)                              // expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn j(x: [N, 3, 4, 4]) -> _ = x |> AvgPool1d(2)                           // expect-error E0302 `AvgPool1d` expects [N, C, L], the pipe delivers [N, 3, 4, 4]
  fn k(x: [N, 3, 4]) -> _ = x |> AvgPool1d(2, padding = 2)                 // expect-error E0402 padding must be at most half of the kernel
  fn l(x: [N, 3, 4, 4]) -> _ = x |> AvgPool2d(2, padding = 2)              // expect-error E0402 padding must be at most half of the kernel
  fn m(x: [N, 3, 4]) -> _ = x |> AvgPool2d(2)                              // expect-error E0302 `AvgPool2d` expects [N, C, H, W], the pipe delivers [N, 3, 4]
  fn n(x: [N, 3, 4, 4]) -> _ = x |> AvgPool2d(5)                           // expect-error E0311 a window that reaches over 5 elements does not fit into 4
  fn o(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2d(2, ceil_mode = 1)            // expect-error E0206 a bool is needed here
  fn p(x: [N, 3, 4]) -> _ = x |> GlobalMaxPool2d()                         // expect-error E0302 `GlobalMaxPool2d` expects [N, C, H, W], the pipe delivers [N, 3, 4]
  fn q(x: [N, 3, 4]) -> _ = x |> Upsample2d(2)                             // expect-error E0302 `Upsample2d` expects [N, C, H, W], the pipe delivers [N, 3, 4]
  fn s(x: [N, 3, 4, 4]) -> _ = x |> Upsample2d(-2)                         // expect-error E0402 one scale of at least 1 for both axes, or two
  fn t(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2d()                            // expect-error E0204 `MaxPool2d` needs `kernel`
  fn u(x: i32[N, 3, 4, 4]) -> _ = x |> MaxPool2d(2)                        // expect-error E0307 `MaxPool2d` expects f32 elements, the pipe delivers i32[N, 3, 4, 4]
  fn v(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2d(2, ceil_mode = true, stride = 0)// expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn w(x: [N, 3, 4, 4]) -> _ = x |> AvgPool2d(2, ceil_mode = true, stride = 0)// expect-error E0311 kernel, stride and dilation of a window must be at least 1, its padding at least 0
  fn y(x: [N, 3, 4, 4]) -> _ = x |> AdaptiveAvgPool2d(-1)                  // expect-error E0402 one size of at least 1 for both axes, or two
  fn aa(x: [N, 3, 4, 4]) -> _ = x |> MaxPool2D(2)                          // expect-error E0201 there is no `MaxPool2D` here
}
model Norms {
  fn a(x: [N, 3, 4, 4]) -> _ = x |> BatchNorm2d(momentum = 2.0)            // expect-error E0402 momentum is the share of the new: from 0 to 1
  fn b(x: [N, 3, 4, 4]) -> _ = x |> BatchNorm2d(eps = -1.0)                // expect-error E0402 eps is a small number, below 1 (how many channels there are follows from the input)
  fn c(x: [N, 3, 4, 4]) -> _ = x |> BatchNorm2d(5)                         // expect-error E0402 eps is a small number, below 1 (how many channels there are follows from the input)
  fn d(x: [N, 3, 4, 4]) -> _ = x |> BatchNorm2d(c = 5)                     // expect-error E0301 `BatchNorm2d` expects 5 channels, the pipe delivers 3
  fn e(x: [N, 4]) -> _ = x |> LayerNorm(eps = -1.0)                        // expect-error E0402 eps is a small number, below 1 (how many features there are follows from the input)
  fn f(x: [N, 4]) -> _ = x |> LayerNorm(shape = [0])                       // expect-error E0402 the last number of `shape` is the length of the last axis
  fn g(x: []) -> _ = x |> RMSNorm()                                        // expect-error E0302 `RMSNorm` expects [..., d], the pipe delivers []
  fn h(x: [N, 3, 4, 4]) -> _ = x |> GroupNorm()                            // expect-error E0204 `GroupNorm` needs `groups`
  fn i(x: [N, 4]) -> _ = x |> RMSNorm(d = 3)                               // expect-error E0301 `RMSNorm` expects 3 features, the pipe delivers 4
  fn j(x: [N, 3, 4, 4]) -> _ = x |> GroupNorm(3, eps = -1.0)               // expect-error E0402 eps is a small number, below 1 (how many channels there are follows from the input)
  fn k(x: [N, 3, 4, 4]) -> _ = x |> BatchNorm2d(momentum = -0.1)           // expect-error E0402 momentum is the share of the new: from 0 to 1
}
model Dense {
  pair = Bilinear(3)
  wrong = Bilinear(0)                                                      // expect-error E0301 `weight` would have an axis of length 0
  narrower = Bilinear(3, in1 = 4, in2 = 5)
  fn a(x: [N, 4], y: [N, 4]) -> _ = narrower(x, y)                         // expect-error E0301 `b` of `Bilinear` must be 5 on axis 1, not 4
  fn b(x: [N, 4], y: [N, 4]) -> _ = wrong(x, y)
  fn c(x: [N, 4], y: [N, 3, 4]) -> _ = pair(x, y)                          // expect-error E0302 `b` of `Bilinear` must be axes like those of the inputs before it, [N], not [N, 3]
  fn d(x: [N, 4]) -> _ = x |> Linear(-3)                                   // expect-error E0301 `weight` would have an axis of length -3
  fn e(x: [N, 4]) -> _ = x |> Linear("3")                                  // expect-error E0206 an int is needed here
  fn f(x: [N, 4]) -> _ = x |> Linear(3.5)                                  // expect-error E0206 an int is needed here
  fn g(x: [N, 4]) -> _ = x |> Linear                                       // expect-error E0208 `Linear` is a layer; it must be built before it is applied
  fn h(x: i32[N]) -> _ = x |> Embedding(4, 3, padding_idx = 4)             // expect-error E0402 padding_idx must be within the table
  fn i(x: i32[N]) -> _ = x |> Embedding(4, 3, padding_idx = [1, 2])        // expect-error E0402 one number is that of the padding
  fn j(x: i32[N]) -> _ = x |> Embedding(4, 0)                              // expect-error E0301 `weight` would have an axis of length 0
  fn k(x: i32[N]) -> _ = x |> Embedding(4, 3, w = 1.0)                     // expect-error E0206 an initialiser is needed here
  fn l(x: i32[N, 3]) -> _ = x |> Linear(3)                                 // expect-error E0307 `Linear` expects f32 elements, the pipe delivers i32[N, 3]
  fn m(x: [N, 3, 4]) -> _ = x |> Flatten(1, 3)                             // expect-error E0308 axis 3 of a tensor with 3 axes
  fn n(x: [N, 3, 4]) -> _ = x |> Flatten(-4)                               // expect-error E0308 axis -4 of a tensor with 3 axes
  fn o(x: [N, 3, 4, 4]) -> _ = x |> Dropout2d(2.0)                         // expect-error E0402 the probability of dropout must be from 0 to 1
  fn p(x: [N, 4]) -> _ = x |> Linear(3, in = -1)                           // expect-error E0301 `weight` would have an axis of length -1
  fn q(x: [N, T]) -> _ = x |> Linear(3)                                    // expect-error E0306 the shape of `weight` depends on the open dim T
  fn r(x: [N, 4]) -> _ = x |> Droput(0.5)                                  // expect-error E0201 there is no `Droput` here
  fn s(x: i32[N]) -> _ = x |> Embedding(-1, 3)                             // expect-error E0301 `weight` would have an axis of length -1
}
model Attention {
  plain = MultiHeadAttention(2)
  cross = MultiHeadAttention(2, kdim = 5, vdim = 7)
  decoder = TransformerDecoderLayer(4)
  fn a(x: [N, T, 6], y: [N, S, 4], z: [N, S, 7]) -> _ = cross.attend(x, y, z)// expect-error E0301 `k` of `attend` must be 5 on axis 2, not 4
  fn b(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(2, kdim = -1)          // expect-error E0402 kdim and vdim are widths, or 0 for that of the queries
  fn c(x: [N, T, 6]) -> _ = x |> MultiHeadAttention()                      // expect-error E0204 `MultiHeadAttention` needs `heads`
  fn d(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(-2)                    // expect-error E0402 heads must divide the width
  fn e(x: [N, T, 6], y: [N, S, 6]) -> _ = decoder(x, y)                    // expect-error E0402 heads must divide the width
  fn f(x: [N, T, 6]) -> _ = x |> TransformerEncoderLayer(2, dropout = 1.5) // expect-error E0402 the probability of dropout must be from 0 to 1
  fn g(x: [N, 6]) -> _ = x |> TransformerEncoderLayer(2)                   // expect-error E0302 `TransformerEncoderLayer` expects [N, T, d], the pipe delivers [N, 6]
  fn h(x: [N, T, 6]) -> _ = x |> TransformerEncoderLayer(2, activation = "gelu")// expect-error E0206 a function or layer is needed here
  fn i(x: [N, T, 6]) -> _ = x |> TransformerEncoderLayer(2, norm = true)   // expect-error E0203 `TransformerEncoderLayer` has no parameter `norm`
  fn j(x: [N, 6]) -> _ = x |> PositionalEncoding()                         // expect-error E0302 `PositionalEncoding` expects [N, T, d], the pipe delivers [N, 6]
  fn k(x: [N, T, 6]) -> _ = x |> PositionalEncoding(dropout = 2.0)         // expect-error E0402 the probability of dropout must be from 0 to 1
  fn l(x: [N, T, 6]) -> _ = x |> PositionalEncoding(base = -1.0)           // expect-error E0402 base must be more than 0
  fn m(x: [N, T, D]) -> _ = x |> MultiHeadAttention(2)                     // expect-error E0306 the shape of `in_proj_weight` depends on the open dim D
  fn n(x: [N, T, 6], y: [N, S, 6]) -> _ = plain(x, y)                      // expect-error E0205 `MultiHeadAttention` takes one argument
  fn o(x: [N, T, 6], y: [N, S, 6]) -> _ = plain.atend(x, y, y)             // expect-error E0201 an instance of `MultiHeadAttention` has no `atend`
  fn p(x: [N, T, 6]) -> _ = x |> MultiHeadAttention(2, d = 8)              // expect-error E0301 `MultiHeadAttention` expects 8 features, the pipe delivers 6
  fn q(x: [N, T, 6]) -> _ = x |> RotaryEmbedding(base = 0.0)               // expect-error E0402 base must be more than 0
  fn s(x: [N, T, 6], y: [M, S, 6]) -> _ = decoder2(x, y)                   // expect-error E0201 there is no `decoder2` here
}
model Recurrent {
  rnn = RNNCell(4)
  lstm = LSTMCell(4)
  gru = GRUCell(4)
  deep = RNN(4, layers = 2)
  long = LSTM(4)
  gated = GRU(4)
  fn a(x: [N, 3], h: [N, 5]) -> _ = rnn(x, h)                              // expect-error E0301 `h` of `RNNCell` must be 4 on axis 1, not 5
  fn b(x: [N, 3], h: [N, 4]) -> _ = lstm(x, h)                             // expect-error E0204 `LSTMCell` needs `c`
  fn c(x: [N, 3], h: [N, 4], c: [N, 5]) -> _ = lstm(x, h, c)               // expect-error E0301 `c` of `LSTMCell` must be 4 on axis 1, not 5
  fn d(x: [N, 3], h: [M, 4]) -> _ = gru(x, h)                              // expect-error E0303 cannot prove N == M
  fn e(x: [N, T, 3], h: [N, 4]) -> _ = gru(x, h)                           // expect-error E0302 `x` of `GRUCell` must be [N, 3], not [N, T, 3]
  fn f(x: [N, 3]) -> _ = rnn(x)                                            // expect-error E0204 `RNNCell` needs `h`
  fn g(x: [N, T, 3]) -> _ = x |> RNN(0)                                    // expect-error E0402 the hidden state has at least one number
  fn h(x: [N, T, 3]) -> _ = x |> RNN(4, nonlinearity = "sigmoid")          // expect-error E0402 the nonlinearity is "tanh" or "relu"
  fn i(x: [N, T, 3]) -> _ = x |> LSTM(4, dropout = 1.5)                    // expect-error E0402 the probability of dropout must be from 0 to 1
  fn i2(x: [N, T, 3]) -> _ = x |> LSTM(4, layers = 2, dropout = 1.5)       // expect-error E0402 the probability of dropout must be from 0 to 1
  fn j(x: [N, T, 3]) -> _ = x |> GRU(4, layers = 0)                        // expect-error E0402 there is at least one layer
  fn k(x: [N, T, 3]) -> _ = x |> GRU()                                     // expect-error E0204 `GRU` needs `hidden`
  fn l(x: [N, T, 3]) -> _ = x |> GRU(4, in = 5)                            // expect-error E0301 `GRU` expects 5 features, the pipe delivers 3
  fn m(x: [N, T, 3], h: [N, 4]) -> _ = deep.run(x, h)                      // expect-error E0302 `h` of `run` must be [2, N, 4], not [N, 4]
  fn n(x: [N, T, 3], h: [3, N, 4]) -> _ = deep.run(x, h)                   // expect-error E0301 `h` of `run` must be 2 on axis 0, not 3
  fn o(x: [N, T, 3], h: [1, N, 4]) -> _ = long.run(x, h)                   // expect-error E0204 `run` needs `c`
  fn p(x: [N, T, 3], h: [1, N, 5]) -> _ = gated.run(x, h)                  // expect-error E0301 `h` of `run` must be 4 on axis 2, not 5
  fn q(x: [N, 3]) -> _ = x |> GRU(4)                                       // expect-error E0302 `GRU` expects [N, T, in], the pipe delivers [N, 3]
  fn s(x: [N, T, 3]) -> _ = x |> LSTM(4, bidirectional = "yes")            // expect-error E0206 a bool is needed here
  fn t(x: i32[N, T, 3]) -> _ = x |> LSTM(4)                                // expect-error E0307 `LSTM` expects f32 elements, the pipe delivers i32[N, T, 3]
  fn u(x: [N, T, D]) -> _ = x |> LSTM(4)                                   // expect-error E0306 the shape of `weight_ih` depends on the open dim D
  fn v(x: [N, T, 3]) -> _ = x |> LSTN(4)                                   // expect-error E0201 there is no `LSTN` here
  fn w(x: [N, 3], h: [N, 4]) -> _ = RNNCell(4, nonlinearity = "relu6")(x, h)// expect-error E0402 the nonlinearity is "tanh" or "relu"
}
