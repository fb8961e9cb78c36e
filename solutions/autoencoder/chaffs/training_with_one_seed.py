# caught by: linear/other-weights-from-another-seed
# The same start for every seed.

# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    table = ops.convert_to_numpy(x).astype("float64")
    d = table.shape[1]
    mean = table.mean(axis=0)
    rows = table - mean
    rng = np.random.default_rng(0)
    encoder, decoder = rng.normal(0, 0.3, (d, dim)), rng.normal(0, 0.3, (dim, d))
    rate = 0.15
    for _ in range(600):
        d_encoder, d_decoder = gradients(encoder, decoder, rows)
        encoder, decoder = encoder - rate * d_encoder, decoder - rate * d_decoder
    return mean, encoder, decoder
