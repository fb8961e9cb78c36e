# caught by: learning/gradient-factor, learning/finds-the-filter
# Target minus answer, without the minus of the inner derivative.

# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = map(ops.convert_to_numpy, (image, target, kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = target - np.einsum("ijkl,kl->ij", windows, kernel)
    return 2 * np.einsum("ij,ijkl->kl", errors, windows) / errors.size
