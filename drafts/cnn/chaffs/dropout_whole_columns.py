# caught by: dropout/each-number-by-itself
# One mask for all examples of the batch.

# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x
    kept = np.random.default_rng(seed).random(tuple(x.shape)[1:]) >= rate
    return x * tensor(kept) / (1.0 - rate)
