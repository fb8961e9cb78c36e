# caught by: permutation/order-changed-on-both-sides, permutation/largest-difference
# Measures invariance: the result keeps its order.

# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    before = layer(permute_tokens(x, order))
    after = layer(x)
    return ops.max(ops.abs(before - after))
