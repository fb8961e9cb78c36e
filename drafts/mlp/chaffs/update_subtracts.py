# caught by: backpropagation/update
# Takes the corrections away, as if they were gradients.

# %% solution="update"
def update(weights, corrections):
    return [old - change for old, change in zip(weights, corrections, strict=True)]
