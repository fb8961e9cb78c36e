# caught by: gradients/mean-in-the-loss
# Forgets 1 / M.

# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    real = ops.sigmoid(fake_logits)
    return -real, (real - 1.0)
