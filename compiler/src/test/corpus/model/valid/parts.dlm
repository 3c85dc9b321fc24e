package corpus

// A layer of which a model uses a part; several functions and results; functions that call each other.
layer Auto(n: int) {
  enc = Linear(n)
  dec = Linear(4)
  fn encode(x: [N, 4]) -> [N, n] = enc(x)
  fn decode(z: [N, n]) -> [N, 4] = dec(z)
  fn both(x: [N, 4]) -> (code: [N, n], back: [N, 4]) {
    z = encode(x)
    return z, decode(z)
  }
  fn loss(x: [N, 4]) -> [] {
    _, back = both(x)
    return mse(back, x)
  }
}

model Whole = Auto(2)
model Fixed = Auto(2) with N = 2

model Encoder {
  net = Auto(2)
  fn forward(x: [N, 4]) -> [N, 2] = net.encode(x)
}

model Fixed2 = Conv(3) with N = 1, H = 8, W = 8

layer Conv(n: int) {
  c = Conv2d(n, 3)
  fn forward(x: [N, 1, H, W]) -> [N, n, H - 2, W - 2] = c(x)
}

// A field that names a function makes no second method.
model Renamed {
  #allow("W906")
  objective = loss
  net = Linear(3)
  fn loss(x: [N, 4]) -> [] = mean(net(x)) |> objective_of
  fn objective_of(x: []) -> [] = 2 * x
}
