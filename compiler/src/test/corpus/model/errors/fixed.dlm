package corpus

layer Pair(n: int) {
  a = Linear(n)
  b = Linear(n)
  unused = Linear(n)
  fn forward(x: [Batch, 4]) -> [Batch, n] = a(x)
  fn both(x: [Batch, 4]) -> (left: [Batch, n], right: [Batch, n]) = (a(x), b(x))
}

model Typo = Pair(3) with Bacth = 2          // expect-error E0201 did you mean `Batch` // expect-error@-5 E0404 `unused` is never applied
model Again = Pair(3) with Batch = 2, Batch = 3    // expect-error E0202 `Batch` is fixed twice
model Zero = Pair(3) with Batch = 0          // expect-error E0206 a fixed dim must be a positive int
model Half = Pair(3) with Batch = 0.5        // expect-error E0206 a fixed dim must be a positive int
