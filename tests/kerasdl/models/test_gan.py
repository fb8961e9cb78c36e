"""GANs: each player's own gradient, training by fit, conditions, saving."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import adversarial
from kerasdl.autodiff import variable_gradients
from kerasdl.models.conditional_gan import ConditionalGAN
from kerasdl.models.gan import GAN
from kerasdl.models.image_discriminator import ImageDiscriminator
from kerasdl.models.image_generator import ImageGenerator
from kerasdl.models.mlp import MLP

pytestmark = pytest.mark.backend

X = np.random.default_rng(0).normal(size=(16, 2)).astype("float32")


def numpy(value):
    return ops.convert_to_numpy(value)


def model_of(**options):
    kerasdl.seed(0)
    networks = MLP(4, 2, "tanh", name="generator"), MLP(5, 1, name="discriminator")
    gan = GAN(*networks, noise_dim=3, **options)
    gan.build((None, 2))
    return gan


def weights_of(gan):
    networks = gan.generator, gan.discriminator
    return [[w.copy() for w in network.get_weights()] for network in networks]


def equal(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_as_many_fakes_as_rows_and_new_ones_each_time():
    gan = model_of()
    one, other = (gan.predict(X, verbose=0) for _ in range(2))
    assert one.shape == (16, 2) and not np.array_equal(one, other)


def test_each_player_gets_the_gradient_of_its_own_loss():
    gan = model_of()
    fake = gan(X)
    variables = gan.trainable_variables

    def together():
        return gan.compute_loss(x=X, y_pred=gan.generator(noise))

    noise = np.random.default_rng(1).normal(size=(16, 3)).astype("float32")
    fake = gan.generator(noise)
    _, received = variable_gradients(together, variables, gan.variables)

    def d_loss():
        logits = gan.discriminator(X), gan.discriminator(ops.stop_gradient(fake))
        return adversarial.discriminator_loss(*logits)

    def g_loss():
        return adversarial.generator_loss(gan.discriminator(gan.generator(noise)))

    of_d, of_g = (
        gan.discriminator.trainable_variables,
        gan.generator.trainable_variables,
    )
    expected = variable_gradients(g_loss, of_g, gan.variables)[1]
    expected += variable_gradients(d_loss, of_d, gan.variables)[1]
    order = [id(v) for v in [*of_g, *of_d]]
    for variable, gradient in zip(variables, received, strict=True):
        other = expected[order.index(id(variable))]
        np.testing.assert_allclose(numpy(gradient), numpy(other), atol=1e-6)


@pytest.mark.parametrize("still", ["generator", "discriminator"])
def test_two_optimizers_move_their_own_player(still):
    gan = model_of()
    moving, resting = keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.0)
    rates = keras.optimizers.OptimizerMap(moving, {f".*{still}/.*": resting})
    gan.compile(keras.optimizers.MultiOptimizer(rates))
    start = weights_of(gan)
    gan.fit(X, batch_size=8, verbose=0)
    same = [equal(*pair) for pair in zip(start, weights_of(gan), strict=True)]
    assert same == [still == "generator", still == "discriminator"]


def test_history_has_both_losses():
    gan = model_of()
    gan.compile(keras.optimizers.Adam(1e-3))
    history = gan.fit(X, epochs=2, verbose=0).history
    assert set(history) == {"loss", "d_loss", "g_loss"}
    total = np.add(history["d_loss"], history["g_loss"])
    np.testing.assert_allclose(history["loss"], total, rtol=1e-4)


def test_blur_is_what_the_discriminator_sees():
    gan = model_of(blur=0.5)
    zeros = ops.zeros((20_000, 2))
    real, fake = map(numpy, gan.blurred(zeros, zeros))
    assert real.std() == pytest.approx(0.5, rel=0.02)
    assert abs(np.corrcoef(real.ravel(), fake.ravel())[0, 1]) < 0.02
    assert not numpy(model_of().blurred(zeros, zeros)[0]).any()


def test_saved_and_loaded_with_two_optimizers(tmp_path):
    gan = model_of()
    adam = keras.optimizers.Adam
    rates = keras.optimizers.OptimizerMap(adam(1e-3), {".*generator/.*": adam(1e-2)})
    gan.compile(keras.optimizers.MultiOptimizer(rates))
    gan.fit(X, verbose=0)
    gan.save(tmp_path / "gan.keras")
    loaded = keras.models.load_model(tmp_path / "gan.keras")
    for one, other in zip(weights_of(gan), weights_of(loaded), strict=True):
        assert equal(one, other)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="noise_dim=0"):
        GAN(MLP(4, 2), MLP(4, 1), noise_dim=0)
    with pytest.raises(ValueError, match="blur=-1"):
        GAN(MLP(4, 2), MLP(4, 1), noise_dim=2, blur=-1)
    with pytest.raises(ValueError, match="even"):
        ImageGenerator(classes=3, side=7)
    with pytest.raises(ValueError, match="images"):
        ImageDiscriminator(classes=3).build([(None, 64), (None,)])


def test_fakes_and_logits_of_another_shape():
    def fit(generator, discriminator, x):
        gan = ConditionalGAN(generator, discriminator, noise_dim=2)
        gan.compile(keras.optimizers.SGD())
        gan.fit((x, np.array([0, 1, 2, 0])), verbose=0)

    images = np.zeros((4, 8, 8, 1), "float32")
    with pytest.raises(ValueError, match=r"\(8, 8, 1\).*Received: fakes.*\(4, 4, 1\)"):
        fit(ImageGenerator(3, side=4), ImageDiscriminator(3), images)
    gan = GAN(MLP((), 2), MLP((), 7), noise_dim=2)
    gan.compile(keras.optimizers.SGD())
    with pytest.raises(ValueError, match=r"\(batch, 1\). Received: shape \(\w+, 7\)"):
        gan.fit(X, verbose=0)


def conditional():
    kerasdl.seed(0)
    gan = ConditionalGAN(
        ImageGenerator(classes=3, filters=2), ImageDiscriminator(3, filters=2), 4
    )
    gan.build([(None, 8, 8, 1), (None,)])
    return gan


def test_fakes_depend_on_the_label_and_the_noise():
    generator = conditional().generator
    noise = np.random.default_rng(0).normal(size=(3, 4)).astype("float32")
    same = np.repeat(noise[:1], 3, axis=0)
    labels = np.arange(3, dtype="int32")
    by_label = numpy(generator((same, labels)))
    by_noise = numpy(generator((noise, 0 * labels)))
    for images in (by_label, by_noise):
        assert images.shape == (3, 8, 8, 1) and np.abs(images).max() < 1
        assert np.abs(images[0] - images[1]).max() > 1e-3


def test_the_discriminator_learns_to_use_the_label():
    network = conditional().discriminator
    x = np.random.default_rng(0).normal(size=(2, 8, 8, 1)).astype("float32")
    before = numpy(network((x, np.array([0, 1]))))
    np.testing.assert_allclose(before, numpy(network((x, np.array([2, 2])))), atol=1e-6)
    network.rows.assign(network.rows + np.arange(3)[:, None])
    assert np.abs(numpy(network((x, np.array([2, 2])))) - before).max() > 1e-3


def test_conditional_training_moves_both_players():
    gan = conditional()
    gan.compile(keras.optimizers.Adam(1e-3))
    start = weights_of(gan)
    x = np.random.default_rng(0).uniform(-1, 1, (12, 8, 8, 1)).astype("float32")
    history = gan.fit((x, np.arange(12) % 3), batch_size=4, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    assert not any(equal(*pair) for pair in zip(start, weights_of(gan), strict=True))
