# caught by: permutation/largest-difference
# Takes the largest signed difference.

# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    before = layer(permute_tokens(x, order))
    after = permute_tokens(layer(x), order)
    return ops.max(before - after)
