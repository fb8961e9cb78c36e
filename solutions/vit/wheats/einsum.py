# Einstein's notation says which axes meet.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    # |q - k|^2 = |q|^2 - 2 <q, k> + |k|^2, and |q|^2 is the same for all keys.
    products = ops.einsum("qd,kd->qk", queries, keys)
    squares = ops.einsum("kd,kd->k", keys, keys)
    return ops.softmax(theta**2 * (2 * products - squares), axis=1)


# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    weights = smoothing_weights(queries, keys, theta)
    return ops.einsum("qk,kv->qv", weights, values)


# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.einsum("...qd,...kd->...qk", queries, keys)
    return ops.softmax(scores * keys.shape[-1] ** -0.5)


# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    scores = ops.einsum("bqn,nd,md,bkm->bqk", x, w_q, w_k, context)
    weights = ops.softmax(scores / w_q.shape[1] ** 0.5, axis=2)
    return ops.einsum("bqk,bkm,mv->bqv", weights, context, w_v)


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    dim = x.shape[-1]
    w_q, w_k, w_v = (ops.reshape(w, (dim, heads, -1)) for w in weights[:3])
    w_o = ops.reshape(weights[3], (heads, dim // heads, dim))
    q, k, v = (ops.einsum("btd,dhf->bhtf", x, w) for w in (w_q, w_k, w_v))
    return ops.einsum("bhtf,hfd->btd", attend(q, k, v), w_o)


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    tokens = ops.einsum("bnp,pd->bnd", cut_patches(images, patch), kernel) + bias
    first = ops.einsum("b,d->bd", ops.ones_like(tokens[:, 0, 0]), class_token)
    return ops.concatenate([ops.expand_dims(first, 1), tokens], axis=1)


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    d = x.shape[-1]
    mean = ops.einsum("btd->bt", x)[..., None] / d
    variance = ops.einsum("btd,btd->bt", x - mean, x - mean)[..., None] / d
    return ops.rsqrt(variance + 1e-5) * (x - mean) * gamma + beta


# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    hidden = ops.gelu(ops.einsum("btd,dp->btp", x, w_1) + b_1, approximate=False)
    return ops.einsum("btp,pd->btd", hidden, w_2) + b_2


# %% solution="vit"
class ViT(keras.Model):
    def __init__(self, patch, dim, depth, classes, make_block):
        super().__init__()
        self.patch, self.dim, self.classes = patch, dim, classes
        self.blocks = tuple(make_block() for _ in range(depth))

    def build(self, input_shape):
        _, height, width, channels = input_shape
        side, d = self.patch, self.dim
        tokens = (height // side) * (width // side)
        self.first = self.add_weight(shape=(d,), initializer="random_normal")
        self.places = self.add_weight(
            shape=(1, 1 + tokens, d), initializer="random_normal"
        )
        self.kernel = self.add_weight(shape=(side, side, channels, d))
        self.bias = self.add_weight(shape=(d,), initializer="zeros")
        self.scale = self.add_weight(shape=(d,), initializer="ones")
        self.shift = self.add_weight(shape=(d,), initializer="zeros")
        self.last = self.add_weight(shape=(d, self.classes))
        self.last_bias = self.add_weight(shape=(self.classes,), initializer="zeros")
        for block in self.blocks:
            if not block.built:
                block.build((None, 1 + tokens, d))

    def call(self, images):
        _, height, width, channels = images.shape
        side = self.patch
        shape = (-1, height // side, side, width // side, side, channels)
        cut = ops.reshape(images, shape)
        tokens = ops.einsum("bricjs,ijsd->brcd", cut, self.kernel) + self.bias
        tokens = ops.reshape(tokens, (-1, shape[1] * shape[3], self.dim))
        first = ops.zeros_like(tokens[:, :1]) + self.first
        x = ops.concatenate([first, tokens], axis=1) + self.places
        for block in self.blocks:
            x = block(x)
        x = x[:, 0]
        mean, variance = ops.moments(x, axes=-1, keepdims=True)
        x = self.scale * (x - mean) / ops.sqrt(variance + 1e-6) + self.shift
        return ops.matmul(x, self.last) + self.last_bias
