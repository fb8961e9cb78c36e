# caught by: softmax/jacobian-diagonal, softmax/jacobian-off-diagonal
# Puts the logits where p belongs.

# %% solution="jacobian"
def softmax_jacobian(logits):
    return ops.diag(logits) - ops.outer(logits, logits)
