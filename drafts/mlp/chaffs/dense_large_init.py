# caught by: layer/random-start
# Standard normal weights: with many inputs every unit starts saturated.

# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = activation

    def build(self, input_shape):
        normal = keras.initializers.RandomNormal(stddev=1.0)
        shape = (input_shape[-1], self.units)
        self.kernel = self.add_weight(shape=shape, initializer=normal)
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, x):
        y = ops.matmul(x, self.kernel) + self.bias
        return y if self.activation is None else self.activation(y)
