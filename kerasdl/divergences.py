"""Distances between distributions, and the bound that the VAE climbs; all in nats.

Each function returns one value per example, `(batch,)`, in float32: sums of many
terms are too coarse in half precision.
"""

from keras import ops


def gaussian_kl(mean, log_variance):
    """KL(N(m, diag s^2) || N(0, I)), from m and log s^2 `(batch, ..., dim)`.

    1/2 sum_i (m_i^2 + s_i^2 - 1 - log s_i^2): at least 0, and 0 at m = 0, s = 1.
    Source: Kingma and Welling 2014, appendix B, https://arxiv.org/abs/1312.6114
    """
    mean, log_variance = _matched(mean, log_variance, "mean", "log_variance")
    # exp(v) - 1 would cancel near v = 0, where a latent that is not used lies.
    terms = ops.square(mean) + ops.expm1(log_variance) - log_variance
    return 0.5 * _sum(terms)


def bernoulli_log_likelihood(targets, logits):
    """log p(x) of x in [0, 1] under independent Bernoullis, both `(batch, ...)`.

    sum_i x_i log p_i + (1 - x_i) log(1 - p_i) with p = sigmoid(l), written as
    sum_i x_i l_i - softplus(l_i), which does not overflow. For x of 0 or 1 this is a
    log probability; for shades between, minus a cross-entropy.
    """
    targets, logits = _matched(targets, logits, "targets", "logits")
    return _sum(targets * logits - ops.softplus(logits))


def elbo(targets, logits, mean, log_variance):
    """Evidence lower bound, log p(x|z) - KL(q(z|x) || p(z)), `(batch,)`.

    x are the targets in [0, 1], the logits are those of p(x|z) at a sample z of
    q(z|x) = N(m, diag s^2), and p(z) = N(0, I). Its average over z is at most log p(x);
    the gap is KL(q(z|x) || p(z|x)).
    Source: Kingma and Welling 2014, equation 3, https://arxiv.org/abs/1312.6114
    """
    likelihood = bernoulli_log_likelihood(targets, logits)
    return likelihood - gaussian_kl(mean, log_variance)


def _sum(x):
    """Over all axes but the batch."""
    return ops.sum(x, axis=tuple(range(1, len(x.shape))))


def _matched(first, second, first_name, second_name):
    """Both as tensors of float32; an error where shapes would broadcast."""
    first, second = ops.cast(first, "float32"), ops.cast(second, "float32")
    shapes = tuple(first.shape), tuple(second.shape)
    pairs = zip(*shapes, strict=False)
    differ = any(a != b for a, b in pairs if None not in (a, b))
    if len(shapes[0]) != len(shapes[1]) or len(shapes[0]) < 2 or differ:
        raise ValueError(
            f"Expected {first_name} and {second_name} of one shape (batch, ..., dim). "
            f"Received: {first_name} of shape {shapes[0]}, {second_name} of shape "
            f"{shapes[1]}. Reshape one to the other, with the batch first."
        )
    return first, second
