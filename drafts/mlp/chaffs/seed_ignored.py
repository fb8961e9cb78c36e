# caught by: minibatches/seed
# Draws the orders from a generator without the seed.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng()
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            weights = step(weights, x[batch], targets[batch])
    return weights
