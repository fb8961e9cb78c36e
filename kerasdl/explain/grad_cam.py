"""Grad-CAM: where in an image a class is seen."""

from keras import ops

from kerasdl.explain.targets import as_batch, logit_gradient


def grad_cam(features, head, x, classes):
    """Images `(batch, height, width, channels)` to maps `(batch, rows, columns)`.

    The model is cut after a convolution with feature maps A of shape
    `(batch, rows, columns, maps)`. With the weight of map k the mean of its gradient,
    a_k = mean over positions of d f_c / d A_k, the result is ReLU(sum_k a_k A_k): at
    least 0, in no fixed unit. `enlarge` brings it to the size of the image.

    Args:
        features: a function, images to feature maps. `split_model(model, layer)`
            makes it and `head` of a functional or Sequential model.
        head: a function, feature maps to logits `(batch, classes)`.
        x: the images.
        classes: which logit: integers `(batch,)`, or one for all examples.

    Raises:
        ValueError: when `features` gives no maps or `head` no logits.

    Source: Selvaraju et al. 2017, https://arxiv.org/abs/1610.02391; lecture,
    interpretability.
    """
    maps = feature_maps(features, x)
    weights = ops.mean(logit_gradient(head, maps, classes), axis=(1, 2), keepdims=True)
    return ops.relu(ops.sum(weights * maps, axis=-1))


def enlarge(maps, size):
    """Maps `(batch, rows, columns)` to `(batch, *size)`, bilinear, each in [0, 1].

    The least value of each map becomes 0 and its largest 1; a constant map becomes 0.
    """
    maps = ops.image.resize(maps[..., None], size, data_format="channels_last")[..., 0]
    maps = maps - ops.min(maps, axis=(1, 2), keepdims=True)
    largest = ops.max(maps, axis=(1, 2), keepdims=True)
    return maps / ops.where(largest > 0, largest, ops.ones_like(largest))


def feature_maps(features, x):
    """Images to `features(x)`, checked to be `(batch, rows, columns, maps)`."""
    maps = ops.stop_gradient(features(as_batch(x)))
    if len(maps.shape) != 4:
        raise ValueError(
            "Expected features of shape (batch, rows, columns, maps), as a convolution "
            f"gives. Received: shape {tuple(maps.shape)}. "
            "Cut the model before it flattens or pools."
        )
    return maps
