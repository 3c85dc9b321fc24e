fn a() {
  x = 1;   // expect-error E0103 statements need no `;`
}
fn b() = 'abc'   // expect-error E0103 double quotes
fn c() = a && b   // expect-error E0103 `and`
fn d() = !a   // expect-error E0103 `not`
fn e() = 2 ^ 3   // expect-error E0103 `**`
fn f() = größe   // expect-error E0103 names are made of
fn g() = 😀   // expect-error E0103 the character `😀` means nothing
fn h(x: [N]) → [N] = x   // expect-error E0103 write `->`
// expect-error@+1 E0102 this text is not closed
fn i() = "abc
fn j() = 1 // 😀 behind a wide character the columns still fit
  + + 1   // expect-error E0101 `+` cannot stand behind `+`
// expect-error@+1 E0102 this comment is not closed
/* open
layer K = relu
