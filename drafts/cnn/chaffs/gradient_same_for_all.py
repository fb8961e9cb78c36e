# caught by: learning/gradient, learning/finds-the-filter
# Pairs every error with the pixel at the same place, for each number of the filter.

# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = map(ops.convert_to_numpy, (image, target, kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
    return (
        2
        * np.einsum("ij,ijkl->kl", errors, 0 * windows + windows[:, :, :1, :1])
        / errors.size
    )
