# caught by: linear/span-of-pca, linear/reconstruction, linear/other-weights-from-another-seed
# Starts from zeros, where the gradient is zero.

# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    table = ops.convert_to_numpy(x).astype("float64")
    d = table.shape[1]
    mean = table.mean(axis=0)
    rows = table - mean
    encoder, decoder = np.zeros((d, dim)), np.zeros((dim, d))
    rate = 0.15
    for _ in range(600):
        d_encoder, d_decoder = gradients(encoder, decoder, rows)
        encoder, decoder = encoder - rate * d_encoder, decoder - rate * d_decoder
    return mean, encoder, decoder
