"""Saliency: exact on linear and quadratic models, differences on a network."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.explain import (
    expected_gradients,
    gradient_times_input,
    integrated_gradients,
    saliency,
    smooth_grad,
)

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)
X = random.normal(size=(5, 4)).astype("float32")
CLASSES = np.array([0, 2, 1, 1, 2])
WEIGHTS = random.normal(size=(4, 3)).astype("float32")


def numpy(x):
    return ops.convert_to_numpy(x)


def linear(x):
    return ops.matmul(x, WEIGHTS)


def quadratic(x):
    return ops.matmul(x * x, WEIGHTS)


@pytest.fixture(scope="module")
def network():
    kerasdl.seed(0)
    model = kerasdl.MLP((8, 8), 3, activation="tanh")
    model.build((None, 4))
    return model


def test_saliency_of_a_linear_model_is_its_weights():
    np.testing.assert_allclose(
        numpy(saliency(linear, X, CLASSES)), WEIGHTS.T[CLASSES], rtol=1e-6
    )
    expected = np.tile(WEIGHTS[:, 1], (5, 1))
    np.testing.assert_allclose(numpy(saliency(linear, X, 1)), expected, rtol=1e-6)


def test_gradient_times_input_of_a_linear_model_sums_to_the_logit():
    shares = numpy(gradient_times_input(linear, X, CLASSES))
    np.testing.assert_allclose(shares, X * WEIGHTS.T[CLASSES], rtol=1e-5)
    logits = (X @ WEIGHTS)[np.arange(5), CLASSES]
    np.testing.assert_allclose(shares.sum(axis=1), logits, rtol=1e-4)


def test_saliency_of_a_network_is_the_difference_quotient(network):
    received = numpy(saliency(network, X, CLASSES))
    step = 1e-2
    for column in range(4):
        change = step * np.eye(4, dtype="float32")[column]
        above, below = (numpy(network(X + s * change)) for s in (1, -1))
        slope = (above - below)[np.arange(5), CLASSES] / (2 * step)
        np.testing.assert_allclose(received[:, column], slope, atol=2e-3)


def test_images_keep_their_shape():
    images = random.normal(size=(2, 3, 3, 2)).astype("float32")

    def model(x):
        return ops.sum(x, axis=(1, 2))

    received = numpy(saliency(model, images, [0, 1]))
    expected = np.zeros(images.shape)
    expected[0, ..., 0] = expected[1, ..., 1] = 1
    np.testing.assert_array_equal(received, expected)


def test_smooth_grad_of_a_quadratic_model():
    """The gradient is linear in x, so noise of mean 0 leaves its mean alone."""
    expected = 2 * X * WEIGHTS.T[CLASSES]
    np.testing.assert_allclose(
        numpy(smooth_grad(quadratic, X, CLASSES, noise=0.0, samples=2)),
        expected,
        rtol=1e-5,
    )
    received = numpy(smooth_grad(quadratic, X, CLASSES, noise=0.1, samples=60))
    assert 0 < abs(received - expected).max() < 0.1


def test_smooth_grad_depends_on_the_seed_only(network):
    first, again, other = (
        numpy(smooth_grad(network, X, 0, samples=3, seed=seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_smooth_grad_smooths():
    """A gradient that jumps from -1 to 1 at 0 becomes the share of noise above 0."""

    def kink(x):
        return ops.stack([ops.sum(ops.abs(x), axis=1)] * 2, axis=1)

    x = np.full((1, 2), 0.05, "float32")
    received = numpy(smooth_grad(kink, x, 0, noise=1.0, samples=100))
    assert numpy(saliency(kink, x, 0)).min() == 1
    assert abs(received).max() < 0.3


def test_integrated_gradients_of_a_quadratic_model():
    start = 0.5 * np.ones(4, "float32")
    received = numpy(integrated_gradients(quadratic, X, CLASSES, start, steps=3))
    expected = (X**2 - start**2) * WEIGHTS.T[CLASSES]
    np.testing.assert_allclose(received, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("baseline", [None, 0.3, X[::-1]])
def test_integrated_gradients_are_complete(network, baseline):
    shares = numpy(integrated_gradients(network, X, CLASSES, baseline, steps=40))
    start = np.zeros_like(X) + (0 if baseline is None else baseline)
    change = numpy(network(X)) - numpy(network(start.astype("float32")))
    np.testing.assert_allclose(
        shares.sum(axis=1), change[np.arange(5), CLASSES], atol=2e-3
    )


def test_a_value_equal_to_the_baseline_contributes_nothing(network):
    x = X.copy()
    x[:, 2] = 0
    shares = numpy(integrated_gradients(network, x, 0, steps=5))
    assert (shares[:, 2] == 0).all() and abs(shares).max() > 0.01


def test_expected_gradients_sum_to_the_change_from_the_mean(network):
    baselines = random.normal(size=(3, 4)).astype("float32")
    shares = numpy(expected_gradients(network, X, CLASSES, baselines, steps=20))
    change = numpy(network(X)) - numpy(network(baselines)).mean(axis=0)
    np.testing.assert_allclose(
        shares.sum(axis=1), change[np.arange(5), CLASSES], atol=5e-3
    )


def test_results_are_constants_that_numpy_can_read(network):
    for explain in (saliency, gradient_times_input, integrated_gradients):
        assert np.asarray(explain(network, X, 0)).shape == X.shape


@keras.saving.register_keras_serializable("tests")
class Penalised(kerasdl.Model):
    """A network that measures its own saliency while it learns."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.size = keras.metrics.Mean(name="size")

    def call(self, x):
        return self.network(x)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        self.size.update_state(ops.abs(saliency(self.network, x, y)))
        picked = ops.one_hot(y, 3)
        return -ops.mean(ops.sum(ops.log_softmax(y_pred) * picked, axis=1))


def test_works_inside_fit(network):
    before = abs(numpy(saliency(network, X, CLASSES))).mean()
    model = Penalised(network)
    model.compile(keras.optimizers.SGD(0.0))
    history = model.fit(X, CLASSES, batch_size=5, epochs=1, verbose=0).history
    assert history["size"][0] == pytest.approx(before, rel=1e-4)


def test_errors():
    with pytest.raises(ValueError, match=r"\(batch, \.\.\.\).*\(4,\).*x\[None\]"):
        saliency(linear, X[0], 0)
    with pytest.raises(ValueError, match=r"shape \(5,\).*\(4,\)"):
        saliency(linear, X, [0, 1, 2, 0])
    with pytest.raises(ValueError, match=r"logits.*\(5,\)"):
        saliency(lambda x: ops.sum(x, axis=1), X, 0)
    with pytest.raises(ValueError, match="samples=0"):
        smooth_grad(linear, X, 0, samples=0)
    with pytest.raises(ValueError, match="steps=0"):
        integrated_gradients(linear, X, 0, steps=0)
    with pytest.raises(ValueError, match=r"baseline.*\(5, 4\).*\(3,\)"):
        integrated_gradients(linear, X, 0, np.zeros(3))
