/* A spoken word to its class. */
package tasks

/// Convolutions over the spectrogram, which halve the number of frames twice, and the mean of what they find over the time
/// that the recording lasts. It also judges speech that `voice.dlm` makes.
layer WordClassifier(classes: int, bands: int, width: int = 96) {
  front = [Conv1d(width, 5, stride = 2, padding = 2, use_bias = false), BatchNorm1d(), relu,
           Conv1d(width, 5, stride = 2, padding = 2, use_bias = false), BatchNorm1d(), relu,
           Conv1d(width, 5, padding = 2, use_bias = false), BatchNorm1d(), relu]
  drop  = Dropout(0.3)
  head  = Linear(classes)

  /// One score for each class.
  fn forward(audio: [N, T, bands], audio_length: i32[N]) -> [N, classes] {
    found = audio |> rearrange("n t c -> n c t") |> front
    counts = float(iota(shape(found), axis = 2) < reshape(steps(audio_length), [N, 1, 1]))
    return sum(found * counts, axes = 2) / sum(counts, axes = 2) |> drop |> head
  }

  /// What is left of so many frames when every second is taken, twice.
  fn steps(frames: i32[N]) -> i32[N] = int(0.25 * float(frames + 3))

  /// What training makes small.
  fn loss(audio: [N, T, bands], audio_length: i32[N], label: i32[N]) -> [] =
    forward(audio, audio_length) |> cross_entropy(label)

  /// The share of recordings named right.
  fn hits(audio: [N, T, bands], audio_length: i32[N], label: i32[N]) -> [] = accuracy(forward(audio, audio_length), label)
}

/// Spoken English digits, 0 to 9.
model SpokenDigitClasses = WordClassifier(classes = 10, bands = 40)
