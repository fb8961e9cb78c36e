# caught by: pooling/max, pooling/average, pooling/stride, pooling/what-fills-no-window
# Calls the layers that are not allowed.

# %% solution="pooling"
def max_pool(images, size, stride):
    return keras.layers.MaxPooling2D(size, stride)(images)


def average_pool(images, size, stride):
    return keras.layers.AveragePooling2D(size, stride)(images)
