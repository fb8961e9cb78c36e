# caught by: saliency/grad-cam-sums, saliency/grad-cam-mean
# Slope times feature at each place, without a mean.

# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    return ops.relu(ops.sum(slopes * features, axis=-1))
