# caught by: pooling/adaptive-bins
# Cuts the columns by the height, as if all images were square.

# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    images = ops.convert_to_numpy(images)
    height = images.shape[1]
    y = np.zeros((len(images), bins, bins, images.shape[3]))
    for i, j in np.ndindex(bins, bins):
        top, bottom = i * height // bins, -(-(i + 1) * height // bins)
        left, right = j * height // bins, -(-(j + 1) * height // bins)
        y[:, i, j] = images[:, top:bottom, left:right].mean(axis=(1, 2))
    return y
