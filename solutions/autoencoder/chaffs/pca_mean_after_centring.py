# caught by: subspaces/mean
# Returns the mean of the centred table, which is 0.

# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    x = x - x.mean(axis=0)
    rows = np.linalg.svd(x, full_matrices=False)[2]
    return x.mean(axis=0), rows[:dim].T
