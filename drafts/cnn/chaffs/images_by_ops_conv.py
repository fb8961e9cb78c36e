# caught by: images/sums-over-windows, images/stride, images/padding, images/channels-are-summed, images/filters-stay-apart
# Calls what is not allowed, behind an alias.

# %% solution="correlate_images"
conv = keras.ops.conv


def correlate_images(images, kernels, stride=1, padding=0):
    sides = [[0, 0], [padding, padding], [padding, padding], [0, 0]]
    padded = ops.pad(images, sides)
    return conv(padded, kernels, stride, "valid", data_format="channels_last")
