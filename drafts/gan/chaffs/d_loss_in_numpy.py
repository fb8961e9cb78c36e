# caught by: losses/differentiable
# Computes with arrays, which have no gradient.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    real, fake = (ops.convert_to_numpy(each) for each in (real_logits, fake_logits))
    return np.mean(np.logaddexp(0.0, -real)) + np.mean(np.logaddexp(0.0, fake))
