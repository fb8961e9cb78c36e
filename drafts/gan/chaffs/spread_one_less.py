# caught by: collapse/spread-of-each-label
# Divides by one less: not a number for a single image.

# %% solution="label_spread"
def label_spread(images, labels, classes):
    images, labels = ops.convert_to_numpy(images), ops.convert_to_numpy(labels)
    return [
        np.mean(np.std(images[labels == c], axis=0, ddof=1)) for c in range(classes)
    ]
