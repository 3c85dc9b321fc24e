package tasks

/// `dlm train caption.train.dlm --data digit-words:DIR`
train DigitWordsTrainer for DigitWords {
  data      = "validation=500"
  metrics   = [exact]
  optimizer = Adam
  rate      = warmup_cosine(peak = 2e-3, warmup = 200)
  batch     = 64
  epochs    = 10
  clip_norm = 1.0
  seed      = 1
}
