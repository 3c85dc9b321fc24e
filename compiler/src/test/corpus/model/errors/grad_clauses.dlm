package corpus

fn two(x: [N], y: [N]) -> (p: [N], q: [N]) = (x * y, x + y)
  grad (dp) = dp, dp                                              // expect-error E0206 has 2 f32 results, `grad` names 1

fn rows(x: [V, 3], at: i32[N]) -> [N, 3] = take(x, at)
  grad (d) = d, d                                                 // expect-error E0206 1 f32 tensor inputs, its gradient gives 2

fn wrong(x: [V, 3]) -> (a: [V, 3], b: [V]) = (x, sum(x, axes = 1))
  grad (da, db) = db                                              // expect-error E0301 the gradient of `x` must be

fn nothing(x: [N]) -> (a: [N], b: [N]) = (x, x)
  grad (da, db) {                                                 // expect-error E0206 this gradient returns nothing
    c = da + db
  }

model Clauses {
  fn a(x: [N], y: [N]) -> _ = two(x, y).p
  fn b(x: [V, 3], at: i32[N]) -> _ = rows(x, at)
  fn c(x: [V, 3]) -> _ = wrong(x).b
  fn d(x: [N]) -> _ = nothing(x).b
}
