# caught by: guidance/dropped-labels
# One number decides for the whole batch.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform[0] < drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, ops.full((len(x_t),), null, dtype="int32"))
    return without + guidance * (denoiser(x_t, t, labels) - without)
