# caught by: loss/noise-for-every-number
# One noise for all examples.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return rng.integers(0, steps, shape[0]), np.broadcast_to(
        rng.normal(size=shape[1:]), shape
    )
