"""The recurrent classifier remembers what it read first."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import losses
from kerasdl.models.recurrent_classifier import RecurrentClassifier

pytestmark = pytest.mark.backend


def test_remembers_the_first_of_six_numbers():
    kerasdl.seed(0)
    x = np.random.default_rng(0).choice([-1.0, 1.0], (300, 6, 1)).astype("float32")
    y = np.stack([x[:, 0, 0] < 0, x[:, 0, 0] > 0], axis=1).astype("float32")
    model = RecurrentClassifier(12, 2)
    model.build((None, None, 1))
    model.compile(keras.optimizers.Adam(0.02), losses.log_loss)
    model.fit(x, y, epochs=25, batch_size=50, verbose=0)
    guesses = model.predict(x, batch_size=300, verbose=0).argmax(axis=1)
    assert np.mean(guesses == y.argmax(axis=1)) > 0.97


def test_wrong_input():
    with pytest.raises(ValueError, match=r"\(batch, steps, dim\)"):
        RecurrentClassifier(4, 2)(np.ones((2, 3), "float32"))
