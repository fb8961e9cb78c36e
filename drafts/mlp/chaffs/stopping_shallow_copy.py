# caught by: training/copy-of-the-weights
# Copies the list, but not the arrays in it.

# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    best, smallest = None, np.inf
    epochs = waited = 0
    while epochs < most_epochs and waited < patience:
        weights = epoch(weights)
        loss = validation_loss(weights)
        epochs, waited = epochs + 1, waited + 1
        if loss < smallest:
            best, smallest, waited = list(weights), loss, 0
    return best, epochs
