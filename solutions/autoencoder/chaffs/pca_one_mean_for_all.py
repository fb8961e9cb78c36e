# caught by: subspaces/mean, subspaces/largest-variance
# One mean of the whole table, so that columns keep an offset.

# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean()
    rows = np.linalg.svd(x - mean, full_matrices=False)[2]
    return mean * np.ones(x.shape[1]), rows[:dim].T
