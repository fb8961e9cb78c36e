# caught by: subspaces/largest-first
# The right axes in the ascending order of eigh.

# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean(axis=0)
    vectors = np.linalg.eigh(np.cov(x.T))[1]
    return mean, vectors[:, -dim:]
