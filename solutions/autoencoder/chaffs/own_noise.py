# caught by: latent/mean, latent/standard-deviation, latent/gradients-of-the-sample
# Draws its own noise.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    drawn = keras.random.normal(ops.shape(mean))
    return mean + ops.exp(0.5 * log_variance) * drawn
