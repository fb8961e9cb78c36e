# caught by: layer/weights
# Leaves out b.

# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))

    def call(self, x):
        y = ops.matmul(x, self.kernel)
        return y if self.activation is None else self.activation(y)
