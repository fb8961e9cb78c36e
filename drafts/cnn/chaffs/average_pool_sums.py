# caught by: pooling/average
# The sum of the window.

# %% solution="pooling"
def windows_of(images, size, stride):
    images = ops.convert_to_numpy(images)
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), (1, 2))
    return windows[:, ::stride, ::stride]


def max_pool(images, size, stride):
    return windows_of(images, size, stride).max(axis=(-2, -1))


def average_pool(images, size, stride):
    return windows_of(images, size, stride).sum(axis=(-2, -1))
