# caught by: patches/order-of-pixels
# Flattens each patch channel by channel.

# %% solution="cut_patches"
def cut_patches(images, patch):
    _, height, width, channels = images.shape
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images, (-1, rows, patch, columns, patch, channels))
    squares = ops.transpose(cut, (0, 1, 3, 5, 2, 4))
    return ops.reshape(squares, (-1, rows * columns, patch * patch * channels))
