# caught by: linear/mean
# Trains on the table as it is and returns a mean of 0.

# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    table = ops.convert_to_numpy(x).astype("float64")
    d = table.shape[1]
    mean = np.zeros(d)
    rows = table
    rng = np.random.default_rng(seed)
    encoder, decoder = rng.normal(0, 0.3, (d, dim)), rng.normal(0, 0.3, (dim, d))
    rate = 0.02
    for _ in range(4000):
        d_encoder, d_decoder = gradients(encoder, decoder, rows)
        encoder, decoder = encoder - rate * d_encoder, decoder - rate * d_decoder
    return mean, encoder, decoder
