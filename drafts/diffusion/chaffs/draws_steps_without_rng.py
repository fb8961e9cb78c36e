# caught by: loss/draws-from-rng
# Draws the noise from rng, the steps from a generator of its own.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return np.random.randint(0, steps, shape[0]), rng.normal(size=shape)
