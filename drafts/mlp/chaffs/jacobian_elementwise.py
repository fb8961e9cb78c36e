# caught by: softmax/jacobian-diagonal, softmax/jacobian-off-diagonal
# p (1 - p) of each element: no matrix at all.

# %% solution="jacobian"
def softmax_jacobian(logits):
    p = ops.softmax(logits)
    return p * (1.0 - p)
