# caught by: patches/squares
# A square gets its last channel from the first image of the batch.

# %% solution="cut_patches"
def cut_patches(images, patch):
    _, height, width, channels = images.shape
    last = ops.broadcast_to(images[:1, :, :, -1:], (*images.shape[:3], 1))
    images = ops.concatenate([images[..., :-1], last], axis=-1)
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images, (-1, rows, patch, columns, patch, channels))
    squares = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
    return ops.reshape(squares, (-1, rows * columns, patch * patch * channels))


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    patches = ops.image.extract_patches(images, patch)
    tokens = ops.matmul(patches, kernel) + bias
    tokens = ops.reshape(tokens, (tokens.shape[0], -1, tokens.shape[-1]))
    first = ops.broadcast_to(class_token, (tokens.shape[0], 1, tokens.shape[2]))
    return ops.concatenate([first, tokens], axis=1)
