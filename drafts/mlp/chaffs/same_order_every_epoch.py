# caught by: minibatches/new-order-in-each-epoch
# Makes the generator anew in each epoch, from the same seed.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    for _ in range(epochs):
        order = np.random.default_rng(seed).permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            weights = step(weights, x[batch], targets[batch])
    return weights
