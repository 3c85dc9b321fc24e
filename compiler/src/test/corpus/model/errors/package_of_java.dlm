package my.int.models                                                      // expect-error E0207 `int` is a word of Java and cannot be the name of a package
model M {
  fn foo(x: [N, 3]) -> [] = mean(x)
}
