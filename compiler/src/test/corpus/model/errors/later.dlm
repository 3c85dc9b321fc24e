package corpus

model Later {
  cell = Linear(4)
  fn forward(x: [N, T, 4]) -> _ {
    hs = for y in x along T { yield cell(y) }   // expect-error E0108 `for ... along`
    return hs
  }
}

train LaterTrainer for Later {   // expect-error E0108 `train` recipes
  batch = 64
}
