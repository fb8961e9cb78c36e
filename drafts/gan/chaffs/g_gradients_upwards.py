# caught by: gradients/non-saturating
# 1 - s in place of s - 1.

# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    real = ops.sigmoid(fake_logits)
    return -real / len(fake_logits), (1.0 - real) / len(fake_logits)
