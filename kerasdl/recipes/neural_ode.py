"""A pendulum's law of motion from its paths: angles to 0.03 rad for four seconds.

The net sees stretches of 0.4 seconds and is judged on paths ten times as long, from
starts of their own. Who takes the pendulum to stand still is wrong by 0.7 rad.
"""

import keras
import numpy as np

import kerasdl
from kerasdl import data
from kerasdl.models.neural_ode import NeuralODE
from kerasdl.runge_kutta import runge_kutta_step

GOAL = "error of the angle over four seconds at most 0.1 rad (root mean square)"
DURATION, STEPS, STRETCH = 0.2, 20, 2


def run(seed: int, epochs: int = 100) -> float:
    """Train; return the angle's root mean square error from new starts."""
    kerasdl.seed(seed)
    x, y = stretches(paths(40, seed=1))
    model = NeuralODE(dim=2, units=32, duration=DURATION, steps=STRETCH)
    batches = data.Batches(x, y, batch_size=256, seed=seed)
    rate = keras.optimizers.schedules.CosineDecay(0.02, epochs * len(batches))
    model.compile(keras.optimizers.Adam(rate), "mse")
    model.fit(batches, epochs=epochs, verbose=0)
    test = paths(20, seed=2)
    guess = keras.ops.convert_to_numpy(model.path(test[:, 0], STEPS))
    return float(np.sqrt(np.mean((guess - test)[:, :, 0] ** 2)))


def paths(count: int, seed: int) -> np.ndarray:
    """Angles and angular velocities `(count, 21, 2)` of a pendulum 2.45 m long."""
    state = np.random.default_rng(seed).uniform(-1.5, 1.5, (count, 2))
    states = [state]
    for _ in range(STEPS):
        for _ in range(4):
            state = runge_kutta_step(pendulum, state, DURATION / 4)
        states.append(state)
    return np.stack(states, axis=1).astype("float32")


def pendulum(state: np.ndarray) -> np.ndarray:
    """angle'' = -(g / length) sin(angle), with g / length = 4 per second squared."""
    angle, velocity = state.T
    return np.stack([velocity, -4.0 * np.sin(angle)], axis=1)


def stretches(whole: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Paths to states `(n, 2)` and the stretch `(n, 3, 2)` that follows each."""
    starts = range(0, STEPS - STRETCH + 1)
    y = np.concatenate([whole[:, t : t + STRETCH + 1] for t in starts])
    return y[:, 0], y


def reached(figure: float) -> bool:
    return figure <= 0.1
