# caught by: signals/convolution-length, signals/convolution-flips
# Calls what is not allowed: a transposed convolution puts copies of the kernel.

# %% solution="convolve"
def convolve(signal, kernel):
    y = ops.conv_transpose(
        ops.reshape(signal, (1, -1, 1)),
        ops.reshape(kernel, (-1, 1, 1)),
        strides=1,
        padding="valid",
        data_format="channels_last",
    )
    return y[0, :, 0]
