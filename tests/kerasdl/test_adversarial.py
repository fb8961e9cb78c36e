"""Adversarial losses: by hand, their gradients, and the gradient penalty."""

import math

import numpy as np
import pytest
from keras import ops

from kerasdl import adversarial, grad, random

pytestmark = pytest.mark.backend

REAL = np.array([[2.0], [-1.0]], "float32")
FAKE = np.array([[0.5], [-3.0]], "float32")


def numpy(value):
    return ops.convert_to_numpy(value)


def sigmoid(x):
    return 1 / (1 + np.exp(-x.astype("float64")))


def test_losses_are_cross_entropies():
    expected = -np.log(sigmoid(REAL)).mean() - np.log(1 - sigmoid(FAKE)).mean()
    assert float(adversarial.discriminator_loss(REAL, FAKE)) == pytest.approx(expected)
    expected = -np.log(sigmoid(FAKE)).mean()
    assert float(adversarial.generator_loss(FAKE)) == pytest.approx(expected)
    expected = np.log(1 - sigmoid(FAKE)).mean()
    received = float(adversarial.saturating_generator_loss(FAKE))
    assert received == pytest.approx(expected)


def test_values_where_the_discriminator_cannot_tell():
    even, two = np.zeros((3, 1), "float32"), math.log(2)
    loss = adversarial.discriminator_loss(even, even)
    assert float(loss) == pytest.approx(2 * two)
    assert float(adversarial.generator_loss(even)) == pytest.approx(two)
    assert float(adversarial.saturating_generator_loss(even)) == pytest.approx(-two)


def test_the_saturating_loss_is_flat_where_fakes_are_recognised():
    logits = np.array([[-8.0]], "float32")
    flat = numpy(grad(adversarial.saturating_generator_loss)(logits))
    steep = numpy(grad(adversarial.generator_loss)(logits))
    assert -1e-3 < flat[0, 0] < 0
    assert steep[0, 0] == pytest.approx(-1, abs=1e-3)


def test_extreme_logits_are_finite():
    logits = np.array([[1e4], [-1e4]], "float32")
    assert float(adversarial.discriminator_loss(logits, logits)) == pytest.approx(1e4)
    assert float(adversarial.generator_loss(logits)) == pytest.approx(5e3)


def test_wasserstein_losses():
    assert float(adversarial.critic_loss(REAL, FAKE)) == pytest.approx(-1.25 - 0.5)
    loss = adversarial.wasserstein_generator_loss(FAKE)
    assert float(loss) == pytest.approx(1.25)


def points(seed, shape=(5, 2)):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


@pytest.mark.parametrize("shape", [(5, 2), (3, 2, 2, 1)])
def test_penalty_of_a_linear_critic_depends_on_its_slope_alone(shape):
    def critic(x):
        return 3 * ops.reshape(x, (shape[0], -1))[:, :1]

    real, fake = map(ops.convert_to_tensor, (points(0, shape), points(1, shape)))
    penalty = adversarial.gradient_penalty(critic, real, fake, 7)
    assert float(penalty) == pytest.approx((3 - 1) ** 2, rel=1e-5)


def test_penalty_is_taken_between_real_and_fake():
    """The slope of sum(x^2)/2 at x is |x|: the penalty tells where x was."""
    real, fake = np.full((1000, 1), 2, "float32"), np.full((1000, 1), 4, "float32")

    def critic(x):
        return ops.sum(ops.square(x) / 2, axis=-1, keepdims=True)

    real, fake = map(ops.convert_to_tensor, (real, fake))
    penalty = float(adversarial.gradient_penalty(critic, real, fake, 7))
    expected = np.mean((np.linspace(2, 4, 10_001) - 1) ** 2)
    assert penalty == pytest.approx(expected, rel=0.05)


def test_gradient_of_the_penalty_is_that_of_finite_differences():
    real, fake = (ops.convert_to_tensor(points(seed)) for seed in (0, 1))
    share = numpy(random.uniform((5, 1), 7))
    between = share * numpy(real) + (1 - share) * numpy(fake)
    weights = points(2, (2,))

    def penalty(weights):
        def critic(x):
            return ops.tanh(ops.matmul(x, ops.reshape(weights, (2, 1))))

        return adversarial.gradient_penalty(critic, real, fake, 7)

    def by_hand(weights):
        slopes = (1 - np.tanh(between @ weights) ** 2)[:, None] * weights
        return np.mean((np.linalg.norm(slopes, axis=1) - 1) ** 2)

    received = numpy(grad(penalty)(weights))
    exact = weights.astype("float64")
    for axis, step in enumerate(np.eye(2) * 1e-5):
        slope = (by_hand(exact + step) - by_hand(exact - step)) / 2e-5
        assert received[axis] == pytest.approx(slope, rel=1e-3, abs=1e-5)


def test_penalty_of_a_constant_critic_has_a_gradient():
    real, fake = (ops.convert_to_tensor(points(seed)) for seed in (0, 1))

    def penalty(slope):
        def critic(x):
            return slope * ops.sum(x, axis=-1, keepdims=True)

        return adversarial.gradient_penalty(critic, real, fake, 7)

    assert np.isfinite(numpy(grad(penalty)(0.0)))
