# caught by: batch_norm/epsilon
# Epsilon only in training.

# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    scaled = (x - running_mean) / ops.sqrt(running_variance)
    return gamma * scaled + beta
