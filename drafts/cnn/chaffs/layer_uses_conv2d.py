# caught by: layer/weights, layer/correlation, layer/stride, layer/same-padding, layer/activation, layer/random-start
# Wraps the layer that is not allowed.

# %% solution="convolution"
from keras.layers import Conv2D as Inner


class Convolution(keras.layers.Layer):
    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.inner = Inner(filters, size, stride, padding, activation=activation)

    def build(self, input_shape):
        self.inner.build(input_shape)

    def call(self, x):
        return self.inner(x)
