# caught by: signals/sums-of-products
# Convolution in the place of correlation.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal), padding)
    kernel = ops.convert_to_numpy(kernel)[::-1]
    starts = range(0, len(signal) - len(kernel) + 1, stride)
    return np.array([np.sum(kernel * signal[n : n + len(kernel)]) for n in starts])
