# caught by: adapter/one-matrix
# Has a bias as well.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.bias = self.add_weight(shape=(channels,), initializer="zeros")
        self.alpha = self.add_weight(shape=(channels, channels), initializer="zeros")

    def call(self, x):
        return x + ops.matmul(x, self.alpha) + self.bias
