package corpus

layer MissingComma = [
  Conv2d(6, 5),
  relu   // expect-error E0101 missing comma between list items
  Linear(3),
]

layer Unclosed = [
  Conv2d(6, 5   // expect-error E0101 expected `)` to close the arguments of `Conv2d`
  relu,
]

layer MissingCommaInCall = [Conv2d(6 5), relu]   // expect-error E0101 missing comma between the arguments of `Conv2d`

layer WrongCloser = [Linear(1, 2]   // expect-error E0101 expected `)` to close the arguments of `Linear`

layer FarCloser = [
  Conv2d(
    6,
    5   // expect-error E0101 expected `)` to close the arguments of `Conv2d` opened at line 19
]

layer Params(in: int {   // expect-error E0101 expected `)` to close the parameters of layer `Params`
  x = relu
}

layer MoreParams(in: int x: int) = relu   // expect-error E0101 missing comma between the parameters

fn shape(x: [N) -> [N] = x   // expect-error E0101 expected `]` to close the shape

fn axes(x: [N T]) -> [N] = x   // expect-error E0101 missing comma between the axes of a shape

fn parenthesis(x: [N]) -> [N] = (x   // expect-error E0101 expected `)` to close the parenthesis

fn surplus(x: [N]) -> [N] = x)   // expect-error E0101 this `)` closes nothing

fn comma(x: [N]) -> [N] = f(x,,x)   // expect-error E0101 two commas in a row

fn leading(x: [N]) -> [N] = f(, x)   // expect-error E0101 nothing stands before this comma

fn good(x: [N]) -> [N] = f(x)

layer Body {
  fn open(x: [N]) -> [N] {
    return x   // expect-error E0101 expected `}` to close the body of fn `open` opened at line 45
  fn next(x: [N]) -> [N] = x
}

layer Open {
  x = Linear(1)   // expect-error E0101 expected `}` to close the body of layer `Open` opened at line 50

layer Last {
  fn forward(x: [N]) -> [N] = for i in x {
    yield i   // expect-error E0101 expected `}` to close the body of the `for`
