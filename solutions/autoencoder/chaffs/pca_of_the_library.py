# caught by: subspaces/mean, subspaces/orthonormal-columns, subspaces/largest-variance, subspaces/largest-first
# The library's function, under another name.

# %% solution="pca"
from kerasdl.subspaces import pca as library_axes


def pca(x, dim):
    return library_axes(ops.convert_to_numpy(x), dim)
