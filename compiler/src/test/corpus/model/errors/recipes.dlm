package corpus

model Net {
  net = [Linear(3), relu, Linear(2)]
  fn forward(x: [N, 4]) -> [N, 2] = net(x)
  fn loss(x: [N, 4], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
  fn hits(x: [N, 4], label: i32[N]) -> [] = accuracy(net(x), label)
  fn size(x: [N, 4]) -> [] = mean(x)
}

train Functions for Net {
  objective = forward   // expect-error E0206 it gives [N, 2]
  metrics = [hits, hitz]   // expect-error E0201 did you mean `hits`?
}

train NotLearned for Net {
  objective = size   // expect-error E0206 no parameter moves its result
  metrics = [forward]   // expect-error E0206 a metric gives a single f32 number
}

train NotNames for Net {
  objective = 3   // expect-error E0206 is named here
}

train Rules for Net {
  optimizer = AdmW(weight_decay = 0.01)   // expect-error E0201 did you mean `AdamW` or `Adam`?
  rate = warmup_cosin(peak = 1e-3, warmup = 500)   // expect-error E0201 did you mean `warmup_cosine`?
}

train HyperParameters for Net {
  optimizer = SGD(momentun = 0.9)   // expect-error E0203 did you mean `momentum`?
}

train Impossible for Net {
  optimizer = SGD(lr = -1.0)   // expect-error E0402 the optimizer `SGD` requires lr >= 0
  rate = reduce_on_plateau(1.0, factor = 2.0)   // expect-error E0206 below 1
}

train Kinds for Net {
  optimizer = SGD(nesterov = 1)   // expect-error E0206 a bool is needed here
  rate = "fast"   // expect-error E0206 a rate is a number or a schedule
  batch = 0   // expect-error E0206 a whole number of 1 or more
  epochs = 1.5   // expect-error E0206 a whole number of 1 or more
  clip_norm = -1.0   // expect-error E0206 a number of 0 or more
  average = 1.0   // expect-error E0206 a share below 1
  seed = "x"   // expect-error E0206 a number is needed here
}

train Data for Net {
  data = "crop(2)"   // expect-error E0206 not of the form option=value,option=value
}

train DataNumber for Net {
  data = 3   // expect-error E0206 a text of options of the data set
}

train Missing for Net {
  rate = cosine()   // expect-error E0204 `cosine` needs `rate`
}

train TooMany for Net {
  rate = constant(1.0, 2.0, 3.0, 4.0)   // expect-error E0205 too many
}

train Tensors for Net {
  rate = sum(iota([3], axis = 0))   // expect-error E0206
}

train NotAnOptimizer for Net {
  optimizer = 3   // expect-error E0206 an optimizer is needed here
}

optimizer Plain(speed: float = 0.1) {
  fn update(p: [...], g: [...], step: int) -> [...] = p - speed * g
}

train WithoutRate for Net {
  optimizer = Plain(speed = 0.2)
  rate = 0.1   // expect-error E0203 `Plain` has no hyper-parameter `lr`
  decay = ["*.weight"]   // expect-error E0203 `Plain` has no hyper-parameter `weight_decay`
}

train Patterns for Net {
  decay = ["*.wieght"]   // expect-error E0201 no parameter of `Net` is selected by this
  groups = [group("*.bias", rat = 2.0), group("net.0", rate = 0.1)]   // expect-error E0203 `Adam` has no hyper-parameter `rat`
}

train Groups for Net {
  decay = 3   // expect-error E0206 a pattern of parameter paths is a str
  groups = ["*.bias"]   // expect-error E0206 a group of parameters is needed here
}

train GroupsInOrder for Net {
  groups = [group("*.bias", 0.1)]   // expect-error E0205 this has no name
}

train Settings for Net {
  batchs = 64   // expect-error E0203 did you mean `batch`?
  seed = 1
  seed = 2   // expect-error E0202 is set twice
}

train Nobody for Nett {   // expect-error E0201 did you mean `Net`?
  seed = 1
}

train lowercase for Net {   // expect-error E0207
  seed = 1
}

model Pair {
  g = Linear(3)
  d = Linear(1)
  head = Linear(2)
  #train("d") fn loss_d(x: [N, 3]) -> [] = mean(d(stop(g(x)))) - mean(d(x))
  #train("g") fn loss_g(x: [N, 3]) -> [] = -mean(d(g(x)))
  fn hidden(x: [N, 3]) -> [N, 2] = head(x)
}

train UnknownTurn for Pair {
  objective = [loss_d, loss_f]   // expect-error E0201 did you mean `loss_d` or `loss_g`?
}

train NoNumber for Pair {
  objective = [loss_d, hidden]   // expect-error E0206 it gives [N, 2]
}

train TwoTurns for Pair {
  objective = [loss_d, loss_g, loss_d]   // expect-error E0202 second turn
}

train NoTurn for Pair {
  objective = []   // expect-error E0206 no function is named
}

train LeftAlone for Pair {
  objective = [loss_d, loss_g]   // expect-warning W908 trained in turn
}
