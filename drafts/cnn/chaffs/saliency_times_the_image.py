# caught by: saliency/gradient-of-the-class, saliency/largest-channel
# Gradient times pixel.

# %% solution="saliency"
def saliency(score, image, label):
    slopes = autodiff.grad(lambda x: score(x[None])[0, label])(image)
    return ops.max(ops.abs(slopes * image), axis=-1)
