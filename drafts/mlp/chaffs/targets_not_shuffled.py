# caught by: minibatches/x-and-targets-together
# Shuffles x and leaves the targets in their stored order.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            weights = step(weights, x[batch], targets[start : start + batch_size])
    return weights
