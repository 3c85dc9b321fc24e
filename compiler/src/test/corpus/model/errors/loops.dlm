package corpus

layer Counting() {
  buffer seen: [] = zeros
  fn forward(x: [N, D]) -> [N, D] {
    seen := seen + 1                              // expect-error E0501 inside a loop over time
    return x
  }
}

model Loops {
  cell = Linear(4)
  count = Counting()
  gru = GRUCell(4)
  none = RNN(4, layers = 0)                       // expect-error E0402 at least one layer
  lstm = LSTM(4)
  norm = BatchNorm1d()

  fn carry_changes(xs: [N, T, D], h: [N, 1]) -> _ {
    for x in xs along T {
      h = x + h                                   // expect-error E0601 [N, D] after the body, but [N, 1] on entry
    }
    return h
  }
  fn number_becomes_tensor(xs: [N, T, D]) -> _ {
    total = 0
    for x in xs along T { total = total + x }     // expect-error E0601 [N, D] after the body, but [] on entry
    return total
  }
  fn carry_changes_type(xs: [N, T, D], k: i32[N]) -> _ {
    for x in xs along T { k = sum(x, axes = -1) } // expect-error E0601 [N] after the body, but i32[N] on entry
    return k
  }
  fn compile_time(xs: [N, T, D]) -> _ {
    act = relu
    ys = for x in xs along T {
      y = act(x)
      act = tanh                                  // expect-error E0601 `act` is known while compiling
      yield y
    }
    return ys
  }
  fn tuple_changes(xs: [N, T, D], h: [N, D]) -> _ {
    s = [h, h]
    for x in xs along T { s = [x] }               // expect-error E0601 loop variable `s` changes
    return s[0]
  }
  fn built_inside(xs: [N, T, 4]) -> _ {
    ys = for x in xs along T { yield x |> Linear(4) }   // expect-error E0602 `Linear` is built inside
    return ys
  }
  fn built_deeper(xs: [N, T, 4]) -> _ {
    ys = for x in xs along T {
      for _ in 0 ..< 2 { x = cell(x) |> Dropout(0.5) }  // expect-error E0602 `Dropout` is built inside
      yield x
    }
    return ys
  }
  fn no_axis(xs: [N, D]) -> _ {
    ys = for x in xs along cell { yield x }       // expect-error E0603 `along` needs the name of a dim
    return ys
  }
  fn no_such_axis(xs: [N, D], zs: [S]) -> _ {
    ys = for x, z in xs, zs along S { yield x * z }   // expect-error E0603 no axis of [N, D] is S long
    return ys
  }
  fn two_axes(xs: [N, T, T]) -> _ {
    ys = for x in xs along T { yield x }          // expect-error E0603 along 2
    return ys
  }
  fn number(xs: [N, D]) -> _ {
    ys = for x in xs along 2 { yield x }          // expect-error E0603 its axes are 0 to 1
    return ys
  }
  fn differ(xs: [N, D], ys: [N, 4]) -> _ {
    zs = for x, y in xs, ys along 1 { yield x + y }     // expect-error E0603 the walked axes differ in length
    return zs
  }
  fn a_list(xs: [N, T]) -> _ {
    ys = for x in 3 along T { yield xs }          // expect-error E0603 `along` walks an axis of a tensor
    return ys
  }
  fn stores(xs: [N, T, D]) -> _ {
    ys = for x in xs along T { yield count(x) }
    return ys
  }
  fn returns(xs: [N, T, D]) -> _ {
    ys = for x in xs along T { return x }         // expect-error E0206 `return` inside a loop over time
    return ys
  }
  fn yields_nothing(xs: [N, T, D]) -> _ {
    ys = for x in xs along T { y = x }            // expect-error E0206 yields nothing
    return ys
  }
  fn yields_twice(xs: [N, T, D]) -> _ {
    ys = for x in xs along T {                    // expect-error E0206 yields once
      yield x
      yield x
    }
    return ys
  }
  fn wrong_state(xs: [N, 4], h: [N, 5]) -> _ = gru(xs, h)   // expect-error E0301 `h` of `GRUCell` must be 4
  fn no_layers(xs: [N, T, 4]) -> _ = none(xs)
  fn no_time(xs: [N, 4]) -> _ = lstm(xs)          // expect-error E0302 `LSTM` expects [N, T, in]
  fn value_of_the_step(xs: [N, T, D]) -> _ {
    for x in xs along T { last = x }
    return last                                   // expect-error E0201 there is no `last` here
  }
}
