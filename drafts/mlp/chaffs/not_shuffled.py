# caught by: minibatches/new-order-in-each-epoch
# Goes through the examples in their stored order.

# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            stop = start + batch_size
            weights = step(weights, x[start:stop], targets[start:stop])
    return weights
