# caught by: dropout/share
# Takes `rate` for the probability of staying, consistently.

# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x
    kept = np.random.default_rng(seed).random(tuple(x.shape)) < rate
    return x * tensor(kept) / rate
