# caught by: patches/order-of-pixels
# Flattens each patch column by column.

# %% solution="cut_patches"
def cut_patches(images, patch):
    _, height, width, channels = images.shape
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images, (-1, rows, patch, columns, patch, channels))
    squares = ops.transpose(cut, (0, 1, 3, 4, 2, 5))
    return ops.reshape(squares, (-1, rows * columns, patch * patch * channels))
