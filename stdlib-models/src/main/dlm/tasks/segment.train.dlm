package tasks

/// `dlm train segment.train.dlm --data digit-scenes:DIR`
train DigitScenesTrainer for DigitScenes {
  metrics   = [mean_iou]
  optimizer = Adam
  rate      = warmup_cosine(peak = 4e-3, warmup = 100)
  batch     = 16
  epochs    = 4
  seed      = 1
}
