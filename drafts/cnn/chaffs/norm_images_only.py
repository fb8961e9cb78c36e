# caught by: batch_norm/two-axes
# The axes, or dimensions, of images are written in.

# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    axes = (0, 1, 2)
    mean = ops.mean(x, axis=axes)
    variance = ops.mean((x - mean) ** 2, axis=axes)
    y = gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    return (
        y,
        momentum * running_mean + (1.0 - momentum) * mean,
        momentum * running_variance + (1.0 - momentum) * variance,
    )
