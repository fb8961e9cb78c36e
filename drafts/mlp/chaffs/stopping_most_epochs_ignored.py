# caught by: training/most-epochs
# Goes on as long as the loss improves.

# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    best, smallest = None, np.inf
    epochs = waited = 0
    while waited < patience:
        weights = epoch(weights)
        loss = validation_loss(weights)
        epochs, waited = epochs + 1, waited + 1
        if loss < smallest:
            best, smallest, waited = copy.deepcopy(weights), loss, 0
    return best, epochs
