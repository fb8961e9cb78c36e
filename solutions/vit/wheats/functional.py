# A functional model inside the class, made when the size of the images is known.

# %% solution="vit"
class Start(keras.layers.Layer):
    """Class token and positions in one."""

    def build(self, input_shape):
        _, tokens, dim = input_shape
        self.token = self.add_weight(shape=(dim,), initializer="glorot_uniform")
        self.places = self.add_weight(shape=(tokens + 1, dim), initializer="uniform")

    def call(self, x):
        first = ops.zeros_like(x[:, :1, :]) + self.token
        return ops.concatenate([first, x], axis=1) + self.places

    def compute_output_shape(self, input_shape):
        batch, tokens, dim = input_shape
        return (batch, tokens + 1, dim)


class ViT(keras.Model):
    def __init__(self, patch, dim, depth, classes, make_block):
        super().__init__()
        self.options = patch, dim, classes
        self.blocks = [make_block() for _ in range(depth)]

    def build(self, input_shape):
        patch, dim, classes = self.options
        images = keras.Input(input_shape[1:])
        x = keras.layers.Conv2D(dim, patch, patch, padding="valid")(images)
        x = keras.layers.Reshape((-1, dim))(x)
        x = Start()(x)
        for block in self.blocks:
            x = block(x)
        x = keras.layers.LayerNormalization(axis=-1)(x)
        logits = keras.layers.Dense(classes)(x[:, 0])
        self.net = keras.Model(images, logits)
        self.built = True

    def call(self, images):
        return self.net(images)
