# caught by: gradients/non-saturating
# Takes both losses for the same one.

# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    real = ops.sigmoid(fake_logits)
    return -real / len(fake_logits), -real / len(fake_logits)
