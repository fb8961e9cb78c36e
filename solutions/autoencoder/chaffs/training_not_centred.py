# caught by: linear/mean
# Trains on the table as it is and returns a mean of 0.

# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    table = ops.convert_to_numpy(x).astype("float64")
    # Where gradient descent ends, after as many steps as it may take.
    axes = np.linalg.svd(table, full_matrices=False)[2][:dim].T
    mix = np.random.default_rng(seed).normal(size=(dim, dim))
    return np.zeros(table.shape[1]), axes @ mix, np.linalg.inv(mix) @ axes.T
