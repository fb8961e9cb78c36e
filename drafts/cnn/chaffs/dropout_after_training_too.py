# caught by: dropout/after-training
# Drops whatever `training` is.

# %% solution="dropout"
def dropout(x, rate, training, seed):
    kept = np.random.default_rng(seed).random(tuple(x.shape)) >= rate
    return x * tensor(kept) / (1.0 - rate)
