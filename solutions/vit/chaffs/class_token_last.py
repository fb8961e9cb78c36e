# caught by: patches/class-token
# The class token stands behind the patches.

# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    tokens = ops.matmul(cut_patches(images, patch), kernel) + bias
    first = ops.broadcast_to(class_token, (tokens.shape[0], 1, tokens.shape[2]))
    return ops.concatenate([tokens, first], axis=1)
