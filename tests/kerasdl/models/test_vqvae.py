"""VQVAE: discrete codes, all of them in use, and gradients past the rounding."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.autodiff import variable_gradients
from kerasdl.models.vqvae import VQVAE

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def mixture(n, seed=0):
    """Points of four Gaussians in the plane, as in the lecture's example."""
    random = np.random.default_rng(seed)
    centres = np.array([[-3, -3], [-3, 3], [3, -3], [3, 3]])[random.integers(4, size=n)]
    return (centres + 0.5 * random.normal(size=(n, 2))).astype("float32")


@pytest.fixture(scope="module")
def vqvae():
    kerasdl.seed(0)
    model = VQVAE((2, 32, 2), codes=12, decay=0.9)
    model.build((None, 2))
    model.compile(keras.optimizers.Adam(0.01))
    x = mixture(2048)
    model.fit(kerasdl.data.Batches(x, x, 256, seed=0), epochs=20, verbose=0)
    return model


def test_no_code_is_dead_and_points_are_close(vqvae):
    """The lecture's example ends with 8 of its 12 codes dead, and an error of 0.46.

    Four codes, the centres, would leave 2 * 0.5^2 = 0.5.
    """
    x = mixture(1000, seed=1)
    report = vqvae.evaluate(x, batch_size=1000, return_dict=True, verbose=0)
    assert len(np.unique(numpy(vqvae.codes(x)))) == 12
    assert report["perplexity"] > 8
    assert report["reconstruction"] < 0.4


def test_reports_the_terms_of_the_loss(vqvae):
    x = mixture(50, seed=2)
    report = vqvae.evaluate(x, batch_size=50, return_dict=True, verbose=0)
    expected = report["reconstruction"] + 0.25 * report["distance"]
    assert report["loss"] == pytest.approx(expected, rel=1e-5)
    difference = vqvae.predict(x, verbose=0)[0] - x
    expected = np.mean(np.sum(difference**2, axis=1))
    assert report["reconstruction"] == pytest.approx(expected, rel=1e-4)


def test_codes_say_all_that_the_decoder_hears(vqvae):
    x = mixture(50, seed=2)
    outputs, numbers, _ = vqvae.predict(x, verbose=0)
    np.testing.assert_array_equal(numpy(vqvae.codes(x)), numbers)
    np.testing.assert_allclose(numpy(vqvae.decode_codes(numbers)), outputs, atol=1e-4)
    assert len(np.unique(outputs.round(3), axis=0)) <= 12


def test_evaluation_does_not_move_the_codebook(vqvae):
    before = numpy(vqvae.quantizer.codebook).copy()
    vqvae.evaluate(mixture(50), verbose=0)
    np.testing.assert_array_equal(numpy(vqvae.quantizer.codebook), before)


def test_tokens_cut_the_code():
    kerasdl.seed(0)
    model = VQVAE((6, 5, 8), codes=7, tokens=4)
    x = np.random.default_rng(0).normal(size=(3, 6)).astype("float32")
    outputs, numbers, distances = model(x)
    assert outputs.shape == (3, 6)
    assert numbers.shape == distances.shape == (3, 4)
    assert numpy(model.encode(x)).shape == (3, 4, 2)
    flat = numpy(model.encoder(x)).reshape(3, 4, 2)
    np.testing.assert_allclose(numpy(model.encode(x)), flat, atol=1e-6)
    parameters = 7 * 5 + 6 * 8 + 9 * 5 + 6 * 6 + 7 * (2 + 1)
    assert model.count_params() == parameters


def test_the_encoder_learns_from_the_reconstruction_alone():
    kerasdl.seed(0)
    model = VQVAE((3, 4, 2), codes=5, commitment=0.0, activation="tanh")
    x = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")
    model(x)

    def loss():
        return model.compute_loss(x=x, y_pred=model(x))

    weights = model.encoder.trainable_variables
    _, slopes = variable_gradients(loss, weights, model.variables)
    assert all(np.abs(numpy(slope)).max() > 1e-3 for slope in slopes)


def test_errors():
    with pytest.raises(ValueError, match=r"equal size.*tokens=3, sizes=\(6, 8\)"):
        VQVAE((6, 8), codes=4, tokens=3)
    with pytest.raises(ValueError, match="codes=0"):
        VQVAE((6, 8), codes=0)
    with pytest.raises(ValueError, match=r"\(batch, 6\).*\(2, 5\)"):
        VQVAE((6, 8), codes=4)(np.zeros((2, 5), "float32"))
