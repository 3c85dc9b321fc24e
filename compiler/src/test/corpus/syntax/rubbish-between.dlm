Lorem ipsum dolor sit amet, consectetur   // expect-error E0101 expected a declaration, found `Lorem`
adipiscing elit, sed do eiusmod

layer Fine = [relu]

  more of it here   // expect-error E0101 expected a declaration, found `more`
fn fine(x: [N]) -> [N] = x
