"""MLP: parameters counted, weights equal on every backend, trained, saved."""

import os
import subprocess
import sys
from importlib.util import find_spec

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import MLP, data, losses

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def by_hand(sizes, seed):
    """The documented initial kernels, from NumPy alone."""
    seeds = np.random.SeedSequence(seed).generate_state(len(sizes) - 1)
    for state, dim, units in zip(seeds, sizes, sizes[1:], strict=False):
        limit = np.sqrt(6 / (dim + units))
        kernel = np.random.default_rng(state).uniform(-limit, limit, (dim, units))
        yield kernel.astype("float32")


def test_weights_are_the_documented_ones():
    model = MLP((5, 5), 5, seed=3)
    model.build((None, 5))
    kernels, biases = model.get_weights()[::2], model.get_weights()[1::2]
    for received, expected in zip(kernels, by_hand((5, 5, 5, 5), 3), strict=True):
        np.testing.assert_array_equal(received, expected)
    assert not np.array_equal(kernels[0], kernels[1])
    assert not any(bias.any() for bias in biases)


def test_without_seed_the_library_seed_decides():
    weights = []
    for value in (0, 0, 1):
        kerasdl.seed(value)
        model = MLP((4,), 2)
        model.build((None, 3))
        weights.append(model.get_weights()[0])
    np.testing.assert_array_equal(weights[0], weights[1])
    assert not np.array_equal(weights[0], weights[2])


@pytest.mark.parametrize("units", [(), (7,), (7, 5, 4)])
def test_number_of_parameters(units):
    model = MLP(units, 3)
    model.build((None, 6))
    sizes = (6, *units, 3)
    expected = sum((a + 1) * b for a, b in zip(sizes, sizes[1:], strict=False))
    assert model.count_params() == expected


def test_number_of_parameters_of_one_hidden_layer():
    model = MLP(units=9, outputs=1)
    model.build((None, 4))
    assert model.count_params() == 9 * (4 + 2) + 1


def test_forward_is_the_formula_and_logits_are_not_squashed():
    x = np.random.default_rng(0).normal(size=(8, 4)).astype("float32") * 3
    model = MLP((6, 5), 3, activation="tanh", seed=0)
    w1, w2, w3 = by_hand((4, 6, 5, 3), 0)
    expected = np.tanh(np.tanh(x @ w1) @ w2) @ w3
    np.testing.assert_allclose(numpy(model(x)), expected, atol=1e-5)
    assert expected.min() < 0


def test_learns_xor():
    points, targets = data.xor()
    model = MLP((8,), 1, activation="tanh", seed=0)
    model.compile(keras.optimizers.Adam(0.1), losses.squared_hinge)
    model.fit(points, targets, epochs=60, batch_size=4, verbose=0)
    np.testing.assert_array_equal(np.sign(model.predict(points, verbose=0)), targets)


def test_learns_digits_with_batches_of_two_sizes():
    images, labels = data.load()
    x, y = images.reshape(len(images), -1)[:500], np.eye(10, dtype="float32")[labels]
    model = MLP((32,), 10, seed=0)
    model.compile(keras.optimizers.Adam(0.01), losses.log_loss, metrics=["accuracy"])
    history = model.fit(data.Batches(x, y[:500], 64, seed=0), epochs=8, verbose=0)
    assert history.history["accuracy"][-1] > 0.9
    test, answers = data.load(split="test")
    guesses = model.predict(test.reshape(len(test), -1), verbose=0).argmax(axis=1)
    assert (guesses == answers).mean() > 0.8


def test_save_and_load_compiled(tmp_path):
    model = MLP((4, 3), 2, activation="elu", seed=5)
    model.compile("sgd", losses.log_loss)
    x, y = np.ones((3, 6), "float32"), np.eye(2, dtype="float32")[[0, 1, 1]]
    model.fit(x, y, verbose=0)
    model.save(tmp_path / "mlp.keras")
    loaded = keras.models.load_model(tmp_path / "mlp.keras")
    np.testing.assert_array_equal(numpy(loaded(x)), numpy(model(x)))
    assert loaded.get_config() == model.get_config()
    loaded.fit(x, y, verbose=0)


def test_images_are_an_error():
    with pytest.raises(ValueError, match=r"\(batch, dim\).*\(2, 8, 8, 1\).*reshape"):
        MLP((4,), 2)(np.ones((2, 8, 8, 1), "float32"))


BACKENDS = [name for name in ("jax", "torch", "tensorflow") if find_spec(name)]
OTHERS = [name for name in BACKENDS if name != keras.config.backend()]
ELSEWHERE = """
import sys, keras, kerasdl, numpy as np
saved, x, answers = sys.argv[1:]
loaded = keras.models.load_model(saved)
fresh = kerasdl.MLP((5, 4), 3, activation="tanh", seed=2)
fresh.build((None, 6))
outputs = keras.ops.convert_to_numpy(loaded(np.load(x)))
np.savez(answers, *fresh.get_weights(), outputs=outputs)
"""


@pytest.mark.skipif(not OTHERS, reason="only one backend is installed")
def test_another_backend_has_the_same_weights_and_loads_the_same_file(tmp_path):
    model = MLP((5, 4), 3, activation="tanh", seed=2)
    model.build((None, 6))
    start = model.get_weights()
    x = np.random.default_rng(0).normal(size=(4, 6)).astype("float32")
    model.compile("adam", losses.log_loss)
    model.fit(x, np.eye(3, dtype="float32")[[0, 1, 2, 0]], verbose=0)
    files = [tmp_path / name for name in ("mlp.keras", "x.npy", "answers.npz")]
    model.save(files[0])
    np.save(files[1], x)
    environment = {**os.environ, "KERAS_BACKEND": OTHERS[0]}
    command = [sys.executable, "-c", ELSEWHERE, *files]
    subprocess.run(command, env=environment, check=True)
    answers = np.load(files[2])
    for index, weights in enumerate(start):
        np.testing.assert_array_equal(answers[f"arr_{index}"], weights)
    np.testing.assert_allclose(answers["outputs"], numpy(model(x)), atol=1e-5)
