# caught by: training/patience
# Stops one epoch before the patience is used up.

# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    best, smallest = None, np.inf
    epochs = waited = 0
    while epochs < most_epochs and waited < patience - 1:
        weights = epoch(weights)
        loss = validation_loss(weights)
        epochs, waited = epochs + 1, waited + 1
        if loss < smallest:
            best, smallest, waited = copy.deepcopy(weights), loss, 0
    return best, epochs
