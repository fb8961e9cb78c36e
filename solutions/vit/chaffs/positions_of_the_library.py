# caught by: positions/learned-table, positions/learned-added
# Hands in the layer of the library, which the rules forbid.

# %% solution="learned_positions"
class LearnedPositions(kerasdl.layers.LearnedPositions):
    pass
