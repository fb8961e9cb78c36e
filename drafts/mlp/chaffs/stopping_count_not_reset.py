# caught by: training/patience-starts-anew
# Counts all epochs without improvement, not those in a row.

# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    best, smallest = None, np.inf
    epochs = waited = 0
    while epochs < most_epochs and waited < patience:
        weights = epoch(weights)
        loss = validation_loss(weights)
        epochs += 1
        if loss < smallest:
            best, smallest = copy.deepcopy(weights), loss
        else:
            waited += 1
    return best, epochs
