"""VAE: its loss is minus the ELBO, a bound on a likelihood that can be integrated."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.divergences import bernoulli_log_likelihood, elbo
from kerasdl.models.vae import VAE

pytestmark = pytest.mark.backend

PATTERNS = np.array([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], "float32")


def numpy(value):
    return ops.convert_to_numpy(value)


@pytest.fixture(scope="module")
def vae():
    """Trained on two patterns, one of them in three quarters of the examples."""
    kerasdl.seed(0)
    model = VAE((6, 16, 1), "tanh")
    model.build((None, 6))
    model.compile(keras.optimizers.Adam(0.02))
    x = np.repeat(PATTERNS, [48, 16], axis=0)
    for _ in range(150):
        model.train_on_batch(x)
    return model


def test_loss_is_minus_the_elbo_and_the_metrics_are_its_terms():
    kerasdl.seed(0)
    model = VAE((6, 5, 2))
    outputs = model(PATTERNS)
    expected = -np.mean(numpy(elbo(PATTERNS, *outputs)))
    loss = model.compute_loss(x=PATTERNS, y_pred=outputs)
    assert float(loss) == pytest.approx(expected, rel=1e-5)
    terms = float(model.reconstruction.result()) + float(model.kl.result())
    assert terms == pytest.approx(expected, rel=1e-5)


def test_fit_and_evaluate_report_the_terms(vae):
    report = vae.evaluate(PATTERNS, return_dict=True, verbose=0)
    assert set(report) == {"loss", "reconstruction", "kl"}
    total = report["reconstruction"] + report["kl"]
    assert report["loss"] == pytest.approx(total, rel=1e-5)


def test_elbo_is_below_the_likelihood_and_close_to_it(vae):
    """With one latent number, log p(x) is an integral over a line."""
    grid = np.linspace(-8, 8, 2001, dtype="float32")[:, None]
    prior = np.exp(-(grid[:, 0] ** 2) / 2) / np.sqrt(2 * np.pi)
    logits = vae.decode(grid)
    for pattern, share in zip(PATTERNS, (0.75, 0.25), strict=True):
        pictures = np.tile(pattern, (len(grid), 1))
        likelihood = np.exp(numpy(bernoulli_log_likelihood(pictures, logits)))
        evidence = np.sum(likelihood * prior) * (grid[1, 0] - grid[0, 0])
        bounds = numpy(elbo(pictures, *vae(pictures)))
        error = bounds.std() / np.sqrt(len(bounds))
        assert bounds.mean() < np.log(evidence) + 3 * error
        assert bounds.mean() > np.log(evidence) - 0.7
        assert evidence == pytest.approx(share, abs=0.15)


def test_generated_examples_are_those_of_the_data(vae):
    examples = numpy(vae.generate(400, seed=3))
    assert examples.shape == (400, 6)
    assert examples.min() > 0 and examples.max() < 1
    distances = np.abs(examples[:, None] - PATTERNS).max(axis=-1)  # (400, 2)
    close = distances < 0.5
    assert close.any(axis=1).mean() > 0.85
    assert 0.5 < close[:, 0].mean() < 0.9


def test_generate_repeats_with_the_seed_only(vae):
    first, second, other = (numpy(vae.generate(3, seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert not np.allclose(first, other)
    assert not np.allclose(numpy(vae.generate(3)), numpy(vae.generate(3)))


def test_encode_and_decode_take_arrays(vae):
    mean, log_variance = map(numpy, vae.encode(PATTERNS))
    assert mean.shape == log_variance.shape == (2, 1)
    np.testing.assert_array_equal(numpy(vae.decode(mean)) > 0, PATTERNS > 0)


def test_number_of_parameters():
    model = VAE((7, 6, 2))
    model.build((None, 7))
    assert model.count_params() == 8 * 6 + 7 * 4 + 3 * 6 + 7 * 7


def test_errors():
    with pytest.raises(ValueError, match=r"sizes=\(4,\)"):
        VAE((4,))
    with pytest.raises(ValueError, match=r"\(batch, 4\).*\(2, 2, 2, 1\).*reshape"):
        VAE((4, 2))(np.zeros((2, 2, 2, 1), "float32"))
