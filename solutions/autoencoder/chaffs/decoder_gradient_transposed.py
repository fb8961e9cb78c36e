# caught by: linear/decoder-gradient
# The decoder's gradient has the shape of the encoder.

# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    codes = ops.matmul(x, encoder)
    residuals = ops.matmul(codes, decoder) - x
    scale = 2.0 / x.shape[0]
    back = ops.matmul(residuals, ops.transpose(decoder))
    d_decoder = ops.matmul(ops.transpose(residuals), codes)
    return scale * ops.matmul(ops.transpose(x), back), scale * d_decoder
