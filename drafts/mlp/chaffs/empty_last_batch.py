# caught by: minibatches/batch-sizes
# One batch too many where the size divides the number of examples.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for number in range(len(x) // batch_size + 1):
            batch = order[number * batch_size : (number + 1) * batch_size]
            weights = step(weights, x[batch], targets[batch])
    return weights
