# caught by: schedules/alpha-bars
# The running product of the betas themselves.

# %% solution="alpha_bars"
def alpha_bars(betas):
    return ops.cumprod(betas)


def distance_to_noise(x_0, alpha_bar):
    kept = alpha_bar[-1]
    each = 0.5 * (kept * x_0**2 - kept - ops.log(1.0 - kept))
    return ops.mean(ops.sum(each, axis=1))
