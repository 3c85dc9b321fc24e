package tasks

/// `dlm train tables.train.dlm --recipe IrisTrainer --data csv:iris.csv`
train IrisTrainer for Iris {
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = cosine(3e-3)
  batch     = 16
  epochs    = 60
  seed      = 1
}

/// `dlm train tables.train.dlm --recipe WineTrainer --data csv:wine.csv`
train WineTrainer for Wine {
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = cosine(3e-3)
  batch     = 16
  epochs    = 60
  seed      = 1
}

/// `dlm train tables.train.dlm --recipe BreastCancerTrainer --data csv:breast_cancer.csv`
train BreastCancerTrainer for BreastCancer {
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = cosine(3e-3)
  batch     = 32
  epochs    = 40
  seed      = 1
}
