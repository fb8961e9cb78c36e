"""Losses of adversarial training: of a discriminator or critic, and of a generator.

All take the outputs of a discriminator `(batch, 1)`, without activation, and return one
number, the mean over the batch; outputs of another shape are a ValueError. For a
discriminator D the outputs are logits: the probability that x is real is sigmoid(D(x)).
A critic C scores, without probabilities.

The lecture calls the two losses of the generator equivalent. Both have the same aim,
but `saturating_generator_loss` is flat where the discriminator recognises the fakes,
which is how training starts: its gradient there goes to 0, that of `generator_loss`
to -1. Use the latter.

Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, section 3; Arjovsky et
al. 2017, https://arxiv.org/abs/1701.07875; Gulrajani et al. 2017,
https://arxiv.org/abs/1704.00028
"""

from keras import ops

from kerasdl import random
from kerasdl.autodiff import grad


def discriminator_loss(real_logits, fake_logits):
    """Cross-entropy, 1 for real and 0 for fake: -log s(D(x)) - log(1 - s(D(G(z)))).

    2 log 2 = 1.386 when the discriminator cannot tell them apart.
    """
    check_scores(real_logits, fake_logits)
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


def generator_loss(fake_logits):
    """-log s(D(G(z))): the fakes shall pass as real. log 2 when they are even."""
    check_scores(fake_logits)
    return ops.mean(ops.softplus(-fake_logits))


def saturating_generator_loss(fake_logits):
    """log(1 - s(D(G(z)))): the discriminator shall be wrong. -log 2 when even."""
    check_scores(fake_logits)
    return -ops.mean(ops.softplus(fake_logits))


def critic_loss(real_scores, fake_scores):
    """C(G(z)) - C(x): minus the Wasserstein distance, if C is the best critic.

    The best of those with slope at most 1, which `gradient_penalty` asks for.
    """
    check_scores(real_scores, fake_scores)
    return ops.mean(fake_scores) - ops.mean(real_scores)


def wasserstein_generator_loss(fake_scores):
    """-C(G(z)): the fakes shall score high."""
    check_scores(fake_scores)
    return -ops.mean(fake_scores)


def gradient_penalty(critic, real, fake, key):
    """(|dC/dx| - 1)^2, averaged over points x between real and fake examples.

    x = a real + (1 - a) fake, with a uniform in (0, 1) per example. The gradient is
    taken with respect to x, and the penalty may be differentiated further.

    Args:
        critic: a function, examples `(batch, ...)` to scores `(batch, 1)`, that treats
            each example on its own: no batch normalisation.
        real, fake: examples of the same shape.
        key: of `kerasdl.random`.

    Raises:
        ValueError: when real and fake differ in shape.
    """
    check_fakes(real, fake)
    axes = tuple(range(1, len(real.shape)))
    share = random.uniform((ops.shape(real)[0],) + (1,) * len(axes), key)
    share = ops.cast(share, real.dtype)
    between = ops.stop_gradient(share * real + (1 - share) * fake)
    slopes = grad(lambda x: ops.sum(critic(x)))(between)
    # Kept off 0, where a length has no derivative.
    lengths = ops.sqrt(ops.sum(ops.square(slopes), axis=axes) + 1e-12)
    return ops.mean(ops.square(lengths - 1))


def check_scores(*scores):
    """Raise a ValueError unless all are of shape `(batch, 1)`: one per example."""
    for shape in (tuple(s.shape) for s in scores):
        if len(shape) != 2 or shape[1] != 1:
            raise ValueError(
                "A discriminator or critic says one number per example: expected "
                f"outputs of shape (batch, 1). Received: shape {shape}. "
                "End it with Dense(1)."
            )


def check_fakes(real, fake):
    """Raise a ValueError where fakes have another shape than the real examples."""
    shapes = tuple(real.shape)[1:], tuple(fake.shape)[1:]
    pairs = zip(*shapes, strict=False)
    if len(shapes[0]) != len(shapes[1]) or any(a != b for a, b in pairs if a and b):
        raise ValueError(
            f"Expected fakes of the shape of the examples, (batch, *{shapes[0]}). "
            f"Received: fakes of shape (batch, *{shapes[1]}). "
            "Make the generator for examples of this size."
        )
