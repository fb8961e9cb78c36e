# caught by: learning/gradient
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


# %% solution="learn_filter"
def learn_filter(image, target, size):
    image, target = ops.convert_to_numpy(image), ops.convert_to_numpy(target)
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    matrix = windows.reshape(target.size, size * size)
    return np.linalg.lstsq(matrix, target.ravel(), rcond=None)[0].reshape(size, size)
