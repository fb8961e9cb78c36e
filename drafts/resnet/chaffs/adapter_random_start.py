# caught by: adapter/starts-as-the-identity
# Alpha starts at random numbers.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.alpha = self.add_weight(
            shape=(channels, channels), initializer="glorot_uniform"
        )

    def call(self, x):
        return x + ops.matmul(x, self.alpha)
