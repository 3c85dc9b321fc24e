package corpus

model Later {
  cell = Linear(4)
  fn forward(x: [N, 4]) -> _ = cell(x)
}

train LaterTrainer for Later {   // expect-error E0108 `train` recipes
  batch = 64
}
