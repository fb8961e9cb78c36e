# caught by: positions/learned-added
# Makes a table and never uses it.

# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(
            shape=tuple(input_shape[1:]),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
            name="table",
        )

    def call(self, x):
        return x
