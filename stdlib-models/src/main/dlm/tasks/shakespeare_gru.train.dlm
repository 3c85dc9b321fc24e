package tasks

/// `dlm train shakespeare_gru.train.dlm --data text:shakespeare.txt`
train ShakespeareGruTrainer for ShakespeareGru {
  data      = "sequence=128"
  optimizer = Adam
  rate      = warmup_cosine(peak = 4e-3, warmup = 100)
  batch     = 32
  epochs    = 5
  clip_norm = 1.0
  seed      = 1
}
