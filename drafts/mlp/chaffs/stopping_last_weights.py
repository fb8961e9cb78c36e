# caught by: training/best-weights
# Keeps the smallest loss and returns the last weights, as the lecture's code does.

# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    smallest = np.inf
    epochs = waited = 0
    while epochs < most_epochs and waited < patience:
        weights = epoch(weights)
        loss = validation_loss(weights)
        epochs, waited = epochs + 1, waited + 1
        if loss < smallest:
            smallest, waited = loss, 0
    return weights, epochs
