# caught by: guidance/combination
# Forgets to add the noise without a label.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform < drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, ops.full((len(x_t),), null, dtype="int32"))
    return guidance * (denoiser(x_t, t, labels) - without)
