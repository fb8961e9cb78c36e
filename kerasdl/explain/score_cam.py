"""Score-CAM: Grad-CAM without gradients."""

from keras import ops

from kerasdl.explain.grad_cam import enlarge, feature_maps
from kerasdl.explain.targets import as_batch, chosen_logits


def score_cam(features, head, x, classes):
    """Images `(batch, height, width, channels)` to maps `(batch, rows, columns)`.

    Each feature map A_k, enlarged and scaled to [0, 1], is laid over the image as a
    mask; it counts by how far the masked image lifts the logit over that of a black
    image, s_k = f_c(x * mask_k) - f_c(0). With a = softmax(s) over the maps, the
    result is ReLU(sum_k a_k A_k), at least 0.

    Args:
        features, head, x, classes: as in `kerasdl.explain.grad_cam`. The image, not
            only the maps, goes through the model: once for each map.

    Raises:
        ValueError: as `grad_cam`.

    Source: Wang et al. 2020, https://arxiv.org/abs/1910.01279; lecture,
    interpretability.
    """
    x = as_batch(x)
    maps = feature_maps(features, x)

    def logits_of(images):
        return ops.stop_gradient(chosen_logits(head(features(images)), classes))

    black = logits_of(ops.zeros_like(x))
    size = tuple(x.shape[1:3])
    lifts = []
    for number in range(maps.shape[-1]):
        mask = enlarge(maps[..., number], size)[..., None]
        lifts.append(logits_of(x * mask) - black)
    weights = ops.softmax(ops.stack(lifts, axis=-1), axis=-1)  # (batch, maps)
    return ops.relu(ops.sum(weights[:, None, None] * maps, axis=-1))
