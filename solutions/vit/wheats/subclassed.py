# Keras layers inside Keras layers, other names, shapes of weights and starts.

# %% solution="learned_positions"
class LearnedPositions(keras.Layer):
    def build(self, input_shape):
        self.where = self.add_weight(
            name="where",
            shape=input_shape[-2:],
            initializer=keras.initializers.TruncatedNormal(stddev=0.1),
            trainable=True,
        )

    def call(self, inputs):
        outputs = inputs + ops.expand_dims(self.where, 0)
        return outputs

    def compute_output_shape(self, input_shape):
        return input_shape


# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    def dense(x, w, b, activation=keras.activations.linear):
        return activation(ops.add(ops.tensordot(x, w, axes=1), b))

    return dense(dense(x, w_1, b_1, keras.activations.gelu), w_2, b_2)


# %% solution="vit"
class Patches(keras.layers.Layer):
    def __init__(self, patch, dim):
        super().__init__()
        self.patch = patch
        self.dense = keras.layers.Dense(dim)

    def build(self, input_shape):
        _, height, width, channels = input_shape
        self.tokens = (height // self.patch) * (width // self.patch)
        self.pixels = self.patch**2 * channels
        self.dense.build((None, self.tokens, self.pixels))

    def call(self, images):
        patches = ops.image.extract_patches(images, (self.patch, self.patch))
        return self.dense(ops.reshape(patches, (-1, self.tokens, self.pixels)))


class ClassToken(keras.layers.Layer):
    def build(self, input_shape):
        start = keras.initializers.RandomUniform(-0.05, 0.05)
        shape = (1, 1, input_shape[-1])
        self.token = self.add_weight(shape=shape, initializer=start)

    def call(self, tokens):
        first = ops.repeat(self.token, ops.shape(tokens)[0], axis=0)
        return ops.concatenate([first, tokens], axis=1)


class Places(keras.layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(
            shape=(1, *input_shape[1:]), initializer="random_normal"
        )

    def call(self, tokens):
        return tokens + self.table


class ViT(keras.Model):
    def __init__(self, patch, dim, depth, classes, make_block):
        super().__init__()
        self.dim = dim
        self.patches = Patches(patch, dim)
        self.first = ClassToken()
        self.places = Places()
        self.stack = []
        for _ in range(depth):
            self.stack.append(make_block())
        self.normal = keras.layers.LayerNormalization(epsilon=1e-6)
        self.logits = keras.layers.Dense(classes, kernel_initializer="zeros")

    def build(self, input_shape):
        self.patches.build(input_shape)
        shape = (None, self.patches.tokens, self.dim)
        self.first.build(shape)
        shape = (None, self.patches.tokens + 1, self.dim)
        for layer in (self.places, *self.stack):
            layer.build(shape)
        self.normal.build((None, self.dim))
        self.logits.build((None, self.dim))
        self.built = True

    def call(self, images, training=False):
        tokens = self.places(self.first(self.patches(images)))
        for block in self.stack:
            tokens = block(tokens)
        return self.logits(self.normal(tokens[:, 0, :]))
