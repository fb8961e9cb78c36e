# caught by: vq/perplexity
# The entropy, not its exponential.

# %% solution="perplexity"
def perplexity(numbers, codes):
    counts = np.bincount(ops.convert_to_numpy(numbers).ravel(), minlength=codes)
    p = counts / counts.sum()
    p = p[p > 0]
    return -np.sum(p * np.log(p))
