# caught by: permutation/order-changed-on-both-sides, permutation/largest-difference
# Undoes the order after the layer once more.

# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    before = layer(permute_tokens(x, order))
    after = permute_tokens(layer(x), ops.argsort(order))
    return ops.max(ops.abs(before - after))
