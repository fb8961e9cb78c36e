"""AdaptiveClipping shortens what is long beside its weights, and nothing else."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.models.mlp import MLP
from kerasdl.training.clipping import AdaptiveClipping

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def clip(gradient, weights, **arguments):
    optimizer = AdaptiveClipping(keras.optimizers.SGD(1.0), **arguments)
    variable = keras.Variable(np.asarray(weights, "float32"), name="kernel")
    gradient = ops.convert_to_tensor(np.asarray(gradient, "float32"))
    return numpy(optimizer.clip(gradient, variable))


def test_by_hand():
    """Units are columns: lengths 5 and 0; gradients 10 and 1."""
    received = clip([[6, 1], [8, 0]], [[3, 0], [4, 0]], clipping=0.1, epsilon=0.5)
    np.testing.assert_allclose(received, [[0.3, 0.05], [0.4, 0]], rtol=1e-5)


def test_short_gradients_stay():
    gradient = [[0.01, 0.02], [0.03, -0.01]]
    np.testing.assert_array_equal(
        clip(gradient, np.ones((2, 2)), clipping=0.1), np.float32(gradient)
    )
    np.testing.assert_array_equal(clip(np.zeros((2, 2)), np.zeros((2, 2))), 0)


@pytest.mark.parametrize("shape", [(4,), (4, 3), (2, 2, 3, 5)])
def test_against_a_loop(shape):
    random = np.random.default_rng(0)
    gradient, weights = random.normal(size=(2, *shape)).astype("float32")
    gradient[..., 0] *= 1e-3
    expected = gradient.copy().reshape(-1, shape[-1] if len(shape) > 1 else 1)
    flat = weights.reshape(expected.shape)
    for unit in range(expected.shape[1]):
        g, w = np.linalg.norm(expected[:, unit]), np.linalg.norm(flat[:, unit])
        expected[:, unit] *= min(1, 0.2 * max(w, 1e-3) / g)
    received = clip(gradient, weights, clipping=0.2)
    np.testing.assert_allclose(received, expected.reshape(shape), rtol=1e-4)


def trained(optimizer, steps=3, loss="mse"):
    kerasdl.seed(0)
    model = MLP((5,), 2)
    model.build((None, 3))
    model.compile(optimizer, loss)
    x = np.random.default_rng(0).normal(size=(8, 3)).astype("float32")
    y = 10 * x[:, :2]
    start = model.get_weights()
    model.fit(x, y, epochs=steps, batch_size=8, shuffle=False, verbose=0)
    return model, start


def test_step_in_fit_is_at_most_the_rate_times_clipping():
    optimizer = AdaptiveClipping(keras.optimizers.SGD(0.5), 0.02)
    model, start = trained(optimizer, steps=1)
    for before, after in zip(start[::2], model.get_weights()[::2], strict=True):
        moved = np.linalg.norm(after - before, axis=0)
        allowed = 0.5 * 0.02 * np.linalg.norm(before, axis=0)
        np.testing.assert_allclose(moved, allowed, rtol=1e-3)


def test_without_anything_to_clip_it_is_the_inner_optimizer():
    plain, _ = trained(keras.optimizers.Adam(0.01))
    wrapped, _ = trained(AdaptiveClipping(keras.optimizers.Adam(0.01), 1e6))
    for one, other in zip(plain.get_weights(), wrapped.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_excluded_variables_are_not_clipped():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="head")])
    optimizer = AdaptiveClipping(keras.optimizers.SGD(1.0), 1e-6, exclude=("head/",))
    start = model.get_weights()[0]
    model.compile(optimizer, "mse")
    model.fit(np.ones((4, 3)), np.full((4, 2), 50.0), verbose=0)
    assert np.abs(model.get_weights()[0] - start).max() > 1


def test_rows_of_an_embedding():
    model = keras.Sequential([keras.layers.Embedding(6, 2), keras.layers.Flatten()])
    model.compile(AdaptiveClipping(keras.optimizers.SGD(0.1)), "mse")
    tokens = np.array([[1, 2], [2, 3]])
    model.fit(tokens, np.ones((2, 4)), verbose=0)
    assert all(np.isfinite(w).all() for w in model.get_weights())


def test_saved_with_its_state(tmp_path):
    optimizer = AdaptiveClipping(
        keras.optimizers.SGD(0.01, momentum=0.9), 0.05, 0.01, ("head",)
    )
    model, _ = trained(optimizer)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.optimizer.get_config() == optimizer.get_config()
    pairs = zip(optimizer.variables, loaded.optimizer.variables, strict=True)
    for one, other in pairs:
        np.testing.assert_array_equal(numpy(one), numpy(other))
    assert int(numpy(loaded.optimizer.iterations)) == 3
    loaded.optimizer.learning_rate = 0.5
    assert float(numpy(loaded.optimizer.inner_optimizer.learning_rate)) == 0.5
    values = [numpy(v) + 1 for v in optimizer.variables]
    optimizer.set_weights(values)
    for variable, value in zip(optimizer.variables, values, strict=True):
        np.testing.assert_array_equal(numpy(variable), value)


def test_inside_a_loss_scale():
    clipping = AdaptiveClipping(keras.optimizers.SGD(0.5), 0.02)
    scaled = keras.optimizers.LossScaleOptimizer(clipping, initial_scale=64.0)
    model, _ = trained(scaled)
    plain, _ = trained(AdaptiveClipping(keras.optimizers.SGD(0.5), 0.02))
    for one, other in zip(model.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_average_of_the_inner_optimizer_is_used():
    inner = keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.5)
    model, start = trained(AdaptiveClipping(inner, 1e6), steps=1)
    plain, _ = trained(keras.optimizers.SGD(0.1), steps=1)
    for one, other in zip(model.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)  # after one step: the same


def test_wrong_arguments():
    with pytest.raises(ValueError, match="Received: inner_optimizer='sgd'"):
        AdaptiveClipping("sgd")
    with pytest.raises(ValueError, match="scale the loss"):
        AdaptiveClipping(keras.optimizers.SGD(0.1, loss_scale_factor=8.0))
    with pytest.raises(ValueError, match="Received: clipping=0"):
        AdaptiveClipping(keras.optimizers.SGD(0.1), 0)
