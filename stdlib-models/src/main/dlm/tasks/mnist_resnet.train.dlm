package tasks

/// `dlm train mnist_resnet.train.dlm --data mnist:DIR`
train MnistResNetTrainer for MnistResNet {
  data      = "augment=crop(2)+rotate(10),normalize=yes"
  metrics   = [hits]
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 4e-3, warmup = 150)
  batch     = 64
  epochs    = 12
  seed      = 1
}
