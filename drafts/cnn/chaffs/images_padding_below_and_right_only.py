# caught by: images/padding
# All zeros at the end of rows and columns.

# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    p, s = padding, stride
    images = np.pad(
        ops.convert_to_numpy(images), ((0, 0), (0, 2 * p), (0, 2 * p), (0, 0))
    )
    kernels = ops.convert_to_numpy(kernels)
    rows = (images.shape[1] - kernels.shape[0]) // s + 1
    columns = (images.shape[2] - kernels.shape[1]) // s + 1
    y = np.zeros((len(images), rows, columns, kernels.shape[3]))
    for i in range(rows):
        for j in range(columns):
            window = images[:, i * s :, j * s :][
                :, : kernels.shape[0], : kernels.shape[1]
            ]
            y[:, i, j] = np.tensordot(window, kernels, 3)
    return y
