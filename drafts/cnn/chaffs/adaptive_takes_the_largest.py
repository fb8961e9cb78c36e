# caught by: pooling/adaptive-means
# Adaptive maximum in the place of the mean.

# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    images = ops.convert_to_numpy(images)
    return averages(averages(images, bins, axis=1), bins, axis=2)


def averages(images, bins, axis):
    length = images.shape[axis]
    parts = []
    for i in range(bins):
        start, end = i * length // bins, -(-(i + 1) * length // bins)
        parts.append(np.take(images, range(start, end), axis).max(axis))
    return np.stack(parts, axis)
