# caught by: adapter/mixes-the-channels, adapter/can-learn
# A ReLU behind the mixture, whose slope at 0 is 0.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.alpha = self.add_weight(shape=(channels, channels), initializer="zeros")

    def call(self, x):
        return x + ops.relu(ops.matmul(x, self.alpha))
