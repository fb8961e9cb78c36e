"""The Wasserstein GAN: whose turn moves whom, its losses, and that it learns."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl.models.mlp import MLP
from kerasdl.models.wasserstein_gan import WassersteinGAN

pytestmark = pytest.mark.backend

X = np.random.default_rng(0).normal(2, 0.5, size=(256, 1)).astype("float32")


def model_of(penalty=10.0):
    kerasdl.seed(0)
    networks = MLP(8, 1), MLP(8, 1, "leaky_relu")
    model = WassersteinGAN(*networks, noise_dim=2, penalty=penalty)
    model.build((None, 1))
    return model


@pytest.mark.parametrize("steps", [1, 3])
def test_the_critic_takes_so_many_steps_for_one_of_the_generator(steps):
    model = model_of()
    generator, critic = keras.optimizers.SGD(1e-3), keras.optimizers.SGD(1e-3)
    model.stepwise(generator, critic, steps).fit([X[:64], X[64:128]])
    assert int(generator.iterations) == 2
    assert int(critic.iterations) == 2 * steps


@pytest.mark.parametrize("rates", [(0.0, 0.01), (0.01, 0.0)])
def test_each_turn_moves_its_own_player(rates):
    model = model_of()
    start = [model.generator.get_weights(), model.critic.get_weights()]
    model.stepwise(*map(keras.optimizers.SGD, rates)).fit([X[:64]])
    end = [model.generator.get_weights(), model.critic.get_weights()]
    for rate, one, other in zip(rates, start, end, strict=True):
        pairs = zip(one, other, strict=True)
        assert all(np.array_equal(a, b) for a, b in pairs) == (rate == 0)


def test_learns_a_gaussian():
    model = model_of(penalty=0.1)

    def adam(rate, steps):
        rate = keras.optimizers.schedules.CosineDecay(rate, steps)
        return keras.optimizers.Adam(rate, beta_1=0.0, beta_2=0.9)

    trainer = model.stepwise(adam(1e-2, 100), adam(1e-2, 300), critic_steps=3)
    history = trainer.fit([X[i : i + 64] for i in range(0, 256, 64)], epochs=25)
    assert set(history) == {"critic", "generator"}
    fakes = model.predict(np.zeros((2000, 1)), batch_size=500, verbose=0)
    assert abs(fakes.mean() - 2) < 0.4


def test_penalty_is_part_of_the_critics_loss():
    model = model_of()
    for weight in model.critic.trainable_variables:
        weight.assign(np.zeros(weight.shape))
    assert float(model.critic_loss(X)) == pytest.approx(10.0, rel=1e-4)


def test_fit_says_what_to_write():
    model = model_of()
    model.compile("sgd")
    with pytest.raises(ValueError, match=r"stepwise\("):
        model.fit(X, verbose=0)


@pytest.mark.parametrize(("features", "scores"), [(1, 7), (2, 1)])
def test_fakes_and_scores_of_another_shape(features, scores):
    model = WassersteinGAN(MLP((), features), MLP((), scores), noise_dim=2)
    model.build((None, 1))
    with pytest.raises(ValueError, match="Received: (shape|fakes)"):
        model.critic_loss(X)


def test_saved_and_loaded(tmp_path):
    model = model_of()
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for one, other in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="penalty=0"):
        WassersteinGAN(MLP(4, 1), MLP(4, 1), 2, penalty=0)
    with pytest.raises(ValueError, match="noise_dim=0"):
        WassersteinGAN(MLP(4, 1), MLP(4, 1), 0)
