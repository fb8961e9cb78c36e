# caught by: layer/activation
# Keeps the activation and never calls it.

# %% solution="convolution"
class Convolution(keras.layers.Layer):
    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.filters, self.size = filters, size
        self.stride, self.padding = stride, padding
        self.activation = activation

    def build(self, input_shape):
        shape = (self.size, self.size, input_shape[-1], self.filters)
        self.kernel = self.add_weight(shape=shape, initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros")

    def call(self, x):
        y = ops.conv(x, self.kernel, self.stride, self.padding, "channels_last")
        y = y + self.bias
        return y
