# caught by: signals/padding
# Takes the argument and does nothing with it.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = ops.convert_to_numpy(signal)
    kernel = ops.convert_to_numpy(kernel)
    starts = range(0, len(signal) - len(kernel) + 1, stride)
    return np.array([np.sum(kernel * signal[n : n + len(kernel)]) for n in starts])
