# caught by: loss/draws-from-rng
# Draws from a generator of its own.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    rng = np.random.default_rng()
    return rng.integers(0, steps, shape[0]), rng.normal(size=shape)
