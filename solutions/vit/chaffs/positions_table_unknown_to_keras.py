# caught by: positions/learned-table
# An array is no weight: Keras cannot train it.

# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def build(self, input_shape):
        self.table = tensor(np.random.normal(size=tuple(input_shape[1:])))

    def call(self, x):
        return x + self.table
