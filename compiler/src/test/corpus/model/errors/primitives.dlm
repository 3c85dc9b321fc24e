package corpus

// Every primitive and function over shapes used wrongly.
model Axes {
  fn a(x: [N, 3]) -> _ = softmax(x, axis = 2)                            // expect-error E0308 axis 2 of a tensor with 2 axes
  fn b(x: [N, 3]) -> _ = cumsum(x, axis = -3)                            // expect-error E0308 axis -3 of a tensor with 2 axes
  fn c(x: [N, 3]) -> _ = argmax(x, axis = 2)                             // expect-error E0308 axis 2 of a tensor with 2 axes
  fn d(x: [N, 3]) -> _ = argmin(x, axis = 5)                             // expect-error E0308 axis 5 of a tensor with 2 axes
  fn e(x: [N, 3]) -> _ = concat([x, x], axis = 2)                        // expect-error E0308 axis 2 of a tensor with 2 axes
  fn f(x: [N, 3]) -> _ = stack([x, x], axis = 3)                         // expect-error E0308 axis 3 of a tensor with 3 axes
  fn g(x: [N, 3]) -> _ = flip(x, [0, 0])                                 // expect-error E0308 axis 0 is named twice
  fn h(x: [N, 3]) -> _ = flip(x, 2)                                      // expect-error E0308 axis 2 of a tensor with 2 axes
  fn i(x: [N, 3]) -> _ = split(x, 2, axis = 1)                           // expect-error E0310 3 / 2 is not a whole number
  fn i2(x: [N, T]) -> _ = split(x, N)[0]                                 // expect-error E0401 this depends on N
  fn i3(x: [N, 6]) -> _ = split(x, 0)[0]                                 // expect-error E0402 an axis is cut into at least one part
  fn j(x: [N, 3]) -> _ = split(x, 3, axis = 2)                           // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
  fn k(x: [N, 3]) -> _ = squeeze(x, 1)                                   // expect-error E0301 `squeeze` needs axis 1 of [N, 3] to be 1 long
  fn l(x: [N, 3]) -> _ = unsqueeze(x, 4)                                 // expect-error E0308 axis 4 of a tensor with 3 axes
  fn m(x: [N, 3]) -> _ = transpose(x, 0, 2)                              // expect-error E0308 axis 2 of a tensor with 2 axes
  fn n(x: [N, 3]) -> _ = permute(x, [0])                                 // expect-error E0308 `permute` of [N, 3] must name each of its axes once, not [0]
  fn o(x: [N, 3]) -> _ = permute(x, [1, 1])                              // expect-error E0308 `permute` of [N, 3] must name each of its axes once, not [1, 1]
  fn p(x: [N, 3]) -> _ = amax(x, axes = [1, -1])                         // expect-error E0308 axis -1 is named twice
  fn q(x: [N, 3]) -> _ = prod(x, axes = 2)                               // expect-error E0308 axis 2 of a tensor with 2 axes
  fn r(x: [N, 3]) -> _ = mean(x, axes = 3)                               // expect-error E0308 axis 3 of a tensor with 2 axes
  fn s(x: [N, 3]) -> _ = var(x, axes = 3)                                // expect-error E0308 axis 3 of a tensor with 2 axes
  fn t(x: [N, 3]) -> _ = logsumexp(x, axes = 2)                          // expect-error E0308 axis 2 of a tensor with 2 axes
  fn u(x: [N, 3]) -> _ = narrow(x, 1, 2, 2)                              // expect-error E0308 slice 2:4 of axis 1 of [N, 3] ends after the axis
  fn v(x: [N, 3]) -> _ = narrow(x, 2, 0, 1)                              // expect-error E0402 axes count from 0, or from -1 backwards; this tensor has fewer
  fn w(x: [N, 3]) -> _ = glu(x)                                          // expect-error E0310 3 / 2 is not a whole number
  fn y(x: [N, 3]) -> _ = repeat(x, [1, 1, 2])                              // expect-error E0402 a tensor is repeated so many times along each of its axes: one number an axis
  fn z(x: []) -> _ = argmax(x)                                           // expect-error E0308 axis -1 of a tensor with 0 axes
}
model Shapes {
  fn a(x: [N, 3]) -> _ = reshape(x, [N, 4])                              // expect-error E0301 cannot reshape [N, 3] to [N, 4]: 3*N elements are not 4*N
  fn b(x: [N, 3]) -> _ = reshape(x, [_, _])                              // expect-error E0301 only one dim of a reshape can be `_`
  fn c(x: [N, 3]) -> _ = broadcast(x, [N, 4])                            // expect-error E0304 [N, 3] does not stretch to [N, 4]
  fn d(x: [N, 3]) -> _ = broadcast(x, [3])                               // expect-error E0304 [N, 3] does not stretch to [3]
  fn e(x: [N, 3]) -> _ = pad(x, [0, -2], [0, -2])                        // expect-error E0311 padding axis 1 of [N, 3] by -2 and -2 leaves -1 elements
  fn f(x: [N, 3]) -> _ = pad(x, [0, 1, 1], 0)                            // expect-error E0302 `low` needs one entry an axis (2), not [0, 1, 1]
  fn g(x: [N, 3]) -> _ = pad(x, 0, 0, between = -1)                      // expect-error E0311 `between` must be at least 0, not [-1, -1]
  fn h(x: [N, 3]) -> _ = slice(x, [0, 2], [_, 1])                        // expect-error E0308 slice 2:1 of axis 1 of [N, 3] ends before it starts
  fn i(x: [N, 3]) -> _ = slice(x, 0, _, 0)                               // expect-error E0311 the step of a slice must be at least 1, not 0
  fn j(x: [N, 3]) -> _ = x[:, 5]                                           // expect-error E0308 5 is outside axis 1 of [N, 3]
  fn k(x: [N, 3]) -> _ = x[0, 0, 0]                                      // expect-error E0302 3 indices for [N, 3]
  fn l(x: [N, 3], y: [N, 4]) -> _ = concat([x, y], axis = 0)             // expect-error E0301 `concat` along axis 0 of [N, 3] and [N, 4]: axis 1 differs
  fn m(x: [N, 3], y: [N, 4]) -> _ = stack([x, y])                          // expect-error E0301 `stack` needs tensors of one shape, not [N, 3] and [N, 4]
  fn n(x: [N, 3], y: [N]) -> _ = concat([x, y], axis = 1)                // expect-error E0302 `concat` with [N, 3] needs 2 axes, not [N]
  fn o(x: [N, 3], y: [4, 2]) -> _ = x @ y                                // expect-error E0301 [N, 3] @ [4, 2]: the left has 3 columns, the right 4 rows
  fn p(x: [N, 3], y: [3]) -> _ = x @ y                                   // expect-error E0302 `@` needs at least 2 axes, not [3]
  fn q(x: [N, 3], y: [M, 3]) -> _ = x * y                                // expect-error E0303 cannot prove N == M
  fn r(x: [N, 3]) -> _ = flatten(x, 1, 0)                                // expect-error E0308 `flatten` from axis 1 to axis 0
  fn s() -> _ = full([2, -1], 0.0)                                       // expect-error E0301 an axis cannot be -1 long
  fn t() -> _ = iota([2], axis = 1)                                      // expect-error E0308 axis 1 of a tensor with 1 axis
  fn u() -> _ = concat([])                                               // expect-error E0206 `xs` of `concat` is a list of at least one tensor
}
model Elements {
  fn a(x: [N, 3], y: i32[N, 3]) -> _ = x + y                             // expect-error E0307 `add` needs two of one element type, not f32 and i32
  fn b(x: [N, 3]) -> _ = select(x, 1.0, 0.0)                             // expect-error E0307 the condition of `select` needs bool, not [N, 3]
  fn c(x: bool[N, 3]) -> _ = cumsum(x)                                   // expect-error E0307 `cumsum` needs numbers, not bool[N, 3]
  fn d(x: bool[N, 3]) -> _ = sum(x)                                      // expect-error E0307 `sum` needs numbers, not bool[N, 3]
  fn e(x: bool[N, 3]) -> _ = x % x                                       // expect-error E0307 `rem` needs numbers, not bool
  fn f(x: i32[N, 3]) -> _ = exp(x)                                       // expect-error E0307 `exp` needs f32, not i32
  fn g(x: [N, 3]) -> _ = not x                                           // expect-error E0307 `not` needs bool, not f32
  fn h(x: [N, 3], y: [N, 3]) -> _ = x and y                              // expect-error E0307 `and` needs bool, not f32
  fn j(x: i32[N, 3]) -> _ = max_pool1d(x, 2)                             // expect-error E0307 `max_pool` needs f32, not i32[N, 3]
  fn k(x: i32[2, 3]) -> _ = x @ transpose(x, 0, 1)                       // expect-error E0307 `@` needs f32, not i32[2, 3]
  fn l(x: [N, 3], y: i32[N, 3]) -> _ = select(x > 0, x, y)               // expect-error E0307 `select` needs one element type, not [N, 3] and i32[N, 3]
  fn m(x: [N, 3], y: i32[N, 3]) -> _ = concat([x, y])                    // expect-error E0307 `concat` needs one element type, not [N, 3] and i32[N, 3]
}
model Lookups {
  fn a(x: [5, 3], ids: [N]) -> _ = take(x, ids)                          // expect-error E0307 `take` needs i32, not [N]
  fn b(x: [5, 3], ids: [N]) -> _ = pick(x, ids)                          // expect-error E0307 `pick` needs i32, not [N]
  fn c(x: [5, 3], ids: i32[5, 3]) -> _ = pick(x, ids)                    // expect-error E0302 `pick` from [5, 3] needs 1 axis, not i32[5, 3]
  fn d(x: [5, 3], ids: i32[4]) -> _ = pick(x, ids)                       // expect-error E0301 `pick` from [5, 3] by i32[4]: axis 0 differs
  fn e(x: [5, 3], ids: i32[4]) -> _ = scatter_add(ids, x, 3)             // expect-error E0301 `scatter_add` of [5, 3] at i32[4]: axis 0 differs
  fn f(x: [5, 3], ids: i32[5]) -> _ = scatter_add(ids, x, 0)
  fn g(x: [5], ids: i32[5, 2]) -> _ = scatter_add(ids, x, 2)             // expect-error E0302 `scatter_add` needs at least 2 axes, not [5]
  fn h(x: []) -> _ = take(x, iota([2]))                                  // expect-error E0302 `take` needs at least 1 axis, not []
  fn i(x: [5]) -> _ = one_hot(x, 3)                                      // expect-error E0307 `ids` of `one_hot` must be i32 elements, not [5]
  fn j(x: i32[5]) -> _ = one_hot(x, 0)
}
model Attributes {
  fn a(x: [N, 3]) -> _ = cumsum(x, axis = _)                             // expect-error E0401 `axis` of `cumsum` cannot be left open
  fn b(x: [N, 3]) -> _ = cumsum(x, axis = N)                             // expect-error E0401 `axis` must be known while compiling, not N
  fn c(x: [N, 3]) -> _ = sum(x, axes = [N])                              // expect-error E0401 `axes` must be known while compiling, not N
  fn d(x: [N, 4, 4]) -> _ = sum_pool2d(x, N)                             // expect-error E0401 `kernel` must be known while compiling, not N
  fn e(x: [N, 4, 4]) -> _ = max_pool2d(x, 2, stride = _)
  fn f(x: [N, 4, 4]) -> _ = max_pool2d(x, _)                             // expect-error E0401 `kernel` of `max_pool2d` cannot be left open
  fn g(x: [N, 3]) -> _ = reshape(x, _)                                   // expect-error E0401 `shape` of `reshape` cannot be left open
  fn h() -> _ = full([2], _)                                             // expect-error E0401 `value` of `full` cannot be left open
  fn i(x: [N, 3]) -> _ = x + full([3], N)                                // expect-error E0401 `value` must be known while compiling, not N
  fn j() -> _ = full(_, 1.0)                                             // expect-error E0401 `shape` of `full` cannot be left open
  fn k(x: [N, 3]) -> _ = pad(x, [N, 0], [0, N])
  fn l(x: [N, 3]) -> _ = pad(x, 0, 0, between = N)                       // expect-error E0401 `between` must be known while compiling, not N
  fn m(x: [N, 3]) -> _ = slice(x, 0, _, N)                               // expect-error E0401 `step` must be known while compiling, not N
  fn n(x: [N, 3]) -> _ = flip(x, _)                                      // expect-error E0401 `axes` of `flip` cannot be left open
  fn o(x: [N, 3]) -> _ = concat([x, x], axis = N)                        // expect-error E0401 `axis` must be known while compiling, not N
  fn p(x: [N, 4, 4]) -> _ = conv1d(x, zeros([2, 4, 3]), groups = N)      // expect-error E0401 `groups` must be known while compiling, not N
  fn q(x: [N, 4, 4]) -> _ = conv1d(x, zeros([2, 4, 3]), stride = N)      // expect-error E0401 `stride` must be known while compiling, not N
  fn r(x: [N, 4, 4]) -> _ = conv1d(x, zeros([2, 4, 3]), padding = [1, 2, 3]) // expect-error E0311 `padding` needs one number, or one for each axis (1), not [1, 2, 3]
  fn s(x: [N, 3]) -> _ = unsqueeze(x, N)                                 // expect-error E0401 `axis` must be known while compiling, not N
  fn t(x: [N, 3]) -> _ = top_k(x, N)
  fn u(x: [N, 3]) -> _ = x @ one_hot(iota([3]), N)
  fn v(x: [N, 3]) -> _ = narrow(x, 1, 0, N)                              // expect-error E0303 cannot prove 3 >= N
  fn w(x: [N, 3]) -> _ = x |> Linear(N)                                  // expect-error E0306 the shape of `weight` depends on the open dim N
  fn y(x: [N, 3]) -> _ = repeat(x, [N, 1])                               // expect-error E0401 `if` needs a condition that is known while compiling
  fn z() -> _ = scatter_add(iota([3]), ones([3]), -2)                    // expect-error E0301 an axis cannot be -2 long
  fn aa(x: [N, 3]) -> _ = exp([x, x])                                    // expect-error E0206 `x` of `exp` is one tensor
  fn bb(x: [N, 3]) -> _ = x |> split(3) |> tanh                          // expect-error E0206 `x` of `tanh` is one tensor
}
