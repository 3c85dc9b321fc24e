/*
 * Attention and what is built of it. Sequences are [N, T, d], as in PyTorch's modules with batch_first = true; a mask
 * is true where one must not look.
 */
package dlm.nn

/// A Linear whose bias starts from 0, as the one behind the heads of nn.MultiheadAttention: [..., in] to [..., out].
/// torch none
/// run x |> OutputProjection(4) -> f32[2, 4] with x = f32[2, 8]
layer OutputProjection(out: int, use_bias: bool = true, in: int = _) {
  param weight: [out, in] = fan_uniform(in)
  if use_bias { param bias: [out] = zeros }

  fn forward(x: [..., in]) -> [..., out] {
    y = einsum(x, weight, "... i, o i -> ... o")
    return if use_bias then y + bias else y
  }
}

/// The pairs of places of which the second lies in the future of the first: what a causal mask hides.
/// torch torch.triu(torch.ones(t, s), 1).bool()
/// run future(2, 3) -> bool([[0, 1, 1], [0, 0, 1]])
fn future(t: int, s: int) -> bool[t, s] = iota([t, s], axis = 1) > iota([t, s], axis = 0)

/// Every place of a sequence takes a weighted mean of all places, in `heads` ways at once (Vaswani et al., 2017).
/// Called with x: [N, T, d] it looks at x itself; `attend(q, k, v)` looks from q: [N, T, d] at k: [N, S, kdim] and
/// takes from v: [N, S, vdim], where kdim and vdim are d unless given; all give [N, T, d]. `masked(x, hidden)` and
/// `attend_masked(q, k, v, hidden)` do not look where hidden is true: bool[T, S] for all, bool[N, 1, T, S] for each
/// example, bool[N, 1, 1, S] to leave out padding. `causal` hides the future.
/// torch torch.nn.MultiheadAttention
/// run x |> MultiHeadAttention(2, causal = true) -> f32[2, 5, 8] with x = f32[2, 5, 8]
/// run MultiHeadAttention(2, kdim = 6, vdim = 6).attend(x, y, y) -> f32[1, 5, 8] with x = f32[1, 5, 8], y = f32[1, 3, 6]
/// run MultiHeadAttention(2).masked(x, hidden) -> f32[2, 5, 8] with x = f32[2, 5, 8], hidden = bool[2, 1, 1, 5]
layer MultiHeadAttention(heads: int, causal: bool = false, use_bias: bool = true, dropout: float = 0.0,
                         kdim: int = 0, vdim: int = 0, d: int = _) {
  require heads >= 1 and d % heads == 0, "heads must divide the width"
  require kdim >= 0 and vdim >= 0, "kdim and vdim are widths, or 0 for that of the queries"
  const dk = if kdim == 0 then d else kdim
  const dv = if vdim == 0 then d else vdim
  const packed = dk == d and dv == d
  if packed {
    param in_proj_weight: [3 * d, d] = glorot_uniform(d, 3 * d)
  } else {
    param q_proj_weight: [d, d]  = glorot_uniform(d, d)
    param k_proj_weight: [d, dk] = glorot_uniform(dk, d)
    param v_proj_weight: [d, dv] = glorot_uniform(dv, d)
  }
  if use_bias { param in_proj_bias: [3 * d] = zeros }
  out_proj = OutputProjection(d, use_bias)
  drop = Dropout(dropout)

  /// Part `i` of the projections (queries, keys, values) of x, by head.
  fn projected(x: [N, L, E], i: int) -> [N, heads, L, d / heads] {
    w = if packed then narrow(in_proj_weight, 0, i * d, d)
        else if i == 0 then q_proj_weight else if i == 1 then k_proj_weight else v_proj_weight
    y = einsum(x, w, "n l i, o i -> n l o")
    return by_head(if use_bias then y + narrow(in_proj_bias, 0, i * d, d) else y)
  }
  fn by_head(x: [N, L, d]) -> [N, heads, L, d / heads] = rearrange(x, "n l (h c) -> n h l c", h = heads)

  fn scores(q: [N, heads, T, C], k: [N, heads, S, C]) -> [N, heads, T, S] {
    s = einsum(q, k, "n h i c, n h j c -> n h i j") / sqrt(float(d / heads))
    return if causal then select(future(T, S), -inf, s) else s
  }
  fn taken(s: [N, heads, T, S], v: [N, heads, S, C]) -> [N, T, d] =
    einsum(s |> softmax |> drop, v, "n h i j, n h j c -> n h i c") |> rearrange("n h i c -> n i (h c)") |> out_proj

  fn parts(x: [N, T, d]) -> _ {
    if packed {
      y = einsum(x, in_proj_weight, "n l i, o i -> n l o")
      q, k, v = split(if use_bias then y + in_proj_bias else y, 3)
      return by_head(q), by_head(k), by_head(v)
    } else {
      return projected(x, 0), projected(x, 1), projected(x, 2)
    }
  }

  fn forward(x: [N, T, d]) -> [N, T, d] {
    q, k, v = parts(x)
    return taken(scores(q, k), v)
  }
  fn masked(x: [N, T, d], hidden: bool[...]) -> [N, T, d] {
    q, k, v = parts(x)
    return taken(select(hidden, -inf, scores(q, k)), v)
  }
  fn attend(q: [N, T, d], k: [N, S, dk], v: [N, S, dv]) -> [N, T, d] =
    taken(scores(projected(q, 0), projected(k, 1)), projected(v, 2))
  fn attend_masked(q: [N, T, d], k: [N, S, dk], v: [N, S, dv], hidden: bool[...]) -> [N, T, d] =
    taken(select(hidden, -inf, scores(projected(q, 0), projected(k, 1))), projected(v, 2))
}

/// Self-attention, then two dense layers at every place, each beside a short cut and with a layer normalisation
/// (Vaswani et al., 2017): [N, T, d] to [N, T, d]. `norm_first` normalises before each of the two instead of behind;
/// `masked(x, hidden)` masks as MultiHeadAttention does. A stack is a list of them.
/// torch torch.nn.TransformerEncoderLayer
/// run x |> TransformerEncoderLayer(2, 16) -> f32[2, 5, 8] with x = f32[2, 5, 8]
/// run x |> TransformerEncoderLayer(2, activation = gelu, norm_first = true) -> f32[2, 5, 8] with x = f32[2, 5, 8]
layer TransformerEncoderLayer(heads: int, feedforward: int = 2048, dropout: float = 0.1, activation: fn = relu,
                              eps: float = 1e-5, norm_first: bool = false, use_bias: bool = true, causal: bool = false,
                              d: int = _) {
  self_attn = MultiHeadAttention(heads, causal, use_bias, dropout)
  linear1 = Linear(feedforward, use_bias)
  linear2 = Linear(d, use_bias)
  norm1 = LayerNorm(eps, use_bias = use_bias)
  norm2 = LayerNorm(eps, use_bias = use_bias)
  drop = Dropout(dropout)

  fn feed(x: [N, T, d]) -> [N, T, d] = x |> linear1 |> activation |> drop |> linear2 |> drop

  fn forward(x: [N, T, d]) -> [N, T, d] {
    if norm_first {
      y = x + drop(self_attn(norm1(x)))
      return y + feed(norm2(y))
    } else {
      y = norm1(x + drop(self_attn(x)))
      return norm2(y + feed(y))
    }
  }
  fn masked(x: [N, T, d], hidden: bool[...]) -> [N, T, d] {
    if norm_first {
      y = x + drop(self_attn.masked(norm1(x), hidden))
      return y + feed(norm2(y))
    } else {
      y = norm1(x + drop(self_attn.masked(x, hidden)))
      return norm2(y + feed(y))
    }
  }
}

/// Self-attention, attention to the result of an encoder, then two dense layers at every place, each beside a short
/// cut and with a layer normalisation (Vaswani et al., 2017): x: [N, T, d] and memory: [N, S, d] to [N, T, d].
/// `causal` hides the future of x; `masked(x, memory, hidden, memory_hidden)` masks both.
/// torch torch.nn.TransformerDecoderLayer
/// run TransformerDecoderLayer(2, 9)(x, memory) -> f32[1, 2, 8] with x = f32[1, 2, 8], memory = f32[1, 3, 8]
layer TransformerDecoderLayer(heads: int, feedforward: int = 2048, dropout: float = 0.1, activation: fn = relu,
                              eps: float = 1e-5, norm_first: bool = false, use_bias: bool = true, causal: bool = false,
                              d: int = _) {
  self_attn = MultiHeadAttention(heads, causal, use_bias, dropout)
  multihead_attn = MultiHeadAttention(heads, false, use_bias, dropout)
  linear1 = Linear(feedforward, use_bias)
  linear2 = Linear(d, use_bias)
  norm1 = LayerNorm(eps, use_bias = use_bias)
  norm2 = LayerNorm(eps, use_bias = use_bias)
  norm3 = LayerNorm(eps, use_bias = use_bias)
  drop = Dropout(dropout)

  fn feed(x: [N, T, d]) -> [N, T, d] = x |> linear1 |> activation |> drop |> linear2 |> drop

  fn forward(x: [N, T, d], memory: [N, S, d]) -> [N, T, d] {
    if norm_first {
      y = x + drop(self_attn(norm1(x)))
      z = y + drop(multihead_attn.attend(norm2(y), memory, memory))
      return z + feed(norm3(z))
    } else {
      y = norm1(x + drop(self_attn(x)))
      z = norm2(y + drop(multihead_attn.attend(y, memory, memory)))
      return norm3(z + feed(z))
    }
  }
  fn masked(x: [N, T, d], memory: [N, S, d], hidden: bool[...], memory_hidden: bool[A, B, C, S]) -> [N, T, d] {
    if norm_first {
      y = x + drop(self_attn.masked(norm1(x), hidden))
      z = y + drop(multihead_attn.attend_masked(norm2(y), memory, memory, memory_hidden))
      return z + feed(norm3(z))
    } else {
      y = norm1(x + drop(self_attn.masked(x, hidden)))
      z = norm2(y + drop(multihead_attn.attend_masked(y, memory, memory, memory_hidden)))
      return norm3(z + feed(z))
    }
  }
}

/// How far place t has turned at frequency i of `count`: t * base ** (-i / count).
/// torch none
/// run turns(2, 2, base = 100.0) -> [[0, 0], [1, 0.1]]
fn turns(places: int, count: int, base: float = 10000.0) -> [places, count] =
  float(iota([places, count], axis = 0)) * exp(float(iota([places, count], axis = 1)) * (-log(base) / count))

/// Adds sines and cosines of the place, of falling frequency along the last axis (Vaswani et al., 2017): [N, T, d] to
/// [N, T, d]. d must be even. The sum is dropped out with probability `dropout`, as in PyTorch's tutorial on
/// transformers, where it is 0.1.
/// torch none
/// run x |> PositionalEncoding() -> [[[0, 1], [0.84147, 0.54030]]] with x = [[[0, 0], [0, 0]]]
layer PositionalEncoding(dropout: float = 0.0, base: float = 10000.0, d: int = _) {
  require base > 0, "base must be more than 0"
  require d % 2 == 0, "the width must be even: sines and cosines come in pairs"
  drop = Dropout(dropout)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    a = turns(T, d / 2, base)
    return drop(x + reshape(stack([sin(a), cos(a)], axis = 2), [T, d]))
  }
}

/// Turns pairs of numbers of the last axis by an angle that grows with the place, so that products of queries and
/// keys depend on the distance only (Su et al., 2021): [..., T, c] to [..., T, c]. c must be even. Pairs are
/// neighbours, as in the paper, or with interleaved = false number i and number i + c / 2.
/// torch none
/// run x |> RotaryEmbedding() -> [[1, 0], [0.54030, 0.84147]] with x = [[1, 0], [1, 0]]
layer RotaryEmbedding(base: float = 10000.0, interleaved: bool = true) {
  fn forward(x: [..., T, C]) -> [..., T, C] {
    require base > 0, "base must be more than 0"
    require C % 2 == 0, "the width must be even: numbers are turned in pairs"
    a = turns(T, C / 2, base)
    r = rank(x)
    if interleaved {
      y = reshape(x, [..., T, C / 2, 2])
      u, v = split(y, 2)
      p = reshape(u, [..., T, C / 2])
      q = reshape(v, [..., T, C / 2])
      return reshape(stack([p * cos(a) - q * sin(a), q * cos(a) + p * sin(a)], axis = r), [..., T, C])
    } else {
      p, q = split(x, 2)
      return concat([p * cos(a) - q * sin(a), q * cos(a) + p * sin(a)], axis = r - 1)
    }
  }
}
