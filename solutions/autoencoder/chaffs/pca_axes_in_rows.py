# caught by: subspaces/orthonormal-columns
# The axes are rows, as the decomposition returns them.

# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean(axis=0)
    rows = np.linalg.svd(x - mean, full_matrices=False)[2]
    return mean, rows[:dim]
