# caught by: saliency/nowhere-negative
# No absolute value.

# %% solution="saliency"
def saliency(score, image, label):
    slopes = autodiff.grad(lambda x: score(x[None])[0, label])(image)
    return ops.max(slopes, axis=-1)
