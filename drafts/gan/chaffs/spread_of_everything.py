# caught by: collapse/spread-of-each-label
# The deviation of all pixels of all images together.

# %% solution="label_spread"
def label_spread(images, labels, classes):
    images, labels = ops.convert_to_numpy(images), ops.convert_to_numpy(labels)
    return [np.mean(np.std(images[labels == c])) for c in range(classes)]
