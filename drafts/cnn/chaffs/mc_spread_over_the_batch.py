# caught by: dropout/spread-of-draws
# How far the examples are from each other, not the draws.

# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.stack([ops.convert_to_numpy(predict(x, seed)) for seed in seeds])
    return draws.mean(axis=0), np.broadcast_to(
        draws.mean(axis=0).std(axis=0), draws.shape[1:]
    )
