fn a(x: [N]) -> [N] = x + * 2   // expect-error E0101 `*` cannot stand behind `+`
fn b(x: [N]) -> [N] = x +   // expect-error E0101 expected an expression behind `+`
fn c(x: [N]) -> [N] = if x = 1 then 2 else 3   // expect-error E0101 two values are compared with `==`
fn d(x: [N]) -> [N] = if x == 1 then 2   // expect-error E0101 expected `else`
fn e() = 3x   // expect-error E0101 neither a number nor a name
fn f() = 1.   // expect-error E0101 a number does not end with a dot
fn g() = .5   // expect-error E0101 write 0.5
fn h() = a(b = )   // expect-error E0101 expected an expression behind `=`
fn i() = a(b: 3)   // expect-error E0101 an argument is named with `=`
fn j() = a.3   // expect-error E0101 list[3]
fn k() = a.b.   // expect-error E0101 expected a name behind `.`
fn l() = a |> |> b   // expect-error E0101 `|>` cannot stand behind `|>`
fn m() = [x for y]   // expect-error E0101 expected `in` behind `y`
fn n() = [... for y in z]   // expect-error E0101 `...` cannot be repeated by a `for`
fn o() = not   // expect-error E0101 expected an expression behind `not`
fn p() = 99_999_999_999_999_999_999   // expect-error E0101 too large
fn q() = 1e999   // expect-error E0101 too large
fn r() = "a\qb"   // expect-error E0101 `\q` means nothing
fn s() = layer   // expect-error E0101 expected an expression behind `=`, found `layer`
fn t() = a[]   // expect-error E0101 expected an expression behind `[`
