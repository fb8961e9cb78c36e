# caught by: dropout/mean-of-draws
# One mean for all examples, not one for each.

# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.stack([ops.convert_to_numpy(predict(x, seed)) for seed in seeds])
    mean = np.broadcast_to(draws.mean(axis=(0, 1)), draws.shape[1:])
    return mean, draws.std(axis=0)
