# Hands the work to Keras wherever that is allowed.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    distances = ops.norm(queries[:, None, :] - keys[None, :, :], axis=-1)
    return keras.activations.softmax(-ops.square(theta * distances), axis=-1)


# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = queries @ ops.moveaxis(keys, -1, -2)
    return keras.layers.Softmax()(scores / np.sqrt(queries.shape[-1]).item())


# %% solution="masks"
def causal_mask(tokens):
    return ops.cast(ops.tril(ops.ones((tokens, tokens))), "bool")


def padding_mask(lengths, tokens):
    places = ops.broadcast_to(ops.arange(tokens), (lengths.shape[0], tokens))
    return ops.less(places, ops.cast(lengths, places.dtype)[:, None])


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    mask = ops.broadcast_to(mask, scores.shape)
    weights = keras.layers.Softmax()(scores, mask=mask)
    return weights * ops.cast(mask, weights.dtype)


# %% solution="split_heads"
def split_heads(x, heads):
    return ops.stack(ops.split(x, heads, axis=-1), axis=1)


def merge_heads(x):
    return ops.concatenate(ops.unstack(x, axis=1), axis=-1)


# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def build(self, input_shape):
        _, tokens, dim = input_shape
        self.places = keras.layers.Embedding(tokens, dim)
        self.places.build()

    def call(self, x):
        return keras.layers.add([x + 0.0, self.at_all(x)])

    def at_all(self, x):
        places = self.places(ops.arange(x.shape[1]))
        return ops.broadcast_to(places, ops.shape(x))


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    sides = layer(permute_tokens(x, order)), permute_tokens(layer(x), order)
    return ops.norm(ops.reshape(sides[0] - sides[1], (-1,)), ord=np.inf)


# %% solution="cut_patches"
def cut_patches(images, patch):
    patches = ops.image.extract_patches(images, patch)
    return ops.reshape(patches, (patches.shape[0], -1, patches.shape[-1]))


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    shape = (patch, patch, images.shape[-1], kernel.shape[-1])
    kernel = ops.reshape(kernel, shape)
    tokens = ops.conv(images, kernel, strides=patch, padding="valid") + bias
    tokens = ops.reshape(tokens, (tokens.shape[0], -1, tokens.shape[-1]))
    first = ops.tile(class_token, (tokens.shape[0], 1, 1))
    return ops.concatenate([first, tokens], axis=1)


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    mean, variance = ops.moments(x, axes=[-1], keepdims=True)
    return (x - mean) * ops.rsqrt(variance + 1e-5) * gamma + beta


# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    hidden = keras.layers.Dense(w_1.shape[1], activation="gelu")
    output = keras.layers.Dense(w_2.shape[1])
    for layer, weights in ((hidden, (w_1, b_1)), (output, (w_2, b_2))):
        layer.build((None, weights[0].shape[0]))
        layer.set_weights([ops.convert_to_numpy(weight) for weight in weights])
    return output(hidden(x))


# %% solution="vit"
class ViT(keras.Model):
    def __init__(self, patch, dim, depth, classes, make_block):
        super().__init__()
        self.embed = keras.layers.Conv2D(dim, patch, strides=patch)
        self.flat = keras.layers.Reshape((-1, dim))
        self.blocks = [make_block() for _ in range(depth)]
        self.head = keras.Sequential(
            [
                keras.layers.LayerNormalization(),
                keras.layers.Lambda(lambda x: x[:, 0, :]),
                keras.layers.Dense(classes),
            ]
        )

    def build(self, input_shape):
        shape = self.embed.compute_output_shape(input_shape)
        self.embed.build(input_shape)
        tokens, dim = shape[1] * shape[2], shape[3]
        self.token = keras.layers.Embedding(1, dim)
        self.places = keras.layers.Embedding(tokens + 1, dim)
        self.token.build()
        self.places.build()
        for layer in [*self.blocks, self.head]:
            layer.build((None, tokens + 1, dim))

    def call(self, images):
        x = self.flat(self.embed(images))
        zeros = ops.zeros((ops.shape(x)[0], 1), dtype="int32")
        x = ops.concatenate([self.token(zeros), x], axis=1)
        x = x + self.places(ops.arange(x.shape[1]))
        for block in self.blocks:
            x = block(x)
        return self.head(x)
