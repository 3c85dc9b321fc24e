package tasks

/// `dlm train shakespeare_gpt.train.dlm --data text:shakespeare.txt`
train ShakespeareGptTrainer for ShakespeareGpt {
  data      = "sequence=128"
  optimizer = AdamW(weight_decay = 0.1)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 2e-3, warmup = 100)
  batch     = 16
  epochs    = 6
  clip_norm = 1.0
  seed      = 1
}
