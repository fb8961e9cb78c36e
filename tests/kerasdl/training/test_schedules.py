"""OneCycle rises once and falls, in training too."""

import keras
import numpy as np
import pytest

from kerasdl.training.schedules import OneCycle

pytestmark = pytest.mark.backend


def rates(schedule, steps):
    return [float(keras.ops.convert_to_numpy(schedule(step))) for step in steps]


def test_corners():
    schedule = OneCycle(0.5, 101, rise=0.4, start=10, end=100)
    received = rates(schedule, [0, 20, 40, 70, 100, 500])
    middle_up, middle_down = (0.05 + 0.5) / 2, (0.5 + 0.0005) / 2
    expected = [0.05, middle_up, 0.5, middle_down, 0.0005, 0.0005]
    np.testing.assert_allclose(received, expected, rtol=1e-4)


def test_one_rise_and_one_fall():
    received = np.array(rates(OneCycle(1.0, 50), range(50)))
    top = received.argmax()
    assert top == round(0.3 * 49)
    assert np.all(np.diff(received[: top + 1]) > 0)
    assert np.all(np.diff(received[top:]) < 0)


def test_in_fit_and_saved(tmp_path):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.set_weights([np.zeros((1, 1)), np.zeros(1)])
    schedule = OneCycle(0.1, 4, start=2, end=5)
    model.compile(keras.optimizers.SGD(schedule), "mse")
    x = np.ones((4, 1), "float32")
    model.fit(x, x, batch_size=1, shuffle=False, verbose=0)
    value = 0.0
    for rate in rates(schedule, range(4)):
        value -= rate * 2 * (2 * value - 1)  # both weights get the same gradient
    for weights in model.get_weights():
        np.testing.assert_allclose(weights.ravel(), [value], rtol=1e-5)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    rate = float(keras.ops.convert_to_numpy(loaded.optimizer.learning_rate))
    np.testing.assert_allclose(rate, 0.01, rtol=1e-4)


@pytest.mark.parametrize(
    "arguments", [(0, 10), (0.1, 1), (0.1, 10, 1.0), (0.1, 10, 0.3, 0.5)]
)
def test_wrong_arguments(arguments):
    with pytest.raises(ValueError, match=f"Received: peak={arguments[0]}"):
        OneCycle(*arguments)
