# caught by: subspaces/largest-variance
# Keeps the axes of smallest variance.

# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean(axis=0)
    rows = np.linalg.svd(x - mean, full_matrices=False)[2]
    return mean, rows[-dim:].T
