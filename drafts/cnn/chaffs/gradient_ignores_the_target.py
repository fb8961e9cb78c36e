# caught by: learning/gradient, learning/finds-the-filter
# The slope of the mean of H squared.

# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = map(ops.convert_to_numpy, (image, target, kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = np.einsum("ijkl,kl->ij", windows, kernel)
    return 2 * np.einsum("ij,ijkl->kl", errors, windows) / errors.size
