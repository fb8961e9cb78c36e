# caught by: pooling/what-fills-no-window
# Fills up the last windows, and rounds the size up.

# %% solution="pooling"
def windows_of(images, size, stride):
    images = ops.convert_to_numpy(images)
    more = [(0, (size - side) % stride) for side in images.shape[1:3]]
    images = np.pad(images, [(0, 0), *more, (0, 0)], mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), (1, 2))
    return windows[:, ::stride, ::stride]


def max_pool(images, size, stride):
    return windows_of(images, size, stride).max(axis=(-2, -1))


def average_pool(images, size, stride):
    return windows_of(images, size, stride).mean(axis=(-2, -1))
