# caught by: loss/a-step-per-example
# Draws one step for all examples.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return np.full(shape[0], rng.integers(0, steps)), rng.normal(size=shape)
