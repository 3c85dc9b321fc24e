/* Speech in, text out. */
package tasks

/// The number of steps behind a convolution that takes every second of so many frames.
fn steps_of(frames: i32[N]) -> i32[N] = int(0.5 * float(frames + 1))

/// Convolutions over the spectrogram, which halve the number of frames, then gated recurrent units both ways; trained without
/// saying which frame belongs to which letter (connectionist temporal classification, Graves et al., 2006). Letter 0 is the
/// blank, and fills up what follows a text. What follows the end of a recording changes nothing: it is kept out of the
/// convolutions, and the way back begins at the end.
layer Listener(letters: int, bands: int, hidden: int = 96, longest: int = 12) {
  near   = [Conv1d(96, 5, stride = 2, padding = 2, use_bias = false), BatchNorm1d(), relu]
  far    = [Conv1d(96, 5, padding = 2, use_bias = false), BatchNorm1d(), relu]
  onward = GRU(hidden)
  back   = GRUCell(hidden)
  drop   = Dropout(0.2)
  head   = Linear(letters)

  /// One score for each letter and pair of frames, of recordings with so many frames.
  fn forward(audio: [N, T, bands], audio_length: i32[N]) -> [N, floor((T - 1) / 2) + 1, letters] {
    there = float(iota([N, floor((T - 1) / 2) + 1], axis = 1) < unsqueeze(steps_of(audio_length), 1))
    x = near(rearrange(audio, "n t c -> n c t")) * unsqueeze(there, 1)
    x = rearrange(far(x), "n c t -> n t c")
    h = zeros([N, hidden])
    backwards = for v, c in flip(x, axes = 1), flip(there, axes = 1) along 1 {
      h = lerp(h, back(v, h), unsqueeze(c, 1))
      yield h
    }
    return concat([onward(x), flip(backwards, axes = 1)], axis = 2) |> drop |> head
  }

  /// What training makes small.
  fn loss(audio: [N, T, bands], audio_length: i32[N], text: i32[N, S], text_length: i32[N]) -> [] =
    ctc(forward(audio, audio_length), text, steps_of(audio_length), text_length)

  /// The letters heard, up to `longest`.
  fn write(audio: [N, T, bands], audio_length: i32[N]) -> i32[N, longest] = heard(audio, audio_length, longest)

  /// Letters, up to `length`: the likeliest of each step, repeats merged, blanks left out.
  fn heard(audio: [N, T, bands], frames: i32[N], length: int) -> i32[N, length] {
    path = argmax(forward(audio, frames))
    steps = floor((T - 1) / 2) + 1
    there = iota([N, steps], axis = 1) < unsqueeze(steps_of(frames), 1)
    kept = there and path != 0 and path != pad(path, [0, 1], [0, -1])
    place = cumsum(int(kept), axis = 1)
    at = unsqueeze(place, 2) == iota([N, steps, length], axis = 2) + 1 and unsqueeze(kept, 2)
    return sum(select(at, unsqueeze(path, 2), 0), axes = 1)
  }

  /// The share of recordings of which every letter is right.
  fn exact(audio: [N, T, bands], audio_length: i32[N], text: i32[N, S]) -> [] =
    mean(float(all(heard(audio, audio_length, S) == text, axes = 1)))
}

/// Spoken English digits, as letters.
model SpokenDigits = Listener(letters = 17, bands = 40)
