# caught by: permutation/order-changed-on-both-sides, permutation/largest-difference
# Compares the result with itself in another order.

# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    before = layer(x)
    after = permute_tokens(layer(x), order)
    return ops.max(ops.abs(before - after))
