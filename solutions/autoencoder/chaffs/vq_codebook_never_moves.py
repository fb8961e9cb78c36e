# caught by: vq/codebook-gradient
# The codes are held in both terms.

# %% solution="vq_loss"
def vq_loss(z, codebook, numbers, beta):
    chosen = ops.take(codebook, numbers, axis=0)
    codebook_term = ops.sum(ops.square(ops.stop_gradient(z - chosen)), axis=-1)
    commitment = ops.sum(ops.square(z - ops.stop_gradient(chosen)), axis=-1)
    return ops.mean(codebook_term) + beta * ops.mean(commitment)
