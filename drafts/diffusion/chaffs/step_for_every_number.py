# caught by: loss/a-step-per-example
# Draws a step for each number of an example.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return rng.integers(0, steps, shape), rng.normal(size=shape)
