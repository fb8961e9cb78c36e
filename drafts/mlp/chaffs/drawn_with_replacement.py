# caught by: minibatches/each-example-once-per-epoch
# Draws each batch at random: some examples come twice, some never.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            size = min(batch_size, len(x) - start)
            batch = rng.integers(0, len(x), size)
            weights = step(weights, x[batch], targets[batch])
    return weights
