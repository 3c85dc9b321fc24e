package corpus

// What the fuzzer found: each of these once ended the compiler, gave Java that does not compile, or took too long.
#allow("W902")
model Found {
  fn nothing_walked(x: [N, T]) -> _ {
    y = for a in [] along T { yield 3.0 }          // expect-error E0603 there is no tensor to walk
    return y
  }
  fn unsolvable(x: [N, 2 % D]) -> [N, D] = zeros([N, D])   // expect-error E0305 `D` cannot be told from the shapes of the inputs
  fn zero_divisor(x: [N, 10 % (N - 1)]) -> _ = x           // expect-error E0405 the divisor must be positive
  fn large(ids: i32[N]) -> i32[N] = ids * 4294967296 + 1   // expect-error E0307 an i32 tensor cannot hold 4294967296
  fn large_like(ids: i32[N]) -> i32[N] = full_like(ids, -3e9)   // expect-error E0307 an i32 tensor cannot hold -3000000000
  fn no_type(x: prim[N]) -> _ = x                          // expect-error E0201 there is no element type `prim`
  prim fn of_no_type(x: prim[N] = 1) -> _                  // expect-error E0201 there is no element type `prim`
}

model Unrolled {
  fn f(x: [N]) -> [N] {
    for i in 0..<100_000 { x = tanh(x) }           // expect-error E0312 this function computes more than 20,000 values
    return x
  }
}

model Deep {
  blocks = [[Linear(4), relu] for _ in 0..<100_000]   // expect-error E0312 more than 20,000 layers are built
  head = Linear(4)
  fn f(x: [N, 4]) -> [N, 4] = x |> blocks |> head
}
