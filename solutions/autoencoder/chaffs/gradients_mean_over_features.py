# caught by: linear/sign-and-mean
# The mean over the features, too, as of Keras's mse.

# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    codes = ops.matmul(x, encoder)
    residuals = ops.matmul(codes, decoder) - x
    scale = 2.0 / (x.shape[0] * x.shape[1])
    back = ops.matmul(residuals, ops.transpose(decoder))
    d_decoder = ops.matmul(ops.transpose(codes), residuals)
    return scale * ops.matmul(ops.transpose(x), back), scale * d_decoder
