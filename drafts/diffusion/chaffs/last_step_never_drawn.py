# caught by: loss/all-steps-equally-likely
# The upper end of rng.integers is left out anyway.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return rng.integers(0, steps - 1, shape[0]), rng.normal(size=shape)
