# caught by: patches/squares, patches/order-of-patches, patches/order-of-pixels
# Cuts the image into strips of neighbouring numbers.

# %% solution="cut_patches"
def cut_patches(images, patch):
    batch, _, _, channels = images.shape
    return ops.reshape(images, (batch, -1, patch * patch * channels))
