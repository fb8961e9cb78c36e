# caught by: batch_norm/inference
# Normalises with the batch that it gets.

# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    axes = tuple(range(len(x.shape) - 1))
    mean = ops.mean(x, axis=axes)
    variance = ops.mean((x - mean) ** 2, axis=axes)
    scaled = (x - mean) / ops.sqrt(variance + epsilon)
    return gamma * scaled + beta
