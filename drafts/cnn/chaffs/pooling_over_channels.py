# caught by: pooling/max, pooling/average
# One number for all channels.

# %% solution="pooling"
def windows_of(images, size, stride):
    images = ops.convert_to_numpy(images)
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), (1, 2))
    chosen = windows[:, ::stride, ::stride]
    return np.broadcast_to(chosen.max(axis=3, keepdims=True), chosen.shape)


def max_pool(images, size, stride):
    return windows_of(images, size, stride).max(axis=(-2, -1))


def average_pool(images, size, stride):
    return windows_of(images, size, stride).mean(axis=(-2, -1))
