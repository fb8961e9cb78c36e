# caught by: dropout/after-training
# Multiplies by 1 - rate afterwards, on top of the scaling in training.

# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x * (1.0 - rate)
    kept = np.random.default_rng(seed).random(tuple(x.shape)) >= rate
    return x * tensor(kept) / (1.0 - rate)
