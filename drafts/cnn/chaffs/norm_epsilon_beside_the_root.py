# caught by: batch_norm/epsilon
# Adds epsilon to the standard deviation.

# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    axes = tuple(range(len(x.shape) - 1))
    mean = ops.mean(x, axis=axes)
    variance = ops.mean((x - mean) ** 2, axis=axes)
    y = gamma * (x - mean) / (ops.sqrt(variance) + epsilon) + beta
    return (
        y,
        momentum * running_mean + (1.0 - momentum) * mean,
        momentum * running_variance + (1.0 - momentum) * variance,
    )
