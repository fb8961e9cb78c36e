# caught by: dropout/spread-of-draws
# The error of the mean, which shrinks with more draws, not the spread.

# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.stack([ops.convert_to_numpy(predict(x, seed)) for seed in seeds])
    return draws.mean(axis=0), draws.std(axis=0) / np.sqrt(len(seeds))
