# caught by: layer/weights, layer/correlation, layer/random-start
# Plain tensors: Keras cannot train or save them.

# %% solution="convolution"
class Convolution(keras.layers.Layer):
    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.filters, self.size = filters, size
        self.stride, self.padding = stride, padding
        self.activation = activation

    def build(self, input_shape):
        shape = (self.size, self.size, input_shape[-1], self.filters)
        self.kernel = keras.random.normal(shape, stddev=0.1)
        self.bias = ops.zeros((self.filters,))

    def call(self, x):
        y = ops.conv(x, self.kernel, self.stride, self.padding, "channels_last")
        y = y + self.bias
        return y if self.activation is None else self.activation(y)
