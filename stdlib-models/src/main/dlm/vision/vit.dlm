/* An image is worth 16×16 words (Dosovitskiy et al., 2020, arXiv 2010.11929). Parameters are named as timm's. */
package vision

/// Every patch looks at every patch, once for each head.
layer PatchAttention(heads: int, d: int = _) {
  require d % heads == 0, "heads must divide the model width"
  qkv  = Linear(3 * d)
  proj = Linear(d)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    q, k, v = [rearrange(y, "n t (h c) -> n h t c", h = heads) for y in split(qkv(x), 3)]
    share = einsum(q, k, "n h i c, n h j c -> n h i j") / sqrt(d / heads) |> softmax
    return einsum(share, v, "n h i j, n h j c -> n h i c") |> rearrange("n h t c -> n t (h c)") |> proj
  }
}

/// Two dense layers at each patch.
layer PatchMlp(d: int = _) {
  fc1 = Linear(4 * d)
  fc2 = Linear(d)
  fn forward(x: [N, T, d]) -> [N, T, d] = x |> fc1 |> gelu |> fc2
}

/// An encoder block with normalisation in front of its two halves.
layer ViTBlock(heads: int, d: int = _) {
  norm1 = LayerNorm(eps = 1e-6)
  attn  = PatchAttention(heads)
  norm2 = LayerNorm(eps = 1e-6)
  mlp   = PatchMlp()

  fn forward(x: [N, T, d]) -> [N, T, d] {
    x = x + (x |> norm1 |> attn)
    return x + (x |> norm2 |> mlp)
  }
}

/// Cuts an image into patches.
layer Patches(d: int, patch: int) {
  proj = Conv2d(d, patch, stride = patch)
  fn forward(x: [N, C, H, W]) -> [N, _, d] = x |> proj |> rearrange("n d h w -> n (h w) d")
}

/// A token in front of the patches collects what decides on the class.
layer ViT(size: int = 224, patch: int = 16, d: int = 192, heads: int = 3, depth: int = 12, classes: int = 1000) {
  require size % patch == 0, "the patches must cover the image"
  const count = (size / patch) ** 2
  param cls_token: [1, 1, d] = truncated_normal(0.02)
  param pos_embed: [1, count + 1, d] = truncated_normal(0.02)
  patch_embed = Patches(d, patch)
  blocks = [ViTBlock(heads) for _ in 0..<depth]
  norm   = LayerNorm(eps = 1e-6)
  head   = Linear(classes)

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, size, size]) -> [N, classes] {
    y = concat([broadcast(cls_token, [N, 1, d]), patch_embed(x)], axis = 1) + pos_embed |> blocks |> norm
    return head(y[:, 0])
  }

  /// What training makes small.
  fn loss(x: [N, 3, size, size], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

/// ViT-Ti/16 for ImageNet.
model ViTTiny = ViT()
