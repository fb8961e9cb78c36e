# caught by: guidance/batch-of-null
# Asks with class 0 in place of no label.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform < drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, ops.zeros((len(x_t),), dtype="int32"))
    return without + guidance * (denoiser(x_t, t, labels) - without)
