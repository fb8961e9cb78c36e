# caught by: adapter/mixes-the-channels
# Leads from f to c.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.alpha = self.add_weight(shape=(channels, channels), initializer="zeros")

    def call(self, x):
        return x + ops.matmul(x, ops.transpose(self.alpha))
