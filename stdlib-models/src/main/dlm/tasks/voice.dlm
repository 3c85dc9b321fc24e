/* Text in, speech out. */
package tasks

/// Frames of a spectrogram from letters, in the voice of a speaker: an encoder reads the letters both ways; the decoder, one
/// frame after the other, looks at the letters it needs and at the frames before, as in Tacotron (Wang et al., 2017,
/// arXiv 1703.10135), but with one recurrent layer. Letter 0 fills up.
layer Speaker(letters: int, speakers: int, bands: int, d: int = 96, hidden: int = 192) {
  letter  = Embedding(letters, d)
  voice   = Embedding(speakers, d)
  onward  = GRUCell(d / 2)
  back    = GRUCell(d / 2)
  key     = Linear(d, use_bias = false)
  query   = Linear(d, use_bias = false)
  // What the decoder sees of the frame before: little, so that it has to look at the letters.
  narrow  = [Linear(64), relu, Dropout(0.5), Linear(48), relu, Dropout(0.5)]
  cell    = GRUCell(hidden)
  frame   = Linear(bands)
  stop_at = Linear(1)

  /// What each letter says in its word, with the voice that says it, what it answers to, and a large negative number where
  /// there is none.
  fn read(text: i32[N, S], speaker: i32[N]) -> (memory: [N, S, d], keys: [N, S, d], absent: [N, S]) {
    x = letter(text)
    counts = float(text != 0)
    h = zeros([N, d / 2])
    onwards = for v, c in x, counts along 1 {
      h = lerp(h, onward(v, h), unsqueeze(c, 1))
      yield h
    }
    h = zeros([N, d / 2])
    backwards = for v, c in flip(x, axes = 1), flip(counts, axes = 1) along 1 {
      h = lerp(h, back(v, h), unsqueeze(c, 1))
      yield h
    }
    memory = concat([onwards, flip(backwards, axes = 1)], axis = 2) + unsqueeze(voice(speaker), 1)
    return memory, key(memory), 1e9 * (counts - 1)
  }

  /// The state after one more frame.
  fn next(memory: [N, S, d], keys: [N, S, d], absent: [N, S], before: [N, bands], h: [N, hidden]) -> [N, hidden] {
    share = einsum(query(h), keys, "n d, n s d -> n s") + absent |> softmax
    here = einsum(share, memory, "n s, n s d -> n d")
    return cell(concat([narrow(before), here], axis = 1), h)
  }

  /// Each frame where the frames before it are known, and the score that it is the last.
  fn follow(text: i32[N, S], speaker: i32[N], audio: [N, T, bands]) -> (frames: [N, T, bands], ends: [N, T]) {
    memory, keys, absent = read(text, speaker)
    h = zeros([N, hidden])
    states = for before in pad(audio, [0, 1, 0], [0, -1, 0]) along 1 {
      h = next(memory, keys, absent, before, h)
      yield h
    }
    return frame(states), squeeze(stop_at(states), 2)
  }

  /// What training makes small: the mean error of the frames that count, and the entropy of the ends.
  fn loss(text: i32[N, S], speaker: i32[N], audio: [N, T, bands], audio_length: i32[N]) -> [] {
    made, ends = follow(text, speaker, audio)
    at = iota([N, T], axis = 1)
    last = float(at == unsqueeze(audio_length, 1) - 1)
    counts = float(at < unsqueeze(audio_length, 1))
    error = mean(abs(made - audio) + square(made - audio), axes = 2)
    return sum((error + ends_entropy(ends, last)) * counts) / sum(counts)
  }

  /// The cross entropy of each score with 0 or 1.
  fn ends_entropy(x: [N, T], target: [N, T]) -> [N, T] = max(x, 0.0) - x * target + log1p(exp(-abs(x)))

  /// So many frames of speech, and for each the score that the speech ends there.
  fn speak(text: i32[N, S], speaker: i32[N], length: int) -> (frames: [N, length, bands], ends: [N, length]) {
    memory, keys, absent = read(text, speaker)
    h = zeros([N, hidden])
    before = zeros([N, bands])
    made, ends = for _ in iota([length]) along 0 {
      h = next(memory, keys, absent, before, h)
      before = frame(h)
      yield before, squeeze(stop_at(h), 1)
    }
    return permute(made, [1, 0, 2]), permute(ends, [1, 0])
  }
}

/// Spoken English digits in one of six voices: frames of 40 bands from letters.
model DigitVoices {
  net = Speaker(letters = 17, speakers = 6, bands = 40)

  /// Speech of up to 72 frames.
  fn forward(text: i32[N, S], speaker: i32[N]) -> (frames: [N, 72, 40], ends: [N, 72]) = net.speak(text, speaker, 72)

  /// What training makes small.
  fn loss(text: i32[N, S], speaker: i32[N], audio: [N, T, 40], audio_length: i32[N]) -> [] = net.loss(text, speaker, audio, audio_length)
}
