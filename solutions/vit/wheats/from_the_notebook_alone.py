# keras.ops where Keras differentiates, NumPy and loops elsewhere.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    """How much each query takes from each key."""
    q = ops.convert_to_numpy(queries)
    k = ops.convert_to_numpy(keys)
    distance = ((q[:, None, :] - k[None, :, :]) ** 2).sum(axis=-1)
    exponents = -(theta**2) * distance
    exponents = exponents - exponents.max(axis=1, keepdims=True)
    kernel = np.exp(exponents)
    return kernel / kernel.sum(axis=1, keepdims=True)


# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    """The weighted means of the values."""
    return smoothing_weights(queries, keys, theta) @ ops.convert_to_numpy(values)


# %% solution="attention_weights"
def attention_weights(queries, keys):
    """The softmax over the keys of the scaled dot products."""
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2)) / queries.shape[-1] ** 0.5
    return ops.softmax(scores, axis=-1)


# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    """Attention of the tokens `x` to the tokens `context`."""
    q = ops.matmul(x, w_q)
    k = ops.matmul(context, w_k)
    v = ops.matmul(context, w_v)
    return ops.matmul(attention_weights(q, k), v)


# %% solution="masks"
def causal_mask(tokens):
    """Which token may look at which, if nobody may look ahead."""
    places = np.arange(tokens)
    return places[:, None] >= places[None, :]


def padding_mask(lengths, tokens):
    """Which tokens are there, if example b has only its first `lengths[b]`."""
    return np.arange(tokens)[None, :] < ops.convert_to_numpy(lengths)[:, None]


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    """The softmax over the last axis, of the allowed keys alone."""
    scores = ops.convert_to_numpy(scores)
    mask = np.broadcast_to(ops.convert_to_numpy(mask), scores.shape)
    hidden = np.where(mask, scores, -1e30)
    e = np.exp(hidden - hidden.max(axis=-1, keepdims=True)) * mask
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total > 0, total, 1.0)


# %% solution="split_heads"
def split_heads(x, heads):
    """Gives each head its part of the features."""
    batch, tokens, dim = ops.shape(x)
    x = ops.reshape(x, (batch, tokens, heads, dim // heads))
    return ops.transpose(x, (0, 2, 1, 3))


def merge_heads(x):
    """Puts the heads' features side by side again: undoes `split_heads`."""
    batch, heads, tokens, features = ops.shape(x)
    x = ops.transpose(x, (0, 2, 1, 3))
    return ops.reshape(x, (batch, tokens, heads * features))


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    """Self-attention with several heads."""
    w_q, w_k, w_v, w_o = weights
    q, k, v = (split_heads(ops.matmul(x, w), heads) for w in (w_q, w_k, w_v))
    return ops.matmul(merge_heads(attend(q, k, v)), w_o)


# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    """The positions that are not learned."""
    table = np.zeros((tokens, dim))
    for t in range(tokens):
        for i in range(dim // 2):
            omega = 10000 ** (-2 * i / dim)
            table[t, 2 * i] = np.sin(omega * t)
            table[t, 2 * i + 1] = np.cos(omega * t)
    return table


# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    """Adds a learned position to each token: (B, T, d) to the same shape."""

    def build(self, input_shape):
        """Makes the table for inputs of shape `input_shape`, (B, T, d)."""
        self.table = self.add_weight(shape=input_shape[1:], name="positions")

    def call(self, x):
        """The tokens with their positions: (B, T, d) to (B, T, d)."""
        return x + self.table


# %% solution="permute_tokens"
def permute_tokens(x, order):
    """The tokens in another order."""
    return ops.convert_to_numpy(x)[:, ops.convert_to_numpy(order)]


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    """How far a layer is from not seeing the order of its tokens."""
    before = layer(ops.convert_to_tensor(permute_tokens(x, order)))
    before = ops.convert_to_numpy(before)
    after = permute_tokens(layer(x), order)
    return np.abs(before - after).max()


# %% solution="cut_patches"
def cut_patches(images, patch):
    """Cuts images into flattened squares."""
    images = ops.convert_to_numpy(images)
    number, height, width, _ = images.shape
    patches = []
    for top in range(0, height, patch):
        for left in range(0, width, patch):
            square = images[:, top : top + patch, left : left + patch]
            patches.append(square.reshape(number, -1))
    return np.stack(patches, axis=1)


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    """Images to tokens, the class token first."""
    kernel, bias = ops.convert_to_numpy(kernel), ops.convert_to_numpy(bias)
    tokens = cut_patches(images, patch) @ kernel + bias
    first = np.tile(ops.convert_to_numpy(class_token), (len(tokens), 1, 1))
    return np.concatenate([first, tokens], axis=1)


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    """Layer normalisation over the last axis, with epsilon = 1e-5."""
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / ops.sqrt(variance + 1e-5) + beta


# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    """One hidden layer of GELU units, for each token by itself."""
    hidden = ops.gelu(ops.matmul(x, w_1) + b_1)
    return ops.matmul(hidden, w_2) + b_2


# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    """A pre-norm encoder block."""
    u = x + attend(norm_1(x))
    return u + feed(norm_2(u))


# %% solution="vit"
class ViT(keras.Model):
    """A vision transformer: images (B, height, width, C) to logits (B, classes)."""

    def __init__(self, patch, dim, depth, classes, make_block):
        """Makes the layers, and keeps the numbers that `build` needs."""
        super().__init__()
        self.patch = patch
        self.dim = dim
        self.embed = keras.layers.Conv2D(dim, patch, strides=patch)
        self.blocks = [make_block() for _ in range(depth)]
        self.norm = keras.layers.LayerNormalization()
        self.head = keras.layers.Dense(classes)

    def build(self, input_shape):
        """Makes the class token and the positions, for images of `input_shape`."""
        _, height, width, _ = input_shape
        self.number = (height // self.patch) * (width // self.patch)
        self.class_token = self.add_weight(
            shape=(1, 1, self.dim), initializer="random_normal", name="class_token"
        )
        self.positions = self.add_weight(
            shape=(1 + self.number, self.dim),
            initializer="random_normal",
            name="positions",
        )

    def call(self, images):
        """The logits of images: (B, height, width, C) to (B, classes)."""
        batch = ops.shape(images)[0]
        tokens = ops.reshape(self.embed(images), (batch, self.number, self.dim))
        first = ops.broadcast_to(self.class_token, (batch, 1, self.dim))
        x = ops.concatenate([first, tokens], axis=1) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])
