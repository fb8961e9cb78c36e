# caught by: gradients/saturating
# The derivative of the sigmoid: s (1 - s).

# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    real = ops.sigmoid(fake_logits)
    return -real * (1.0 - real) / len(fake_logits), (real - 1.0) / len(fake_logits)
