package corpus

// Initialisers used wrongly, and carries of a loop over time that do not fit.
layer Init() {
  param a: [3] = full()                                                    // expect-error E0204 `full` needs `value`
  param b: [3] = full(1.0, 2.0)                                            // expect-error E0205 `full` takes one argument
  param c: [3] = eye()                                                     // expect-error E0302 the initialiser `eye` fills a tensor of 2 axes, but `c` is [3]
  param f: [3] = fan_uniform(0)                                            // expect-error E0402 fan_in is more than 0
  param g: [3] = zeros(3)                                                  // expect-error E0205 `zeros` takes no arguments
  param h: [3] = ones([3])                                                 // expect-error E0205 `ones` takes no arguments
  param i: [3] = normal(std = "a")                                         // expect-error E0206 a float is needed here
  param j: [3] = normal(stdd = 1.0)                                        // expect-error E0203 `normal` has no parameter `stdd`
  param k: [3] = Linear(3)                                                 // expect-error E0206 an initialiser is needed here
  param l: [3] = relu                                                      // expect-error E0206 an initialiser is needed here
  param m: [] = orthogonal                                                 // expect-error E0302 the initialiser `orthogonal` fills a tensor of at least 2 axes, but `m` is []
  param n: [3] = glorot_normal(2)                                          // expect-error E0204 `glorot_normal` needs `fan_out`
  param q: [3] = [1.0, 2.0, 3.0]                                           // expect-error E0206 an initialiser is needed here
  fn forward() -> [] = sum(a) + sum(b) + sum(c) + sum(f) + sum(g) + sum(h) + sum(i) + sum(j) + sum(k) + sum(l) + m + sum(n) + sum(q)
}
model Initial = Init()
layer Loops(hidden: int) {
  cell = GRUCell(hidden)
  small = LSTMCell(3)
  fn state_too_wide(x: [N, T, 3]) -> _ {
    h = zeros([N, 5])
    for v in x along T { h = cell(v, h) }                                  // expect-error E0301 `h` of `GRUCell` must be 4 on axis 1, not 5
    return h
  }
  fn grows(x: [N, T, 3]) -> _ {
    h = zeros([N, hidden])
    for v in x along T { h = concat([h, v], axis = 1) }                    // expect-error E0601 loop variable `h` changes shape
    return h
  }
  fn built_inside(x: [N, T, 3]) -> _ {
    h = zeros([N, hidden])
    for v in x along T { h = GRUCell(hidden)(v, h) }                       // expect-error E0602 `GRUCell` is built inside a loop over time
    return h
  }
  fn list_inside(x: [N, T, 3]) -> _ {
    ys = for v in x along T { yield v |> [Linear(3), relu] }               // expect-error E0602 `Linear` is built inside a loop over time
    return ys
  }
  fn one_too_many(x: [N, T, 3]) -> _ {
    h = zeros([N, 3])
    c = zeros([N, 3])
    for v in x along T { h, c = small(v, h, c, c) }                        // expect-error E0205 `LSTMCell` takes at most 3 arguments
    return h
  }
  fn never_started(x: [N, T, 3]) -> _ {
    h = zeros([N, 3])
    for v in x along T { h, memory = small(v, h, memory) }                 // expect-error E0201 there is no `memory` here
    return h
  }
  fn two_for_one(x: [N, T, 3]) -> _ {
    h = zeros([N, 3])
    for v in x along T { h = small(v, h, h) }                              // expect-error E0601 loop variable `h` changes its form
    return h
  }
  fn backwards(x: [N, T, 3]) -> _ {
    h = zeros([N])
    for v in flip(x, axes = 1) along T { h = h + v[:, 0:1] }               // expect-error E0304 `add` of [N] and [N, 1]: neither has the shape of the result
    return h
  }
  fn loses_an_axis(x: [N, T, 3]) -> _ {
    h = zeros([N, 3])
    for v in x along T { h = sum(v, axes = 1) }                            // expect-error E0601 loop variable `h` changes shape
    return h
  }
  fn yields_and_grows(x: [N, T, 3]) -> _ {
    h = zeros([N, 3])
    ys = for v in x along T {
      h = unsqueeze(v, 1)                                                  // expect-error E0601 loop variable `h` changes shape
      yield h
    }
    return ys
  }
}
model Scans {
  l = Loops(4)
  fn state_too_wide(x: [N, T, 3]) -> _ = l.state_too_wide(x)
  fn grows(x: [N, T, 3]) -> _ = l.grows(x)
  fn built_inside(x: [N, T, 3]) -> _ = l.built_inside(x)
  fn list_inside(x: [N, T, 3]) -> _ = l.list_inside(x)
  fn one_too_many(x: [N, T, 3]) -> _ = l.one_too_many(x)
  fn never_started(x: [N, T, 3]) -> _ = l.never_started(x)
  fn two_for_one(x: [N, T, 3]) -> _ = l.two_for_one(x)
  fn backwards(x: [N, T, 3]) -> _ = l.backwards(x)
  fn loses_an_axis(x: [N, T, 3]) -> _ = l.loses_an_axis(x)
  fn yields_and_grows(x: [N, T, 3]) -> _ = l.yields_and_grows(x)
}
