package tasks

/// `dlm train heard.train.dlm --data audio:DIR`, with the options of docs/tasks/voice.md
train SpokenDigitClassesTrainer for SpokenDigitClasses {
  metrics   = [hits]
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 2e-3, warmup = 100)
  batch     = 32
  epochs    = 10
  seed      = 1
}
