# caught by: pooling/stride, pooling/what-fills-no-window
# Reshapes into blocks: works for windows side by side that fill the image.

# %% solution="pooling"
def blocks(images, size):
    images = ops.convert_to_numpy(images)
    b, h, w, c = images.shape
    return images.reshape(b, h // size, size, w // size, size, c)


def max_pool(images, size, stride):
    return blocks(images, size).max(axis=(2, 4))


def average_pool(images, size, stride):
    return blocks(images, size).mean(axis=(2, 4))
