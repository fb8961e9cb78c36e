"""Losses of adversarial training: of a discriminator or critic, and of a generator.

All take the outputs of a discriminator `(batch, 1)`, without activation, and return one
number, the mean over the batch. For a discriminator D the outputs are logits: the
probability that x is real is sigmoid(D(x)). A critic C scores, without probabilities.

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
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


def generator_loss(fake_logits):
    """-log s(D(G(z))): the fakes shall pass as real. log 2 when they are even."""
    return ops.mean(ops.softplus(-fake_logits))


def saturating_generator_loss(fake_logits):
    """log(1 - s(D(G(z)))): the discriminator shall be wrong. -log 2 when even."""
    return -ops.mean(ops.softplus(fake_logits))


def critic_loss(real_scores, fake_scores):
    """C(G(z)) - C(x): minus the Wasserstein distance, if C is the best critic.

    The best of those with slope at most 1, which `gradient_penalty` asks for.
    """
    return ops.mean(fake_scores) - ops.mean(real_scores)


def wasserstein_generator_loss(fake_scores):
    """-C(G(z)): the fakes shall score high."""
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
    """
    axes = tuple(range(1, len(real.shape)))
    share = random.uniform((ops.shape(real)[0],) + (1,) * len(axes), key)
    share = ops.cast(share, real.dtype)
    between = ops.stop_gradient(share * real + (1 - share) * fake)
    slopes = grad(lambda x: ops.sum(critic(x)))(between)
    # Kept off 0, where a length has no derivative.
    lengths = ops.sqrt(ops.sum(ops.square(slopes), axis=axes) + 1e-12)
    return ops.mean(ops.square(lengths - 1))
