# caught by: minibatches/each-example-once-per-epoch
# Only whole batches: the rest of the epoch is lost.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for number in range(len(x) // batch_size):
            batch = order[number * batch_size : (number + 1) * batch_size]
            weights = step(weights, x[batch], targets[batch])
    return weights
