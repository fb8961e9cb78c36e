"""Weights of examples: in the mean, and in every model with a loss of its own."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import models, noise_schedules
from kerasdl.weighting import weighted_mean

pytestmark = pytest.mark.backend

X = np.random.default_rng(0).uniform(size=(4, 6)).astype("float32")
WEIGHTS = np.array([2, 0, 1, 0], "float32")


def numpy(value):
    return ops.convert_to_numpy(value)


@pytest.mark.parametrize("shape", [(4,), (4, 3), (4, 3, 2)])
def test_weighted_mean_of_losses_of_any_shape(shape):
    losses = np.random.default_rng(0).normal(size=shape).astype("float32")
    rows = losses.reshape(4, -1).mean(axis=1)
    tensor = ops.convert_to_tensor(losses)
    for weights in (WEIGHTS, WEIGHTS[:, None]):
        received = float(weighted_mean(tensor, weights))
        assert received == pytest.approx(np.mean(rows * WEIGHTS), abs=1e-6)
    assert float(weighted_mean(tensor)) == pytest.approx(losses.mean(), abs=1e-6)


def autoencoder():
    return models.DeepAutoencoder((6, 3)), X, None


def linear():
    return models.LinearAutoencoder(2), X, None


def vae():
    return models.VAE((6, 2)), X, None


def vqvae():
    return models.VQVAE((6, 2), codes=3), X, None


def q_network():
    return models.QNetwork((), 2), X, np.tile([[1.0, 3.0]], (4, 1)).astype("float32")


def contrastive():
    return models.ContrastiveEncoder((), 2), X, X[::-1].copy()


def diffusion():
    net = models.Denoiser(models.ConditionedMLP(4, 6), 4)
    return models.Diffusion(net, noise_schedules.cosine(10)), X, None


CASES = [autoencoder, linear, vae, vqvae, q_network, contrastive, diffusion]


@pytest.mark.parametrize("case", CASES)
def test_models_weigh_their_examples(case):
    """Weights of 0 leave nothing, of 3 thrice as much, and each row counts by its."""

    def loss(weights):
        given = None if weights is None else ops.convert_to_tensor(weights)
        data = {"x": x, "y": y, "y_pred": y_pred, "sample_weight": given}
        return float(numpy(model.compute_loss(**data)))

    kerasdl.seed(0)
    model, x, y = case()
    model.build((None, 6))
    x = ops.convert_to_tensor(x)
    y = None if y is None else ops.convert_to_tensor(y)
    y_pred, plain = model(x), np.ones(4, "float32")
    whole = loss(None)
    assert loss(plain) == pytest.approx(whole, rel=1e-5)
    assert loss(3 * plain) == pytest.approx(3 * whole, rel=1e-5)
    assert loss(0 * plain) == pytest.approx(0, abs=1e-7)
    rows = [loss(row) for row in np.eye(4, dtype="float32")]
    assert sum(rows) == pytest.approx(whole, rel=1e-4)
    assert loss(WEIGHTS) == pytest.approx(np.dot(rows, WEIGHTS), rel=1e-4)


def test_fit_passes_weights_on():
    model = models.DeepAutoencoder((6, 3))
    model.compile("sgd")
    losses = [
        model.fit(X, X, sample_weight=w, verbose=0).history["loss"][0]
        for w in (0 * WEIGHTS, WEIGHTS)
    ]
    assert losses[0] == 0 < losses[1]


def test_gans_refuse_weights():
    gan = models.GAN(models.MLP((), 6), models.MLP((), 1), noise_dim=2)
    gan.compile(keras.optimizers.SGD())
    with pytest.raises(ValueError, match="no weights"):
        gan.fit(X, X, sample_weight=WEIGHTS, verbose=0)
    with pytest.raises(ValueError, match="beside targets"):
        gan.fit(X, sample_weight=WEIGHTS, verbose=0)
