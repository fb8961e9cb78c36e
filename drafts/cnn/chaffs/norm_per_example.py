# caught by: batch_norm/normalised
# Normalises every example by itself, as layer normalisation does.

# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    axes = tuple(range(len(x.shape) - 1))
    mean = ops.mean(x, axis=axes)
    variance = ops.mean((x - mean) ** 2, axis=axes)
    own = tuple(range(1, len(x.shape)))
    centre = ops.mean(x, axis=own, keepdims=True)
    spread = ops.mean((x - centre) ** 2, axis=own, keepdims=True)
    y = gamma * (x - centre) / ops.sqrt(spread + epsilon) + beta
    return (
        y,
        momentum * running_mean + (1.0 - momentum) * mean,
        momentum * running_variance + (1.0 - momentum) * variance,
    )
