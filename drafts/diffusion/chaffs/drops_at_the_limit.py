# caught by: guidance/dropped-labels
# Replaces where the number equals the limit, too: at most in place of below.

# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return ops.where(uniform <= drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    without = denoiser(x_t, t, ops.full((len(x_t),), null, dtype="int32"))
    return without + guidance * (denoiser(x_t, t, labels) - without)
