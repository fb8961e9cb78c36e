# caught by: minibatches/x-and-targets-together
# Shuffles x and the targets with two orders.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        x_shuffled, t_shuffled = rng.permutation(x), rng.permutation(targets)
        for start in range(0, len(x), batch_size):
            stop = start + batch_size
            weights = step(weights, x_shuffled[start:stop], t_shuffled[start:stop])
    return weights
