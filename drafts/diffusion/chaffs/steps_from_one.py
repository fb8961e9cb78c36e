# caught by: loss/all-steps-equally-likely
# Counts from 1 as papers do.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return rng.integers(1, steps + 1, shape[0]), rng.normal(size=shape)
