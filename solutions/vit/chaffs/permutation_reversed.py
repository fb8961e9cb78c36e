# caught by: permutation/tokens
# Turns the tokens round, whatever the order.

# %% solution="permute_tokens"
def permute_tokens(x, order):
    return ops.flip(x, axis=1)
