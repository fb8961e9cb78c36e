# caught by: signals/convolution-flips
# Correlation with zeros at both ends.

# %% solution="convolve"
def convolve(signal, kernel):
    signal, kernel = ops.convert_to_numpy(signal), ops.convert_to_numpy(kernel)
    y = np.zeros(len(signal) + len(kernel) - 1)
    for k, factor in enumerate(kernel[::-1]):
        y[k : k + len(signal)] += factor * signal
    return y
