# caught by: learning/finds-the-filter
# Ten steps only.

# %% solution="learn_filter"
def learn_filter(image, target, size):
    image, target = ops.convert_to_numpy(image), ops.convert_to_numpy(target)
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    kernel = np.zeros((size, size))
    for _ in range(10):
        errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
        slopes = 2 * np.einsum("ij,ijkl->kl", errors, windows) / errors.size
        kernel = kernel - 2 / size**2 * slopes
    return kernel
