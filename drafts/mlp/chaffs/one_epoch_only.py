# caught by: minibatches/each-example-once-per-epoch
# The return stands inside the loop over epochs.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            weights = step(weights, x[batch], targets[batch])
        return weights
