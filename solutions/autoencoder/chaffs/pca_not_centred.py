# caught by: subspaces/largest-variance
# Decomposes x without subtracting the mean.

# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    rows = np.linalg.svd(x, full_matrices=False)[2]
    return x.mean(axis=0), rows[:dim].T
