# caught by: guidance/dropped-labels
# Dropped labels become 0, which is a class.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform < drop, 0, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, ops.full((len(x_t),), null, dtype="int32"))
    return without + guidance * (denoiser(x_t, t, labels) - without)
