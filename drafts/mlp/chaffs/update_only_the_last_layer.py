# caught by: backpropagation/update
# Returns v and v0 as they were.

# %% solution="update"
def update(weights, corrections):
    v, v0, w, w0 = weights
    _, _, dw, dw0 = corrections
    return v, v0, w + dw, w0 + dw0
