layer A {
  bufer x: [3] = zeros   // expect-error E0101 did you mean `buffer`?
}
layer B {
  fn f(x: [N]) -> [N] {
    retrun x   // expect-error E0101 did you mean `return`?
  }
}
layer C {
  requires x > 3   // expect-error E0101 write `require`
}
layer D {
  fn f(x: [N]) -> [N] {
    y foo   // expect-error E0101 expected `=` behind the name
    return x
  }
}
layer Fine = relu
layr E(x: int) = [relu]   // expect-error E0101 did you mean `layer`?
