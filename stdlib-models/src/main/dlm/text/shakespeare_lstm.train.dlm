package text

/// `dlm train shakespeare_lstm.train.dlm --data text:shakespeare.txt,sequence=128`
train ShakespeareLstmTrainer for ShakespeareLstm {
  optimizer = Adam
  rate      = warmup_cosine(peak = 4e-3, warmup = 100)
  batch     = 32
  epochs    = 8
  clip_norm = 1.0
  seed      = 1
}
