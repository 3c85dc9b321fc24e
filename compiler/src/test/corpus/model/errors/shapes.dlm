package corpus

layer Dense(out: int, in: int = _) {
  param weight: [out, in] = zeros
  fn forward(x: [N, in]) -> [N, out] = x @ transpose(weight, 0, 1)
}

model Shapes {
  one = Dense(3, in = 5)
  two = Dense(3)
  conv = Conv2d(6, 5)

  fn a(x: [N, 4]) -> [N, 3] = one(x)                       // expect-error E0301 must be 5 features, not 4
  fn b(x: [N, 4]) -> [N, 7] = two(x)                       // expect-error E0301 promises [N, 7], but gives [N, 3]
  fn c(x: [N, 4, 4]) -> [N, 3] = x |> two                  // expect-error E0302 expects [N, 4], the pipe delivers [N, 4, 4]
  fn d(x: [N, 4]) -> [N, 3, 1] = two(x)                    // expect-error E0302
  fn e(q: [N, T], k: [N, S]) -> [N, T] = q + k             // expect-error E0303 cannot prove
  fn f(x: [N, 4], y: [N, 1]) -> [N, 4] = x[:, 0] + y       // expect-error E0304
  fn g(x: [N * M]) -> [] = sum(x)                          // expect-error E0305 cannot be told
  fn h(x: i32[N, 4]) -> [N, 3] = two(x)                    // expect-error E0307 this is i32[N, 4]
  fn i(x: [N, 4]) -> _ = sum(x, axes = [2])                // expect-error E0308 axis 2
  fn j(x: [N, 4]) -> _ = rearrange(x, "n (a b) -> n a b", a = 3)  // expect-error E0310
  fn k(x: [N, 4]) -> _ = einsum(x, x, "n i, m -> n m")     // expect-error E0309
  fn l(x: [N, 3, 4, 4]) -> _ = conv(x)                     // expect-error E0311
  fn m(x: [N, 4]) -> [N, K] = two(x)                       // expect-error E0305 `K` is in the shape of the result
  fn n(x: [N, 4]) -> _ = x[:, 2:6]                         // expect-error E0308
  fn o(x: [N, 6]) -> _ {
    y = x + zeros([N, 5])                                  // expect-error E0304
    return y + y                                           // silent: one error for one mistake
  }
  fn p(x: [N, 4], y: [N, 4, 4]) -> _ = mse(x, y)           // expect-error E0302
  fn q(x: [N, T]) -> _ = reshape(x, [N, T / 2, 2])         // expect-error E0303 require T % 2 == 0
  fn r(x: [N, 4]) -> _ = reshape(x, [N, 5])                // expect-error E0301
}
