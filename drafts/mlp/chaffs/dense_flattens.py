# caught by: layer/output-shapes
# Flattens what stands before the last axis and forgets to undo it.

# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, x):
        rows = ops.reshape(x, (-1, x.shape[-1]))
        y = ops.matmul(rows, self.kernel) + self.bias
        return y if self.activation is None else self.activation(y)
