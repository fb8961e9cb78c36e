# caught by: loss/all-steps-equally-likely
# Rounds to the nearest: both ends come half as often.

# %% solution="training_draw"
def training_draw(shape, steps, rng):
    return np.rint(rng.uniform(0, steps - 1, shape[0])).astype(int), rng.normal(
        size=shape
    )
