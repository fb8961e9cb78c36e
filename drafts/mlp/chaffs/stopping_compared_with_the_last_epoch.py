# caught by: training/best-weights, training/patience-starts-anew
# Compares with the epoch before, not with the best.

# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    best, last = None, np.inf
    epochs = waited = 0
    while epochs < most_epochs and waited < patience:
        weights = epoch(weights)
        loss = validation_loss(weights)
        epochs, waited = epochs + 1, waited + 1
        if loss < last:
            best, waited = copy.deepcopy(weights), 0
        last = loss
    return best, epochs
