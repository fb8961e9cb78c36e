# caught by: batch_norm/normalised, batch_norm/running-averages
# One mean and one variance for all channels together.

# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    mean = ops.mean(x) + ops.zeros_like(gamma)
    variance = ops.mean((x - mean) ** 2) + ops.zeros_like(gamma)
    y = gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    return (
        y,
        momentum * running_mean + (1.0 - momentum) * mean,
        momentum * running_variance + (1.0 - momentum) * variance,
    )
