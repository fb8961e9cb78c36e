# caught by: minibatches/batch-sizes
# Splits each epoch into equal parts that are larger than batch_size.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for batch in np.array_split(order, len(x) // batch_size):
            weights = step(weights, x[batch], targets[batch])
    return weights
