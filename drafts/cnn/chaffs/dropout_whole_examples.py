# caught by: dropout/each-number-by-itself
# Drops whole rows.

# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x
    kept = np.random.default_rng(seed).random((x.shape[0], 1)) >= rate
    return x * tensor(kept) / (1.0 - rate)
