# caught by: linear/encoder-gradient
# The error travels back through the encoder, not through the decoder.

# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    codes = ops.matmul(x, encoder)
    residuals = ops.matmul(codes, decoder) - x
    scale = 2.0 / x.shape[0]
    d_encoder = ops.matmul(ops.transpose(x), ops.matmul(residuals, encoder))
    return scale * d_encoder, scale * ops.matmul(ops.transpose(codes), residuals)
