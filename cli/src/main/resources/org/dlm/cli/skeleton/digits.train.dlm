package @package@

/// How `Digits` is trained.
train DigitsTrainer for Digits {
  optimizer = Adam(lr = 2e-3)
  batch     = 32
  epochs    = 10
  seed      = 1
}
