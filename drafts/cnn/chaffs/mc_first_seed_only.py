# caught by: dropout/a-draw-for-each-seed
# Every draw has the same seed: there is no spread.

# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.stack([ops.convert_to_numpy(predict(x, seeds[0])) for seed in seeds])
    return draws.mean(axis=0), draws.std(axis=0)
