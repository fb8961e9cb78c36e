# caught by: saliency/grad-cam-sums
# Cuts each map before the sum.

# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    weights = ops.mean(slopes, axis=(0, 1))
    return ops.sum(ops.relu(weights * features), axis=-1)
