# caught by: schedules/distance-of-one-number
# Takes alpha_bar of the first step.

# %% solution="alpha_bars"
def alpha_bars(betas):
    return ops.cumprod(1.0 - betas)


def distance_to_noise(x_0, alpha_bar):
    kept = alpha_bar[0]
    each = 0.5 * (kept * x_0**2 - kept - ops.log(1.0 - kept))
    return ops.mean(ops.sum(each, axis=1))
