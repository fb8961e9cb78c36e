# caught by: guidance/batch-of-null
# One number in place of a batch.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform < drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, null)
    return without + guidance * (denoiser(x_t, t, labels) - without)
