layer NoValue {
  fn forward(x: [N]) -> [N] {
    y =   // expect-error E0101 expected an expression behind `=`
    z = 3
    return y
  }
}

layer Alone {
  fn forward(x: [N]) -> [N] {
    relu(x)   // expect-error E0101 an expression alone does nothing
    return x
  }
}

layer AlonePipe {
  fn forward(x: [N]) -> [N] {
    x |> relu   // expect-error E0101 an expression alone does nothing
  }
}

layer Compound {
  fn forward(x: [N]) -> [N] {
    x += 1   // expect-error E0101 there is no `+=`
    return x
  }
}

layer Let {
  fn forward(x: [N]) -> [N] {
    let y = 1   // expect-error E0101 `name = value`
    return y
  }
}

layer Elif {
  fn forward(x: [N]) -> [N] {
    if a { y = 1 }
    elif b { y = 2 }   // expect-error E0101 write `else if`
    return y
  }
}

layer Inside {
  fn forward(x: [N]) -> [N] {
    param w: [N] = zeros   // expect-error E0101 `param` cannot be declared inside a fn
    return x
  }
}

layer Reserved {
  fn forward(x: [N]) -> [N] {
    model = x   // expect-error E0101 `model` is a word of the language
    return model
  }
}

layer Target {
  fn forward(x: [N]) -> [N] {
    if x = 3 { return x }   // expect-error E0101 two values are compared with `==`
    return x
  }
}

layer Else {
  fn forward(x: [N]) -> [N] {
    else { return x }   // expect-error E0101 expected a statement or `}`
  }
}
