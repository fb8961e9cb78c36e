# caught by: vq/perplexity
# Counts the codes in use, however rarely.

# %% solution="perplexity"
def perplexity(numbers, codes):
    counts = np.bincount(ops.convert_to_numpy(numbers).ravel(), minlength=codes)
    p = counts / counts.sum()
    return np.count_nonzero(p)
