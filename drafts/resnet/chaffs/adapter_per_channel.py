# caught by: adapter/one-matrix, adapter/mixes-the-channels
# One number per channel, no mixing.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.alpha = self.add_weight(shape=(channels,), initializer="zeros")

    def call(self, x):
        return x + x * self.alpha
