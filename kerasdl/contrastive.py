"""Learning from pairs without labels: the contrastive loss."""

from keras import ops

from kerasdl.losses import log_loss


def info_nce(first, second, temperature=0.1):
    """Codes of two views `(batch, dim)` each to the InfoNCE loss `(batch,)`, in nats.

    Row i of both comes from example i; all other rows are its negatives. With cosine
    similarities s_ij = cos(first_i, second_j) the loss of i is the mean of two
    cross-entropies: to find second_i among all second_j by s_ij / temperature, and
    first_i among all first_j. It is log(batch) for codes that say nothing, and
    log(batch) minus its mean is a lower bound of the information, in nats, that the
    views share.

    Args:
        temperature: above 0; the smaller, the more the nearest negatives count.

    Raises:
        ValueError: when the shapes differ or the temperature is not above 0.

    Source: van den Oord et al. 2018, https://arxiv.org/abs/1807.03748; in both
    directions as in Radford et al. 2021, https://arxiv.org/abs/2103.00020; lecture,
    closing list.
    """
    first, second = ops.cast(first, "float32"), ops.cast(second, "float32")
    if len(first.shape) != 2 or first.shape[1] != second.shape[1] or temperature <= 0:
        raise ValueError(
            "info_nce needs two tensors of shape (batch, dim) and a temperature above "
            f"0. Received: shapes {tuple(first.shape)} and {tuple(second.shape)}, "
            f"temperature={temperature}. Row i of both must be views of example i."
        )
    logits = ops.matmul(unit(first), ops.transpose(unit(second))) / temperature
    targets = ops.eye(ops.shape(first)[0])
    return (log_loss(targets, logits) + log_loss(targets, ops.transpose(logits))) / 2


def unit(codes):
    """Each row divided by its length; a row of zeros stays."""
    square = ops.sum(codes**2, axis=-1, keepdims=True)
    return codes * ops.rsqrt(square + 1e-12)
