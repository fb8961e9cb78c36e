"""Turns: who moves, in which order, with which gradients; and frozen models."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import data, grad
from kerasdl.training import Player, Stepwise, frozen

pytestmark = pytest.mark.backend

SGD = keras.optimizers.SGD


class Pair(kerasdl.Model):
    """Two numbers, a and b, and a count of how often a loss was computed."""

    def __init__(self):
        super().__init__()
        self.a = self.add_weight(shape=(), initializer="ones", name="a")
        self.b = self.add_weight(shape=(), initializer="ones", name="b")
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False)
        self.built = True

    def loss_of_a(self, x):
        self.count.assign(self.count + 1)
        return ops.mean(x) * self.a * self.b

    def loss_of_b(self, x):
        return ops.mean(x) * self.a * self.b**2


def turns(pair, **steps):
    return Stepwise(
        pair,
        [
            Player("a", pair.loss_of_a, [pair.a], SGD(0.1), steps.get("a", 1)),
            Player("b", pair.loss_of_b, [pair.b], SGD(0.1), steps.get("b", 1)),
        ],
    )


def test_the_second_player_sees_what_the_first_has_done():
    pair = Pair()
    losses = turns(pair).step(np.array([2.0, 4.0], "float32"))
    a = 1 - 0.1 * 3 * 1
    b = 1 - 0.1 * 3 * a * 2
    np.testing.assert_allclose(float(pair.a.value), a, rtol=1e-6)
    np.testing.assert_allclose(float(pair.b.value), b, rtol=1e-6)
    np.testing.assert_allclose([float(x) for x in losses], [3, 3 * a], rtol=1e-6)


def test_steps_per_batch_and_state_of_the_model():
    pair = Pair()
    stepwise = turns(pair, a=3)
    for _ in range(2):
        stepwise.step(np.array([1.0], "float32"))
    assert float(pair.count.value) == 6


def test_history_is_the_mean_over_batches():
    pair = Pair()
    batches = [np.array([1.0], "float32"), np.array([3.0], "float32")]
    pair_of_losses = Stepwise(pair, [Player("a", pair.loss_of_a, [pair.a], SGD(0.0))])
    history = pair_of_losses.fit(batches, epochs=3)
    np.testing.assert_allclose(history["a"], [2, 2, 2])


class Critic(kerasdl.Model):
    def __init__(self):
        super().__init__()
        self.net = kerasdl.MLP((4,), 1, activation="tanh", seed=0)

    def build(self, input_shape):
        self.net.build(input_shape)

    def call(self, x):
        return self.net(x)

    def penalty(self, x, y=None):
        slopes = grad(lambda inputs: ops.sum(self.net(inputs)))(x)
        return ops.mean((ops.sum(slopes**2, axis=-1) - 1) ** 2)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        return self.penalty(x)


def moved(weights, x):
    """The weights after one step of size 0.1 by central differences of the penalty."""
    kernel, bias, last, _ = [w.astype("float64") for w in weights]

    def penalty(kernel):
        slope = (1 - np.tanh(x @ kernel + bias) ** 2) * last[:, 0]
        return np.mean((np.sum((slope @ kernel.T) ** 2, axis=-1) - 1) ** 2)

    result = kernel.copy()
    for place in np.ndindex(*kernel.shape):
        move = np.zeros_like(kernel)
        move[place] = 1e-5
        result[place] -= 0.1 * (penalty(kernel + move) - penalty(kernel - move)) / 2e-5
    return result


X = np.random.default_rng(0).normal(size=(5, 3)).astype("float32")


def test_gradient_penalty_in_a_turn():
    critic = Critic()
    critic.build((None, 3))
    expected = moved(critic.get_weights(), X)
    Stepwise(
        critic, [Player("p", critic.penalty, critic.trainable_variables, SGD(0.1))]
    ).step(X)
    np.testing.assert_allclose(critic.get_weights()[0], expected, atol=1e-5)


def test_gradient_penalty_in_fit():
    critic = Critic()
    critic.build((None, 3))
    expected = moved(critic.get_weights(), X)
    critic.compile(SGD(0.1))
    critic.fit(X, batch_size=5, verbose=0)
    np.testing.assert_allclose(critic.get_weights()[0], expected, atol=1e-5)
    assert np.isfinite(critic.evaluate(X, verbose=0))


def test_a_plain_fit_in_turns_equals_keras():
    x, y = X, X[:, :1]
    weights = []
    for stepwise in (True, False):
        model = kerasdl.MLP((4,), 1, activation="tanh", seed=0)
        model.build((None, 3))
        batches = data.Batches(x, y, 2, seed=0)
        if stepwise:

            def loss(x, y, model=model):
                return ops.mean((model(x) - y) ** 2)

            player = Player(
                "fit", loss, model.trainable_variables, keras.optimizers.Adam(0.01)
            )
            Stepwise(model, [player]).fit(batches, epochs=3)
        else:
            model.compile(keras.optimizers.Adam(0.01), "mse")
            model.fit(batches, epochs=3, verbose=0)
        weights.append(model.get_weights())
    for one, other in zip(*weights, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_frozen_lets_gradients_reach_the_inputs_only():
    net = kerasdl.MLP((4,), 1, activation="tanh", seed=0)
    net.build((None, 3))
    np.testing.assert_allclose(
        ops.convert_to_numpy(frozen(net, X)), ops.convert_to_numpy(net(X)), rtol=1e-6
    )
    slope = grad(lambda x: ops.sum(frozen(net, x)))(X)
    expected = grad(lambda x: ops.sum(net(x)))(X)
    np.testing.assert_allclose(
        ops.convert_to_numpy(slope), ops.convert_to_numpy(expected), rtol=1e-5
    )
    loss, gradients = kerasdl.autodiff.variable_gradients(
        lambda: ops.sum(frozen(net, X)), net.trainable_variables, net.variables
    )
    assert all(not ops.convert_to_numpy(g).any() for g in gradients)


def test_mistakes_are_named():
    pair = Pair()
    with pytest.raises(ValueError, match="not built"):
        Stepwise(kerasdl.MLP((2,), 1), [])
    with pytest.raises(ValueError, match="not built"):
        frozen(kerasdl.MLP((2,), 1), X)
    with pytest.raises(ValueError, match="named .*'a', 'a'"):
        Stepwise(pair, [Player("a", pair.loss_of_a, [pair.a], SGD())] * 2)
    with pytest.raises(ValueError, match="0 variables"):
        Stepwise(pair, [Player("a", pair.loss_of_a, [], SGD())])
    with pytest.raises(ValueError, match="steps=0"):
        Stepwise(pair, [Player("a", pair.loss_of_a, [pair.a], SGD(), steps=0)])
    with pytest.raises(ValueError, match="once per epoch"):
        turns(pair).fit(iter([X[:, 0]]), epochs=2)
    with pytest.raises(ValueError, match="attribute of the model"):
        Stepwise(pair, [Player("a", pair.loss_of_a, [Pair().a], SGD())])
