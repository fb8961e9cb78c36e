# caught by: positions/learned-table
# One vector for all tokens: nobody knows where it stands.

# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(
            shape=(input_shape[2],),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
            name="table",
        )

    def call(self, x):
        return x + self.table
