import a.b.{c d}   // expect-error E0101 missing comma between names
import a.3   // expect-error E0101 expected a name

layer model = [relu]   // expect-error E0101 `model` is a word of the language and cannot be a name
layer A(layer: int) = [relu]   // expect-error E0101 `layer` is a word of the language and cannot be a name
layer B [relu]   // expect-error E0101 expected `{` or `=` behind `B`
layer C { return 3 }   // expect-error E0101 `return` belongs in the body of a fn
layer D { x := 3 }   // expect-error E0101 a buffer is updated in the body of a fn
layer E { x: int = 3 }   // expect-error E0101 a field has no type
layer F { 3 }   // expect-error E0101 expected a member
layer G { param x = 3 }   // expect-error E0101 expected `:` behind `x`
layer H { param x: = 3 }   // expect-error E0101 expected a type behind `:`
layer I { param x: [N] }   // expect-error E0101 say how it starts
layer J { x = 1, y = 2 }   // expect-error E0101 no comma stands here
layer K {
  x = Linear(3) }
  y = Linear(3)   // expect-error E0101 expected a declaration
}
layer L {
  layer M = relu   // expect-error E0101 cannot be declared inside another
}
layer N {
  #remat
  require 1 == 1   // expect-error@-1 E0101 a tag cannot stand here
}
layer O { if a = 1 { x = relu } }   // expect-error E0101 compared with `==`

fn l = 3   // expect-error E0101 expected `(` behind `l`
fn m() -> = 3   // expect-error E0101 expected a type behind `->`
fn n(3) = 3   // expect-error E0101 expected a parameter or `)`
fn o(x: int = ) = 3   // expect-error E0101 expected an expression behind `=`

fn fine() = 3
def p(x): return x   // expect-error E0101 a function is written `fn

fn finer() = 3
import late   // expect-error E0101 `import` belongs at the top of the file
fn finest() = 3
class Q { }   // expect-error E0101 what has parameters of its own is a `layer`

train T for M { a = 1, b = 2 }   // expect-error E0101 no comma stands here
train U for M { a 1 }   // expect-error E0101 expected `=` behind `a`
train V M { a = 1 }   // expect-error E0101 expected `for` behind `V`

model W = A() with N   // expect-error E0101 expected `=` behind `N`
model X A()   // expect-error E0101 expected `{` or `=` behind `X`
optimizer Y(lr: float) = 3   // expect-error E0101 expected `{` behind `)`

fn good() = 3
}   // expect-error E0101 this `}` closes nothing

model Z = A()

#remat   // expect-error E0101 expected a declaration behind `remat`
