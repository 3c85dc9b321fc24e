package tasks

/// `dlm train voice.train.dlm --data audio:DIR` with the recordings `DIGIT_SPEAKER_NUMBER.wav` of the Free Spoken Digit Dataset.
train DigitVoicesTrainer for DigitVoices {
  data      = "mels=40,window=0.032,hop=0.0125,target=letters,names=zero+one+two+three+four+five+six+seven+eight+nine,heldout=*_[0-4].wav,validation=0.1,normalize=yes"
  optimizer = Adam
  rate      = warmup_cosine(peak = 2e-3, warmup = 100)
  batch     = 32
  epochs    = 9
  clip_norm = 1.0
  seed      = 1
}
