# caught by: schedules/sum-over-numbers-mean-over-examples
# The mean over the numbers of an example, too.

# %% solution="alpha_bars"
def alpha_bars(betas):
    return ops.cumprod(1.0 - betas)


def distance_to_noise(x_0, alpha_bar):
    kept = alpha_bar[-1]
    each = 0.5 * (kept * x_0**2 - kept - ops.log(1.0 - kept))
    return ops.mean(each)
