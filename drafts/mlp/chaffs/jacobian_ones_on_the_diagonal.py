# caught by: softmax/jacobian-diagonal
# Adds the identity in place of the diagonal matrix of p.

# %% solution="jacobian"
def softmax_jacobian(logits):
    p = ops.softmax(logits)
    return ops.eye(p.shape[0]) - ops.outer(p, p)
