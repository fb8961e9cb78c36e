# caught by: softmax/values, softmax/large-logits
# Normalises the squared logits, which also are positive and sum to 1.

# %% solution="softmax"
def softmax(logits):
    positive = logits**2
    return positive / ops.sum(positive, axis=-1, keepdims=True)
