# caught by: saliency/gradient-of-the-class
# Takes the class that the network says, not the one asked for.

# %% solution="saliency"
def saliency(score, image, label):
    slopes = autodiff.grad(lambda x: ops.max(score(x[None])))(image)
    return ops.max(ops.abs(slopes), axis=-1)
