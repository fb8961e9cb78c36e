# caught by: vq/unused-codes
# The logarithm of 0 makes it NaN.

# %% solution="perplexity"
def perplexity(numbers, codes):
    counts = np.bincount(ops.convert_to_numpy(numbers).ravel(), minlength=codes)
    p = counts / counts.sum()
    return np.exp(-np.sum(p * np.log(p)))
