package corpus

layer R(n: int) {
  r = R(n)                                       // expect-error E0403 this calls itself without end
  fn forward(x: [N]) -> _ = r(x)
}
layer S(n: int) = [S(n + 1)]                     // expect-error E0403
layer T(n: int, in: int = _) {
  t = T(n)                                       // expect-error E0403
  fn forward(x: [N, in]) -> _ = t(x)
}
layer U(n: int) {
  fn forward(x: [N]) -> _ = x |> U(n)            // expect-error E0403
}
layer Left(n: int) = [Right(n), relu]
layer Right(n: int) = [Left(n), tanh]            // expect-error E0403
fn f(x: [N]) -> [N] = f(x)                       // expect-error E0403
fn g(n: int) -> int = g(n + 1)                   // expect-error E0403
fn h(x: [N]) -> [N] = k(x)                       // expect-error E0403
fn k(x: [N]) -> [N] = h(x)
const a = b + 1
const b = a + 1                                  // expect-error E0403 const `b` needs itself
const c = len([i for i in 0..<100000000])        // expect-error E0405 a list of
fn halves(n: int) -> int = if n <= 1 then 0 else 1 + halves(floor(n / 2))
layer Deep(n: int) = if n == 0 then identity else [relu, Deep(n - 1)]

model M1 = R(3)
model M2 = S(3)
model M3 {
  t = T(3)
  fn forward(x: [N, 2]) -> _ = t(x)
}
model M4 = U(3)
model M5 { fn forward(x: [N]) -> _ = f(x) }
model M6 { fn forward(x: [N]) -> _ = x * g(3) }
model M7 { fn forward(x: [N]) -> _ = h(x) }
model M8 { fn forward(x: [N]) -> _ = x * a }
model M9 { fn forward(x: [N]) -> _ = x * c }
model M10 = Left(2)
model Fine {
  d = Deep(halves(1024))
  fn forward(x: [N]) -> _ = d(x)
}
