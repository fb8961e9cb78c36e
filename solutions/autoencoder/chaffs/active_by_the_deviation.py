# caught by: generation/active-latents
# Compares the standard deviation with the threshold.

# %% solution="active_latents"
def active_latents(means, threshold):
    means = ops.convert_to_numpy(means)
    return int(np.sum(np.std(means, axis=0) > threshold))
