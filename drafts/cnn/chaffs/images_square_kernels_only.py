# caught by: images/sums-over-windows
# Uses the number of rows of the kernel for its columns, too.

# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    p, s = padding, stride
    images = np.pad(ops.convert_to_numpy(images), ((0, 0), (p, p), (p, p), (0, 0)))
    kernels = ops.convert_to_numpy(kernels)
    size = min(kernels.shape[:2])
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), (1, 2))
    square = kernels[:size, :size]
    return np.einsum("bijckl,klcf->bijf", windows[:, ::s, ::s], square)
