# caught by: softmax/jacobian-off-diagonal
# Forgets the minus off the diagonal.

# %% solution="jacobian"
def softmax_jacobian(logits):
    p = ops.softmax(logits)
    return ops.outer(p, p) + ops.diag(p - 2.0 * p * p)
