"""Monte-Carlo dropout: mean and spread, against theory and the formula, errors."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.dense import Dense
from kerasdl.layers.dropout import Dropout
from kerasdl.models.monte_carlo import MonteCarlo
from kerasdl.training.freezing import freeze

pytestmark = pytest.mark.backend

X = np.random.default_rng(0).normal(size=(3, 4)).astype("float32")


def linear(rate=0.5):
    """Dropout and one linear layer: its predictions have a known distribution."""
    kerasdl.seed(0)
    return keras.Sequential([Dropout(rate), Dense(2)])


def test_mean_and_spread_of_a_linear_model_are_those_of_theory():
    model = linear(0.5)
    mean, deviation = MonteCarlo(model, samples=4000).predict(X, verbose=0)
    kernel = ops.convert_to_numpy(model.layers[-1].kernel)
    np.testing.assert_allclose(mean, X @ kernel, atol=0.15)
    # Each x_i w_i is multiplied by 0 or 2: its variance is (x_i w_i)^2.
    expected = np.sqrt(np.square(X[:, :, None] * kernel).sum(axis=1))
    np.testing.assert_allclose(deviation, expected, rtol=0.1)


def test_without_dropout_all_predictions_are_equal():
    model = linear(0)
    mean, deviation = MonteCarlo(model, samples=7).predict(X, verbose=0)
    np.testing.assert_allclose(mean, model.predict(X, verbose=0), atol=1e-6)
    np.testing.assert_allclose(deviation, 0, atol=1e-6)


def test_is_the_formula_over_the_repeated_batch():
    carlo = MonteCarlo(linear(), samples=5)
    mean, deviation = map(ops.convert_to_numpy, carlo(X))
    again = linear()
    samples = again(np.repeat(X, 5, axis=0), training=True)
    samples = ops.convert_to_numpy(samples).reshape(3, 5, 2)
    np.testing.assert_allclose(mean, samples.mean(axis=1), atol=1e-5)
    np.testing.assert_allclose(deviation, samples.std(axis=1), atol=1e-5)


def test_images_come_out_as_images():
    model = keras.Sequential([Dropout(0.2), Dense(3)])
    mean, deviation = MonteCarlo(model, 4)(np.ones((2, 5, 6, 1), "float32"))
    assert mean.shape == deviation.shape == (2, 5, 6, 3)


def test_saved_and_loaded(tmp_path):
    carlo = MonteCarlo(linear(), samples=6)
    carlo(X)
    carlo.save(tmp_path / "carlo.keras")
    loaded = keras.models.load_model(tmp_path / "carlo.keras")
    seeds, others = [m.model.layers[0].seeds.state for m in (carlo, loaded)]
    others.assign(seeds)
    for one, other in zip(carlo(X), loaded(X), strict=True):
        one, other = map(ops.convert_to_numpy, (one, other))
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_batch_normalisation_must_be_frozen():
    model = keras.Sequential([BatchNormalization(), Dropout(0.5), Dense(1)])
    model.build(X.shape)
    with pytest.raises(ValueError, match="frozen batch normalisation"):
        MonteCarlo(model)(X)
    freeze(model)
    before = model.get_weights()
    MonteCarlo(model)(X)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("samples", [1, 0, 2.5])
def test_too_few_samples_are_an_error(samples):
    with pytest.raises(ValueError, match="at least 2 as samples"):
        MonteCarlo(linear(), samples)
