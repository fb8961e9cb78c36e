# caught by: patches/squares, patches/order-of-patches, patches/order-of-pixels
# Loses all channels but the first.

# %% solution="cut_patches"
def cut_patches(images, patch):
    _, height, width, _ = images.shape
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images[..., 0], (-1, rows, patch, columns, patch))
    squares = ops.transpose(cut, (0, 1, 3, 2, 4))
    return ops.reshape(squares, (-1, rows * columns, patch * patch))


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    patches = ops.image.extract_patches(images, patch)
    tokens = ops.matmul(patches, kernel) + bias
    tokens = ops.reshape(tokens, (tokens.shape[0], -1, tokens.shape[-1]))
    first = ops.broadcast_to(class_token, (tokens.shape[0], 1, tokens.shape[2]))
    return ops.concatenate([first, tokens], axis=1)
