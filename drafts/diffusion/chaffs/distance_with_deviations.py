# caught by: schedules/distance-of-one-number
# Takes the standard deviation for the variance.

# %% solution="alpha_bars"
def alpha_bars(betas):
    return ops.cumprod(1.0 - betas)


def distance_to_noise(x_0, alpha_bar):
    kept = alpha_bar[-1]
    spread = ops.sqrt(1.0 - kept)
    each = 0.5 * (kept * x_0**2 + spread - 1.0 - ops.log(spread))
    return ops.mean(ops.sum(each, axis=1))
