# caught by: dropout/seeds
# Other numbers in every call.

# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x
    kept = np.random.default_rng().random(tuple(x.shape)) >= rate
    return x * tensor(kept) / (1.0 - rate)
