# caught by: saliency/gradient-of-the-class, saliency/largest-channel
# The gradient of the sum of all scores.

# %% solution="saliency"
def saliency(score, image, label):
    slopes = autodiff.grad(lambda x: ops.sum(score(x[None])))(image)
    return ops.max(ops.abs(slopes), axis=-1)
