# caught by: saliency/grad-cam-sums
# The absolute slopes: what speaks against the class counts for it.

# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    weights = ops.mean(ops.abs(slopes), axis=(0, 1))
    return ops.relu(ops.sum(weights * features, axis=-1))
