package tasks

/// `dlm train speech.train.dlm --data audio:DIR` with the recordings `DIGIT_SPEAKER_NUMBER.wav` of the Free Spoken Digit Dataset,
/// of which numbers 0 to 4 are for testing.
train SpokenDigitsTrainer for SpokenDigits {
  data      = "mels=40,target=letters,names=zero+one+two+three+four+five+six+seven+eight+nine,heldout=*_[0-4].wav,validation=0.1,normalize=yes,augment=mask_time(12)+mask_bands(6)"
  metrics   = [exact]
  optimizer = AdamW(weight_decay = 0.01)
  decay     = ["*.weight"]
  rate      = warmup_cosine(peak = 2e-3, warmup = 100)
  batch     = 32
  epochs    = 20
  clip_norm = 5.0
  best      = highest(exact)
  seed      = 1
}
