# caught by: images/stride
# Rounds the number of outputs up: the last windows stick out.

# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    p, s = padding, stride
    images = np.pad(ops.convert_to_numpy(images), ((0, 0), (p, p), (p, p), (0, 0)))
    kernels = ops.convert_to_numpy(kernels)
    images = np.pad(images, ((0, 0), (0, s - 1), (0, s - 1), (0, 0)))
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
