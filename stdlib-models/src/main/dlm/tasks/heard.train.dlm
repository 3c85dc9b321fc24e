package tasks

/// `dlm train heard.train.dlm --data audio:DIR` with the recordings `DIGIT_SPEAKER_NUMBER.wav` of the Free Spoken Digit Dataset.
train SpokenDigitClassesTrainer for SpokenDigitClasses {
  data      = "mels=40,names=zero+one+two+three+four+five+six+seven+eight+nine,heldout=*_[0-4].wav,validation=0.1,normalize=yes,augment=mask_time(12)+mask_bands(6)"
  metrics   = [hits]
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 2e-3, warmup = 100)
  batch     = 32
  epochs    = 10
  seed      = 1
}
