# caught by: signals/sums-of-products, signals/stride, signals/padding
# Calls the function that is not allowed.

# %% solution="correlate"
from numpy import correlate as slide


def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal), padding)
    return slide(signal, ops.convert_to_numpy(kernel), "valid")[::stride]
