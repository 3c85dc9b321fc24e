package corpus

// Schedules in formulas.
model Net {
  net = Linear(2)
  fn loss(x: [N, 4], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}

train NotAlone for Net {
  rate = 0.5 * reduce_on_plateau(0.1)   // expect-error E0206 `reduce_on_plateau` stands alone
}

train NestedMissing for Net {
  rate = 0.5 * cosine()   // expect-error E0204 `cosine` needs `rate`
}

train NestedTwice for Net {
  rate = 0.5 * cosine(0.1, step = 3)   // expect-error E0203 `step` of `cosine` is given twice
}

train NestedUnknown for Net {
  rate = 0.5 * cosin(0.1)   // expect-error E0201 did you mean `cosine`
}

train TooMuch for Net {
  rate = 0.5 * constant(1.0, 2.0, 3.0, 4.0)   // expect-error E0205 `constant` takes at most 3 arguments
}
