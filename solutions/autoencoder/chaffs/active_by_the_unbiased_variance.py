# caught by: generation/biased-variance
# The variance divided by N - 1.

# %% solution="active_latents"
def active_latents(means, threshold):
    variances = np.var(ops.convert_to_numpy(means), axis=0, ddof=1)
    return int(np.sum(variances > threshold))
