# caught by: saliency/grad-cam-mean
# The weight of a map is the sum of its slopes.

# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    weights = ops.sum(slopes, axis=(0, 1))
    return ops.relu(ops.sum(weights * features, axis=-1))
