# caught by: softmax/sums-over-the-last-axis
# Axis 1 is the last one only for inputs with two axes.

# %% solution="softmax"
def softmax(logits):
    exponentials = ops.exp(logits - ops.max(logits, axis=1, keepdims=True))
    return exponentials / ops.sum(exponentials, axis=1, keepdims=True)
