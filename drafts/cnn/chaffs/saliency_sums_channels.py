# caught by: saliency/largest-channel
# The sum over the channels, not the largest.

# %% solution="saliency"
def saliency(score, image, label):
    slopes = autodiff.grad(lambda x: score(x[None])[0, label])(image)
    return ops.sum(ops.abs(slopes), axis=-1)
