# caught by: adapter/one-matrix, adapter/mixes-the-channels, adapter/can-learn
# A product of two matrices that both start at 0.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.down = self.add_weight(shape=(channels, 2), initializer="zeros")
        self.up = self.add_weight(shape=(2, channels), initializer="zeros")

    def call(self, x):
        return x + ops.matmul(ops.matmul(x, self.down), self.up)
