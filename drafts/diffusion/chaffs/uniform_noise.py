# caught by: loss/normal-noise
# Noise from [0, 1) in place of N(0, 1).

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return rng.integers(0, steps, shape[0]), rng.random(shape)
