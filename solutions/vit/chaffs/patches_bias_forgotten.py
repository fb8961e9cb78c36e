# caught by: patches/projection
# Makes tokens without the bias.

# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    tokens = ops.matmul(cut_patches(images, patch), kernel)
    first = ops.broadcast_to(class_token, (tokens.shape[0], 1, tokens.shape[2]))
    return ops.concatenate([first, tokens], axis=1)
