"""Autoencoders: PCA from gradients, mirrored sizes, and noise in training only."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import grad
from kerasdl.models.autoencoder import (
    DeepAutoencoder,
    DenoisingAutoencoder,
    LinearAutoencoder,
)
from kerasdl.subspaces import pca, principal_angles

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def centred(n=100, features=4):
    random = np.random.default_rng(0)
    x = random.normal(size=(n, features)) * [3, 2, 0.8, 0.6][:features]
    x = x @ np.linalg.qr(random.normal(size=(features, features)))[0]
    return (x - x.mean(axis=0)).astype("float32")


def trained(autoencoder, x, rate=0.05, epochs=60):
    autoencoder.build((None, x.shape[1]))
    decay = keras.optimizers.schedules.CosineDecay(rate, epochs)
    autoencoder.compile(keras.optimizers.Adam(decay))
    for _ in range(epochs):
        autoencoder.train_on_batch(x)
    return autoencoder


@pytest.fixture(scope="module", params=[False, True], ids=["free", "tied"])
def linear(request):
    kerasdl.seed(0)
    return trained(LinearAutoencoder(2, tied=request.param), centred(), 0.1, 250)


def test_linear_spans_the_principal_axes(linear):
    mean, axes = pca(centred(), 2)
    decoder = linear.encoder if linear.tied else ops.transpose(linear.decoder)
    assert principal_angles(numpy(decoder), axes)[-1] < 1
    assert principal_angles(numpy(linear.encoder), axes)[-1] < 1


def test_linear_codes_are_decoded_without_loss(linear):
    """W_D W_E = I follows from the loss, which has no term for it."""
    codes = np.random.default_rng(1).normal(size=(5, 2)).astype("float32")
    again = linear.encode(linear.decode(codes))
    np.testing.assert_allclose(numpy(again), codes, atol=0.02)


def test_linear_reconstructs_as_pca_does(linear):
    x = centred()
    mean, axes = pca(x, 2)
    expected = (x - mean) @ axes @ axes.T + mean
    np.testing.assert_allclose(numpy(linear(x)), expected, atol=0.05)


def test_pca_is_a_stationary_point_of_the_loss():
    x = centred()
    axes = pca(x, 2)[1].astype("float32")
    autoencoder = LinearAutoencoder(2)
    autoencoder.build((None, 4))

    def loss(encoder, decoder):
        outputs = ops.matmul(ops.matmul(x, encoder), decoder)
        return autoencoder.compute_loss(x=x, y_pred=outputs)

    slopes = grad(loss, (0, 1))(axes, axes.T)
    for slope in slopes:
        np.testing.assert_allclose(numpy(slope), np.zeros(slope.shape), atol=1e-4)


def test_tied_weights_are_one_matrix():
    autoencoder = LinearAutoencoder(2, tied=True)
    x = centred()[:5]
    autoencoder(x)
    (encoder,) = autoencoder.get_weights()
    np.testing.assert_allclose(
        numpy(autoencoder(x)), x @ encoder @ encoder.T, atol=1e-5
    )


def test_loss_is_the_mean_squared_distance():
    kerasdl.seed(0)
    x = centred()[:7]
    autoencoder = DeepAutoencoder((4, 3, 2))
    difference = numpy(autoencoder(x)) - x
    autoencoder.compile("sgd")
    received = autoencoder.evaluate(x, verbose=0)
    assert received == pytest.approx((difference**2).sum(axis=1).mean(), rel=1e-5)


def test_decoder_mirrors_the_encoder():
    autoencoder = DeepAutoencoder((7, 6, 5, 2))
    autoencoder.build((None, 7))
    kernels = [w.shape for w in autoencoder.get_weights() if w.ndim == 2]
    assert kernels == [(7, 6), (6, 5), (5, 2), (2, 5), (5, 6), (6, 7)]
    products = 7 * 6 + 6 * 5 + 5 * 2
    assert autoencoder.count_params() == 2 * products + 7 + 2 * (6 + 5) + 2


def test_arrays_are_encoded_and_decoded_after_training():
    kerasdl.seed(0)
    x = centred()
    autoencoder = trained(DeepAutoencoder((4, 8, 2), "tanh"), x)
    codes = numpy(autoencoder.encode(x))
    assert codes.shape == (100, 2)
    expected = autoencoder.predict(x, verbose=0)
    np.testing.assert_allclose(numpy(autoencoder.decode(codes)), expected, atol=1e-5)


def test_a_deep_code_follows_a_curve_that_no_line_follows():
    """One number describes points of a circle's half, but not linearly."""
    kerasdl.seed(0)
    angle = np.linspace(0, np.pi, 64)
    x = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype("float32")
    mean, axes = pca(x, 1)
    line = np.mean(np.sum((x - mean - (x - mean) @ axes @ axes.T) ** 2, axis=1))
    autoencoder = trained(DeepAutoencoder((2, 16, 1), "tanh"), x, 0.03, 150)
    autoencoder.compile("sgd")
    assert autoencoder.evaluate(x, verbose=0) < 0.3 * line


def test_noise_comes_in_training_only():
    kerasdl.seed(0)
    x = centred()[:5]
    autoencoder = DenoisingAutoencoder((4, 3, 2), noise=0.5)
    expected = numpy(autoencoder.decode(autoencoder.encode(x)))
    np.testing.assert_allclose(numpy(autoencoder(x)), expected, atol=1e-6)
    first, second = (numpy(autoencoder(x, training=True)) for _ in range(2))
    assert not np.allclose(first, expected, atol=1e-3)
    assert not np.allclose(first, second, atol=1e-3)


def test_noise_has_the_given_deviation():
    """Seen through an encoder and a decoder that change nothing."""
    kerasdl.seed(0)
    autoencoder = DenoisingAutoencoder((2, 2), noise=0.3)
    autoencoder.build((None, 2))
    identity, zero = np.eye(2), np.zeros(2)
    autoencoder.set_weights([identity, zero, identity, zero])
    x = np.full((5000, 2), 7, "float32")
    noise = numpy(autoencoder(x, training=True)) - x
    assert noise.std() == pytest.approx(0.3, rel=0.05)
    assert abs(noise.mean()) < 0.02


def test_denoising_removes_noise_across_a_line():
    """With x on a line, the best answer is close to the projection on it."""
    kerasdl.seed(0)
    x = np.random.default_rng(0).normal(size=(256, 1)) * [1.0, 2.0]
    x = x.astype("float32")
    autoencoder = DenoisingAutoencoder((2, 8, 2), noise=0.5, activation="tanh")
    trained(autoencoder, x, 0.03, 150)
    noisy = x + 0.5 * np.random.default_rng(1).normal(size=x.shape).astype("float32")
    left = np.sum((numpy(autoencoder(noisy)) - x) ** 2)
    assert left < 0.7 * np.sum((noisy - x) ** 2)


def test_errors():
    for wrong in (LinearAutoencoder(2).encode, LinearAutoencoder(2).decode):
        with pytest.raises(ValueError, match="not built. Train it"):
            wrong(np.zeros((1, 2)))
    with pytest.raises(ValueError, match="dim=0"):
        LinearAutoencoder(0)
    with pytest.raises(ValueError, match=r"\(batch, features\).*reshape"):
        LinearAutoencoder(2)(np.zeros((2, 3, 3), "float32"))
    with pytest.raises(ValueError, match=r"sizes=\(4,\)"):
        DeepAutoencoder((4,))
    with pytest.raises(ValueError, match=r"\(batch, 4\).*\(2, 5\)"):
        DeepAutoencoder((4, 2))(np.zeros((2, 5), "float32"))
    with pytest.raises(ValueError, match="noise=-1"):
        DenoisingAutoencoder((4, 2), noise=-1)
