# caught by: softmax/sums-over-the-last-axis
# Forgets the axis, and divides by the sum over the whole batch.

# %% solution="softmax"
def softmax(logits):
    exponentials = ops.exp(logits - ops.max(logits))
    return exponentials / ops.sum(exponentials)
