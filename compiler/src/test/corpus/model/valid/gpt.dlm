package text

layer Attention(heads: int, p: float = 0.0, d: int = _) {
  require d % heads == 0, "heads must divide the model width"
  const dh = d / heads
  qkv  = Linear(3 * d)
  out  = Linear(d)
  drop = Dropout(p)

  fn by_head(x: [N, T, d]) -> [N, heads, T, dh] = rearrange(x, "n t (h c) -> n h t c", h = heads)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    q, k, v = qkv(x) |> split(3, axis = -1)
    s = einsum(by_head(q), by_head(k), "n h i c, n h j c -> n h i j") / sqrt(dh)
    past = iota([T, T], axis = 0) >= iota([T, T], axis = 1)
    a = select(past, s, -inf) |> softmax |> drop
    y = einsum(a, by_head(v), "n h i j, n h j c -> n h i c")
    return y |> rearrange("n h t c -> n t (h c)") |> out
  }
}

/// Pre-norm decoder block.
#remat
layer Block(heads: int, p: float = 0.1, d: int = _) {
  attn = [LayerNorm(), Attention(heads, p), Dropout(p)]
  mlp  = [LayerNorm(), Linear(4 * d), gelu, Linear(d), Dropout(p)]

  fn forward(x: [N, T, d]) -> [N, T, d] {
    x = x + attn(x)
    return x + mlp(x)
  }
}

layer Gpt(vocab: int, context: int = 1024, d: int = 768, heads: int = 12, depth: int = 12, p: float = 0.1) {
  wte    = Embedding(vocab, d)
  wpe    = Embedding(context, d)
  drop   = Dropout(p)
  blocks = [Block(heads, p) for _ in 0..<depth]
  norm   = LayerNorm()

  fn forward(ids: i32[N, T]) -> [N, T, vocab] {
    require T <= context, "sequence longer than the context window"
    x = wte(ids) + wpe(iota([T])) |> drop |> blocks |> norm
    return einsum(x, wte.weight, "n t d, v d -> n t v")       // head tied to the embedding
  }

  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = forward(ids) |> cross_entropy(next)
}

model Gpt2Small = Gpt(vocab = 50_257, depth = 2)

