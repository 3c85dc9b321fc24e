package tasks

/// `dlm train generate.train.dlm --recipe DigitGanTrainer --data mnist:DIR`
train DigitGanTrainer for DigitGan {
  objective = [loss_d, loss_g]
  optimizer = Adam(lr = 5e-4, beta1 = 0.5)
  batch     = 64
  epochs    = 8
  seed      = 1
}

/// `dlm train generate.train.dlm --recipe DigitVaeTrainer --data mnist:DIR`
train DigitVaeTrainer for DigitVae {
  optimizer = Adam
  rate      = cosine(2e-3)
  batch     = 64
  epochs    = 12
  seed      = 1
}

/// `dlm train generate.train.dlm --recipe SmallDigitGanTrainer --data digits`
train SmallDigitGanTrainer for SmallDigitGan {
  objective = [loss_d, loss_g]
  optimizer = Adam(lr = 5e-4, beta1 = 0.5)
  batch     = 32
  epochs    = 80
  seed      = 1
}

/// `dlm train generate.train.dlm --recipe SmallDigitVaeTrainer --data digits`
train SmallDigitVaeTrainer for SmallDigitVae {
  optimizer = Adam
  rate      = cosine(2e-3)
  batch     = 32
  epochs    = 60
  seed      = 1
}
