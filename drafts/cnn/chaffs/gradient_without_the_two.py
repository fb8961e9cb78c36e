# caught by: learning/gradient-factor
# Forgets the 2 of the square.

# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = map(ops.convert_to_numpy, (image, target, kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
    return np.einsum("ij,ijkl->kl", errors, windows) / errors.size
