# caught by: permutation/tokens
# Token t goes to place order[t], which is the inverse order.

# %% solution="permute_tokens"
def permute_tokens(x, order):
    return ops.take(x, ops.argsort(order), axis=1)
