# caught by: adapter/starts-as-the-identity, adapter/mixes-the-channels
# The mixture alone, without the shortcut.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.alpha = self.add_weight(shape=(channels, channels), initializer="zeros")

    def call(self, x):
        return ops.matmul(x, self.alpha)
