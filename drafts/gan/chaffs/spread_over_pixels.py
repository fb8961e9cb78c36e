# caught by: collapse/spread-of-each-label
# How much the pixels of an image differ among themselves.

# %% solution="label_spread"
def label_spread(images, labels, classes):
    images, labels = ops.convert_to_numpy(images), ops.convert_to_numpy(labels)
    return [
        np.mean(np.std(images[labels == c], axis=(1, 2, 3))) for c in range(classes)
    ]
