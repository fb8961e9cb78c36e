# caught by: signals/convolution-length
# Leaves out the places where the kernel overlaps in part.

# %% solution="convolve"
def convolve(signal, kernel):
    signal, kernel = ops.convert_to_numpy(signal), ops.convert_to_numpy(kernel)
    y = np.zeros(len(signal) + len(kernel) - 1)
    for k, factor in enumerate(kernel):
        y[k : k + len(signal)] += factor * signal
    return y[len(kernel) - 1 : len(signal)]
