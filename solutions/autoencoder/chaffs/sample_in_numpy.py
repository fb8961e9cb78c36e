# caught by: latent/gradients-of-the-sample
# Right values, made by NumPy: no gradient passes.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    mean, log_variance, noise = map(ops.convert_to_numpy, (mean, log_variance, noise))
    return ops.convert_to_tensor(mean + np.exp(0.5 * log_variance) * noise)
