# caught by: layer/weights, layer/product, layer/activation, layer/random-start
# Keeps plain tensors, which Keras neither trains nor saves.

# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = activation

    def build(self, input_shape):
        self.kernel = 0.1 * keras.random.normal((input_shape[-1], self.units))
        self.bias = ops.zeros(self.units)

    def call(self, x):
        y = ops.matmul(x, self.kernel) + self.bias
        return y if self.activation is None else self.activation(y)
