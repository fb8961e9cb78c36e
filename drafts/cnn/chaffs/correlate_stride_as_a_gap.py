# caught by: signals/stride
# Takes every s-th number of the signal, inside of the window (dilation).

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal), padding)
    kernel = ops.convert_to_numpy(kernel)
    reach = stride * (len(kernel) - 1) + 1
    starts = range(len(signal) - reach + 1)
    return np.array([np.sum(kernel * signal[n : n + reach : stride]) for n in starts])
