# caught by: signals/sums-of-products
# Off by one: N - K places instead of N - K + 1.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal), padding)
    kernel = ops.convert_to_numpy(kernel)
    starts = range(0, len(signal) - len(kernel), stride)
    return np.array([np.sum(kernel * signal[n : n + len(kernel)]) for n in starts])
