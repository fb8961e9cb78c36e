# caught by: guidance/combination
# Starts from the labelled noise and goes the other way.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform < drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, ops.full((len(x_t),), null, dtype="int32"))
    return guidance * without + (1.0 - guidance) * denoiser(x_t, t, labels)
