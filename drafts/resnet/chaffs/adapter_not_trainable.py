# caught by: adapter/can-learn
# Alpha is frozen.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.alpha = self.add_weight(
            shape=(channels, channels), initializer="zeros", trainable=False
        )

    def call(self, x):
        return x + ops.matmul(x, self.alpha)
