# caught by: patches/class-token
# No class token.

# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    tokens = ops.matmul(cut_patches(images, patch), kernel) + bias
    return tokens
