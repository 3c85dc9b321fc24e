package tasks

/// `dlm train caption.train.dlm --data digit-words:DIR`
train DigitWordsTrainer for DigitWords {
  data      = "validation=500,augment=rotate(5)"
  metrics   = [exact]
  optimizer = Adam
  rate      = warmup_cosine(peak = 3e-3, warmup = 200)
  batch     = 64
  epochs    = 18
  clip_norm = 1.0
  average   = 0.998
  best      = highest(exact)
  seed      = 1
}
