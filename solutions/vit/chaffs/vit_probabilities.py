# caught by: vit/logits
# A softmax at the end.

# %% solution="vit"
class ViT(keras.Model):
    def __init__(self, patch, dim, depth, classes, make_block):
        super().__init__()
        self.patch, self.dim = patch, dim
        self.embed = keras.layers.Dense(dim)
        self.blocks = [make_block() for _ in range(depth)]
        self.norm = keras.layers.LayerNormalization()
        self.head = keras.layers.Dense(classes, activation="softmax")

    def build(self, input_shape):
        _, height, width, channels = input_shape
        self.rows, self.columns = height // self.patch, width // self.patch
        self.pixels = self.patch * self.patch * channels
        places = 1 + self.rows * self.columns
        small = keras.initializers.RandomNormal(stddev=0.02)
        self.class_token = self.add_weight(shape=(1, 1, self.dim), initializer=small)
        self.positions = self.add_weight(shape=(places, self.dim), initializer=small)
        self.embed.build((None, places - 1, self.pixels))
        for layer in [*self.blocks, self.norm]:
            layer.build((None, places, self.dim))
        self.head.build((None, self.dim))

    def call(self, images):
        side, rows, columns = self.patch, self.rows, self.columns
        cut = ops.reshape(images, (-1, rows, side, columns, side, images.shape[-1]))
        squares = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
        patches = ops.reshape(squares, (-1, rows * columns, self.pixels))
        tokens = self.embed(patches)
        shape = (ops.shape(tokens)[0], 1, self.dim)
        first = ops.broadcast_to(self.class_token, shape)
        x = ops.concatenate([first, tokens], axis=1) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])
