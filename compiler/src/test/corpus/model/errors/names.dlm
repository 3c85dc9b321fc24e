package corpus

import dlm.nn.{Linear, Conv2D}   // expect-error E0701 did you mean `Conv2d`
import dlm.init.{zeros}          // expect-warning W903
import vison.blocks              // expect-error E0701 there is no package `vison.blocks`

// Never built: still looked at.
layer Unused(hidden: int) {
  body = Linear(hiden)                                  // expect-error E0201 did you mean `hidden`
  other = Conv2d(6, 5, pading = 2)                      // expect-error E0203 did you mean `padding`
  more = Linear(1, true, 3, 4)                          // expect-error E0205 takes at most 3 arguments
  less = Linear()                                       // expect-error E0204 `Linear` needs `out`
  unknown = Lenear(3)                                   // expect-error E0201 did you mean `Linear`
  fn forward(x: [N, hiddn]) -> [N, _] = body(x)         // expect-error E0201 did you mean `hidden`
  fn other_way(x: [N, hidden]) -> [N, _] = rellu(x)     // expect-error E0201 did you mean `relu`
}

layer Twice(n: int) {
  a = Linear(n)
  a = Linear(2)       // expect-error E0202 `a` is declared twice
  if n > 1 { b = relu } else { b = tanh }
}

fn scale(x: [N], x: [N]) -> [N] = x   // expect-error E0202

layer small() = relu                  // expect-error E0207 write `Small`
layer Case(Hidden: int) = Linear(Hidden)   // expect-error E0207 write `hidden`
fn Upper(x: [N]) -> [N] = x           // expect-error E0207 write `upper`

model M {
  net = Linear(3)
  fn forward(x: [N, 4]) -> [N, 3] = net(x)
}
model M {                             // expect-error E0202
  net = Linear(3)
  fn forward(x: [N, 4]) -> [N, 3] = net(x)
}
