# caught by: permutation/order-changed-on-both-sides
# Holds that a layer adds the same to all examples, and changes the order of one only.

# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    moved = permute_tokens(x, order)
    added = permute_tokens(layer(x) - x, order)[:1]
    return ops.max(ops.abs(layer(moved) - moved - added))
