package tasks

/// `dlm train names.train.dlm --recipe NamesMlpTrainer --data text:names.txt`
train NamesMlpTrainer for NamesMlp {
  data      = "lines=each,target=last,sequence=3,validation=0.1"
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 3e-3, warmup = 200)
  batch     = 256
  epochs    = 8
  seed      = 1
}

/// `dlm train names.train.dlm --recipe NamesGruTrainer --data text:names.txt`
train NamesGruTrainer for NamesGru {
  data      = "lines=each,validation=0.1"
  optimizer = AdamW(weight_decay = 0.05)
  decay     = ["*.weight*"]
  rate      = warmup_cosine(peak = 3e-3, warmup = 200)
  batch     = 64
  epochs    = 8
  clip_norm = 1.0
  seed      = 1
}
