# caught by: saliency/grad-cam-only-for
# Shows what speaks against the class, too.

# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    weights = ops.mean(slopes, axis=(0, 1))
    return ops.sum(weights * features, axis=-1)
