package corpus

// Names that would be none in Java, or one twice.
model M {
  net = Linear(2)
  fn foo_bar(x: [N, 3]) -> [] = mean(net(x))
  fn fooBar(x: [N, 3]) -> [] = mean(net(x))                                // expect-error E0202 `fooBar` and `foo_bar` are one name in Java
  fn foo_bar_and_gradient(x: [N, 3]) -> [] = mean(net(x))                  // expect-error E0202 the name `foo_bar_and_gradient` is taken
  fn _1(x: [N, 3]) -> [] = mean(net(x))                                    // expect-error E0207 the name of a fn begins with a letter
  fn twice(x: [N, 3]) -> (a: [], a: []) { return mean(x), sum(x) }         // expect-error E0202 `a` is declared twice
  fn below(x: [-1, 3]) -> [] = sum(x)                                      // expect-error E0301 an axis cannot be -1 long
}
model Scalar { fn foo(x: [N, 3]) -> [] = mean(x) }                         // expect-error E0202 the name `Scalar` is taken
model String { fn foo(x: [N, 3]) -> [] = mean(x) }                         // expect-error E0202 the name `String` is taken
model FooInference {                                                       // expect-error E0202 the name `FooInference` is taken
  fn foo(x: [N, 3]) -> [] = mean(x)
}
optimizer Vector(lr: float = 0.1, step_size: float = 1.0, stepSize: float = 1.0, __: float = 2.0) { // expect-error E0202 the name `Vector` is taken // expect-error E0202 `stepSize` and `step_size` are one name in Java // expect-error E0207 the name of a hyper-parameter begins with a letter
  buffer step__size: [...] = zeros                                         // expect-error E0202 `step__size` and `step_size` are one name in Java
  fn update(p: [...], g: [...], step: int) -> [...] {
    step__size := g
    return p - lr * g * step_size * stepSize * __ * step__size
  }
}
train Object for FooInference { epochs = 1 }                               // expect-error E0202 the name `Object` is taken
