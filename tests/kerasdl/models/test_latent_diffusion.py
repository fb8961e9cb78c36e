"""Latent diffusion: codes of variance 1, an autoencoder that stays as it is."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import noise_schedules
from kerasdl.models.autoencoder import DeepAutoencoder
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.latent_diffusion import LatentDiffusion
from kerasdl.models.samplers import DDIM
from kerasdl.models.vae import VAE

pytestmark = pytest.mark.backend

X = np.random.default_rng(0).uniform(size=(64, 6)).astype("float32")


def numpy(value):
    return ops.convert_to_numpy(value)


def model_of(autoencoder=None):
    kerasdl.seed(0)
    autoencoder = autoencoder or DeepAutoencoder((6, 5, 2), "tanh")
    denoiser = Denoiser(ConditionedMLP(8, 2), 8)
    model = LatentDiffusion(autoencoder, denoiser, noise_schedules.cosine(10))
    model.build((None, 6))
    return model


def test_adapted_codes_have_mean_0_and_variance_1():
    model = model_of()
    raw = numpy(model.autoencoder.encode(X))
    model.adapt(X)
    codes = numpy(model.encode(X))
    np.testing.assert_allclose(codes.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(codes.std(axis=0), 1, atol=1e-3)
    np.testing.assert_allclose(codes, (raw - raw.mean(0)) / raw.std(0), atol=1e-3)


def test_adapt_builds():
    denoiser = Denoiser(ConditionedMLP(8, 2), 8)
    parts = DeepAutoencoder((6, 5, 2)), denoiser, noise_schedules.cosine(10)
    model = LatentDiffusion(*parts)
    model.adapt(X)
    assert model.built and np.abs(numpy(model.encode(X)).mean(axis=0)).max() < 1e-4


def test_codes_before_their_mean_is_known_are_an_error():
    denoiser = Denoiser(ConditionedMLP(8, 2), 8)
    parts = DeepAutoencoder((6, 5, 2)), denoiser, noise_schedules.cosine(10)
    model = LatentDiffusion(*parts)
    for wrong, x in ((model.encode, X), (model.decode, X[:, :2])):
        with pytest.raises(ValueError, match=r"not built. Write adapt\(x\)"):
            wrong(x)


def test_decode_undoes_the_scaling():
    model = model_of()
    model.adapt(X)
    np.testing.assert_allclose(
        numpy(model.decode(model.encode(X))), numpy(model.autoencoder(X)), atol=1e-5
    )


def test_training_moves_the_denoiser_only():
    model = model_of()
    model.adapt(X)
    model.compile(keras.optimizers.Adam(0.01))
    start = model.autoencoder.get_weights()
    moved = model.denoiser.get_weights()
    model.fit(X, batch_size=32, epochs=2, verbose=0)
    for one, other in zip(start, model.autoencoder.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    pairs = zip(moved, model.denoiser.get_weights(), strict=True)
    assert all(not np.array_equal(one, other) for one, other in pairs)


def test_samples_are_codes_and_decode_to_examples():
    model = model_of()
    codes = DDIM(model, 5).sample(3)
    assert codes.shape == (3, 2)
    assert numpy(model.decode(codes)).shape == (3, 6)


def test_a_vae_gives_the_means():
    vae = VAE((6, 5, 2), "tanh")
    model = model_of(vae)
    np.testing.assert_allclose(
        numpy(model.encode(X)), numpy(vae.encode(X)[0]), atol=1e-6
    )


def test_saved_and_loaded(tmp_path):
    model = model_of()
    model.adapt(X)
    model.save(tmp_path / "latent.keras")
    loaded = keras.models.load_model(tmp_path / "latent.keras")
    np.testing.assert_allclose(*(numpy(m.encode(X)) for m in (model, loaded)))
    assert not loaded.autoencoder.trainable


def test_what_does_not_encode_is_an_error():
    with pytest.raises(ValueError, match=r"encode\(x\).*Received: Dense"):
        model_of(keras.layers.Dense(2))
