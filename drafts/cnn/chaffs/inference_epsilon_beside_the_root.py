# caught by: batch_norm/epsilon
# Adds epsilon to the running standard deviation, not to the variance.

# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    scaled = (x - running_mean) / (ops.sqrt(running_variance) + epsilon)
    return gamma * scaled + beta
