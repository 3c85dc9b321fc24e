/* Image in, text out. */
package tasks

/// Convolutions that look at a picture and a recurrent cell that writes about it, letter by letter; before each letter it
/// looks where it needs to, as in Show, Attend and Tell (Xu et al., 2015, arXiv 1502.03044). Letters are numbers from 1; 0 ends
/// the text and fills up what follows.
layer Writer(letters: int, length: int, height: int, width: int, hidden: int = 128, d: int = 96) {
  require height >= 8 and width >= 8, "the picture is halved three times"
  const places = floor(height / 8) * floor(width / 8)
  // Each place sees 38 pixels both ways, so that one look tells a whole digit.
  eye     = [Conv2d(16, 3, padding = 1, use_bias = false), BatchNorm2d(), relu, MaxPool2d(2),
             Conv2d(32, 3, padding = 1, use_bias = false), BatchNorm2d(), relu, MaxPool2d(2),
             Conv2d(64, 3, padding = 1, use_bias = false), BatchNorm2d(), relu, MaxPool2d(2),
             Conv2d(d, 3, padding = 1, use_bias = false), BatchNorm2d(), relu]
  // What a cell of the picture answers to: what is there, and where it is.
  param place: [places, d] = normal(0.0, 0.1)
  key     = Linear(d, use_bias = false)
  query   = Linear(d, use_bias = false)
  letter  = Embedding(letters + 1, 32)
  cell    = LSTMCell(hidden)
  head    = Linear(letters)

  /// What is seen at each place, and what the place answers to.
  fn look(image: [N, 1, height, width]) -> (seen: [N, places, d], keys: [N, places, d]) {
    seen = image |> eye |> rearrange("n c h w -> n (h w) c")
    return seen, key(seen + place)
  }

  /// The state after one more letter.
  fn next(seen: [N, places, d], keys: [N, places, d], before: i32[N], h: [N, hidden], c: [N, hidden])
      -> (h: [N, hidden], c: [N, hidden]) {
    share = einsum(query(h), keys, "n d, n s d -> n s") |> softmax
    here = einsum(share, seen, "n s, n s d -> n d")
    return cell(concat([letter(before), here], axis = 1), h, c)
  }

  /// One score for each letter at each position, where the text before it is known.
  fn forward(image: [N, 1, height, width], text: i32[N, length]) -> [N, length, letters] {
    seen, keys = look(image)
    first = text[:, 0:1] * 0 + letters
    h = zeros([N, hidden])
    c = zeros([N, hidden])
    states = for before in concat([first, text[:, 0:length - 1]], axis = 1) along 1 {
      h, c = next(seen, keys, before, h, c)
      yield h
    }
    return head(states)
  }

  /// What training makes small: the cross entropy of the letters and of the first end.
  fn loss(image: [N, 1, height, width], text: i32[N, length]) -> [] {
    counts = float(text != 0 or pad(text, [0, 1], [0, -1], value = 1.0) != 0)
    return -sum(pick(log_softmax(forward(image, text)), text) * counts) / sum(counts)
  }

  /// The text, each letter the likeliest one behind those before it.
  fn write(image: [N, 1, height, width]) -> i32[N, length] {
    seen, keys = look(image)
    before = iota([N, 1], axis = 1)[:, 0] + letters
    h = zeros([N, hidden])
    c = zeros([N, hidden])
    text = for _ in iota([length]) along 0 {
      h, c = next(seen, keys, before, h, c)
      before = select(before == 0, 0, argmax(head(h)))
      yield before
    }
    return permute(text, [1, 0])
  }

  /// The share of pictures of which every letter is right.
  fn exact(image: [N, 1, height, width], text: i32[N, length]) -> [] = mean(float(all(write(image) == text, axes = 1)))
}

/// Two or three digits in one picture, written in English words: the letters " efghinorstuvwxz" from 1 on.
model DigitWords = Writer(letters = 17, length = 18, height = 28, width = 84)
