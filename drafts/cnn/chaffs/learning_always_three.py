# caught by: learning/size
# Has 3 x 3 written in, and cuts the target to fit.

# %% solution="learn_filter"
def learn_filter(image, target, size):
    rows, columns = image.shape[0] - 2, image.shape[1] - 2
    size, target = 3, target[:rows, :columns]
    image, target = ops.convert_to_numpy(image), ops.convert_to_numpy(target)
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    windows = windows[: len(target), : target.shape[1]]
    kernel = np.zeros((size, size))
    for _ in range(500):
        errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
        slopes = 2 * np.einsum("ij,ijkl->kl", errors, windows) / errors.size
        kernel = kernel - 2 / size**2 * slopes
    return kernel
