package corpus

fn helper(x: [N, M]) -> _ {   // expect-error E0206 does not return anything
  y = x
}

model Kinds {
  net = Linear(3)
  table = Linear(3.5)                              // expect-error E0206 this is a float
  many = [1, 2, 3]
  const width = 4

  fn a(x: [N, 4]) -> _ = width(x)                  // expect-error E0208 it is an int
  fn b(x: [N, 4]) -> _ = x |> Linear               // expect-error E0208 write `Linear()`
  fn c(x: [N, 4]) -> _ = x + "text"                // expect-error E0206 this is a str
  fn d(x: [N, 4]) -> _ = x * net.wieght            // expect-error E0201 did you mean `weight`
  fn e(x: [N, 4]) -> _ = helper(x)
  fn f(x: [N, 4]) -> _ {
    if amax(x) > 0 { return x }                    // expect-error E0401 use `select
    return -x
  }
  fn g(x: [N, 4]) -> _ = many[7] * x               // expect-error E0308 item 7 of a list of 3
  fn h(x: [N, 4]) -> _ {
    p, q = split(x, 4)                             // expect-error E0206 2 names, but 4 values
    return p
  }
  fn i(x: [N, 4]) -> _ = sum(x, axis = 1)          // expect-error E0203 did you mean `axes`
  fn j(x: [N, 4]) -> _ = concat([x, x], axis = 5)  // expect-error E0308
}

model NotALayer = 3                                // expect-error E0206 a model is an instance of a layer
model Nothing = Linear(3, in = 4)                  // expect-error E0208 offers no function to call
