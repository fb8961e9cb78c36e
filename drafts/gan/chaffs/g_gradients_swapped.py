# caught by: gradients/saturating, gradients/non-saturating
# The non-saturating one first.

# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    real = ops.sigmoid(fake_logits)
    return (real - 1.0) / len(fake_logits), -real / len(fake_logits)
