# caught by: vq/perplexity
# The entropy in bits, but e to its power.

# %% solution="perplexity"
def perplexity(numbers, codes):
    counts = np.bincount(ops.convert_to_numpy(numbers).ravel(), minlength=codes)
    p = counts / counts.sum()
    p = p[p > 0]
    return np.exp(-np.sum(p * np.log2(p)))
