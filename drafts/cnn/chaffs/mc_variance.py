# caught by: dropout/spread-of-draws
# Forgets the root.

# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.stack([ops.convert_to_numpy(predict(x, seed)) for seed in seeds])
    return draws.mean(axis=0), draws.var(axis=0)
