# caught by: softmax/large-logits
# exp overflows for large logits and gives not-a-number.

# %% solution="softmax"
def softmax(logits):
    exponentials = ops.exp(logits)
    return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
