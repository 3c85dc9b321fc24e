package tasks

/// `dlm train segment.train.dlm --data digit-scenes:DIR,validation=1000`
train DigitScenesTrainer for DigitScenes {
  metrics   = [mean_iou]
  optimizer = Adam
  rate      = warmup_cosine(peak = 2e-3, warmup = 200)
  batch     = 16
  epochs    = 6
  seed      = 1
}
