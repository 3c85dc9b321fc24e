package vision

/// LeNet-5 on MNIST, `dlm train lenet.train.dlm --data mnist:DIR`: pictures shifted and turned a little, warmed up, then down along a
/// cosine, with decay of the weights but not of the biases.
train LeNet5Trainer for LeNet5 {
  objective = loss
  metrics   = [hits]
  data      = "augment=crop(2)+rotate(10)"
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 2e-3, warmup = 200)
  batch     = 64
  epochs    = 20
  clip_norm = 5.0
  seed      = 1
}
