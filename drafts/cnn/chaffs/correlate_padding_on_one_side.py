# caught by: signals/padding
# All zeros in front, none at the end.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal), (padding, 0))
    kernel = ops.convert_to_numpy(kernel)
    starts = range(0, len(signal) - len(kernel) + 1, stride)
    return np.array([np.sum(kernel * signal[n : n + len(kernel)]) for n in starts])
