# caught by: pooling/adaptive-size, pooling/adaptive-means, pooling/adaptive-bins
# The mean of the whole image, whatever `bins` is.

# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    images = ops.convert_to_numpy(images)
    return averages(averages(images, 1, axis=1), 1, axis=2)


def averages(images, bins, axis):
    length = images.shape[axis]
    parts = []
    for i in range(bins):
        start, end = i * length // bins, -(-(i + 1) * length // bins)
        parts.append(np.take(images, range(start, end), axis).mean(axis))
    return np.stack(parts, axis)
