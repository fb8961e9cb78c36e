# caught by: softmax/batch-mean
# log_p[:, labels] takes every label for every row.

# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    logits, labels = ops.convert_to_numpy(logits), ops.convert_to_numpy(labels)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[:, labels])
