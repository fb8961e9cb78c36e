# caught by: positions/learned-table, positions/learned-added
# The layer is not answered yet.

# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def build(self, input_shape):
        raise NotImplementedError()

    def call(self, x):
        raise NotImplementedError()
