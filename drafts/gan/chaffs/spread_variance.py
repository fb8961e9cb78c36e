# caught by: collapse/spread-of-each-label
# The variance.

# %% solution="label_spread"
def label_spread(images, labels, classes):
    images, labels = ops.convert_to_numpy(images), ops.convert_to_numpy(labels)
    return [np.mean(np.var(images[labels == c], axis=0)) for c in range(classes)]
