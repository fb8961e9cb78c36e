# caught by: block/weights, block/identity-shortcut, block/projection-shortcut, block/branch, block/no-relu-before-the-sum, block/relu-after-the-sum, block/no-relu-in-the-shortcut, block/norms, block/training, block/when-to-project
# The parts are there, and nobody calls them.


# %% solution="block"
class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.filters, self.stride = (filters, stride)

    def build(self, input_shape):
        self.first = self.convolution(3, self.stride)
        self.first_norm = keras.layers.BatchNormalization()
        self.second = self.convolution(3, 1)
        self.second_norm = keras.layers.BatchNormalization()
        self.projected = self.stride != 1 or input_shape[-1] != self.filters
        if self.projected:
            self.projection = self.convolution(1, self.stride)
            self.projection_norm = keras.layers.BatchNormalization()

    def call(self, x, training=None):
        y = ops.relu(self.first_norm(self.first(x), training=training))
        y = self.second_norm(self.second(y), training=training)
        if self.projected:
            x = self.projection_norm(self.projection(x), training=training)
        raise NotImplementedError()

    def convolution(self, size, stride):
        return keras.layers.Conv2D(
            self.filters, size, strides=stride, padding="same", use_bias=False
        )
