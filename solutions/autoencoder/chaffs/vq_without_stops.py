# caught by: vq/codebook-gradient, vq/commitment-gradient
# Stops no gradient.

# %% solution="vq_loss"
def vq_loss(z, codebook, numbers, beta):
    chosen = ops.take(codebook, numbers, axis=0)
    codebook_term = ops.sum(ops.square(z - chosen), axis=-1)
    commitment = ops.sum(ops.square(z - chosen), axis=-1)
    return ops.mean(codebook_term) + beta * ops.mean(commitment)
