package corpus

#remat
layer Kept(d: int = _) {
  l = Linear(d)
  fn forward(x: [N, d]) -> [N, d] = tanh(l(x))
}

#nosuch                                        // expect-error E0209 the tags are
layer Plain() = [relu]

#remat("all")                                  // expect-error E0209 `#remat` takes nothing
layer Twice() = [Kept(), Kept()]

#train("x")                                    // expect-error E0209 it stands before a function of a layer or model
fn outside(x: [N]) -> [N] = x

#frozn                                         // expect-error E0209 did you mean `frozen`
model Wrong {
  #frozen
  e = Linear(3)
  h = Linear(3)
  #frozen                                      // expect-error E0209 it stands before a param or a field
  const n = 3
  #train("h.*", n)                             // expect-error E0209 `#train` takes texts
  fn loss(x: [N, n]) -> [] = sum(h(e(x)))
  #allow("W999")                               // expect-error E0209 there is no warning `W999`
  fn f(x: [N, n]) -> _ = h(x)
  #allow                                       // expect-error E0209 takes texts
  fn g(x: [N, n]) -> _ = h(x)
  #kernel(3)                                   // expect-error E0209 takes one text at most
  fn k(x: [N, n]) -> _ = h(x)
}

model Patterns {
  e = Linear(3)
  h = Linear(3)
  #train("h.*")
  fn loss(x: [N, 3]) -> [] = sum(h(e(x)))
  #train("k.*")                                // expect-error E0209 did you mean `e.*` or `h.*`
  fn other(x: [N, 3]) -> [] = sum(h(e(x)))
  #train("h.bias.left")                        // expect-error E0209 no parameter of `Patterns` is called
  fn deeper(x: [N, 3]) -> [] = sum(h(e(x)))
}

model Still {
  #frozen
  e = Linear(3)
  h = Linear(3)
  #train("e.*")                                // expect-error E0209 everything that `e.*` selects is frozen
  fn loss(x: [N, 3]) -> [] = sum(h(e(x)))
}

#allow("W904")
model Quiet {
  fn f(x: [N, 3]) -> _ = x |> Linear(2)
}

model HalfQuiet {
  #allow("W904", "W902")
  fn f(x: [N, 3], unused: [N]) -> _ = x |> Linear(2)
  #allow("W902")
  fn g(x: [N, 3], unused: [N]) -> _ = x |> Linear(2)   // expect-warning W904
}
