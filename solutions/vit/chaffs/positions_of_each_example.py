# caught by: positions/learned-table, positions/learned-added
# Every example of the batch has positions of its own.

# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(
            shape=tuple(input_shape),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
            name="table",
        )

    def call(self, x):
        return x + self.table
