# caught by: images/sums-over-windows
# Rows of the kernel are applied along the columns of the image.

# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    p, s = padding, stride
    images = np.pad(ops.convert_to_numpy(images), ((0, 0), (p, p), (p, p), (0, 0)))
    kernels = np.swapaxes(ops.convert_to_numpy(kernels), 0, 1)
    size = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(images, size, axis=(1, 2))
    return np.einsum("bijckl,klcf->bijf", windows[:, ::s, ::s], kernels)
