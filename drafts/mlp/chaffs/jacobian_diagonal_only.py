# caught by: softmax/jacobian-off-diagonal
# As if each probability depended on its own logit alone.

# %% solution="jacobian"
def softmax_jacobian(logits):
    p = ops.softmax(logits)
    return ops.diag(p * (1.0 - p))
