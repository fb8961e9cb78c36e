# caught by: patches/squares, patches/order-of-patches, patches/order-of-pixels
# Takes the width for the height, which goes unseen in squares.

# %% solution="cut_patches"
def cut_patches(images, patch):
    _, width, height, channels = images.shape
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images, (-1, rows, patch, columns, patch, channels))
    squares = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
    return ops.reshape(squares, (-1, rows * columns, patch * patch * channels))
