# caught by: permutation/largest-difference
# Averages the differences.

# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    before = layer(permute_tokens(x, order))
    after = permute_tokens(layer(x), order)
    return ops.mean(ops.abs(before - after))
