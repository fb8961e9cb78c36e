# caught by: batch_norm/momentum
# Momentum is the share of the new, as some libraries have it.

# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    axes = tuple(range(len(x.shape) - 1))
    mean = ops.mean(x, axis=axes)
    variance = ops.mean((x - mean) ** 2, axis=axes)
    y = gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    return (
        y,
        (1.0 - momentum) * running_mean + momentum * mean,
        (1.0 - momentum) * running_variance + momentum * variance,
    )
