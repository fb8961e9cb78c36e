# caught by: learning/gradient, learning/finds-the-filter
# A convolution with the errors: the slopes come in reverse order.

# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = map(ops.convert_to_numpy, (image, target, kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
    gradient = 2 * np.einsum("ij,ijkl->kl", errors, windows) / errors.size
    return gradient[::-1, ::-1]
