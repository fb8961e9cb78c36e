"""InfoNCE against a slow loop; codes learn which views belong together."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl.contrastive import info_nce, unit
from kerasdl.models.contrastive_encoder import ContrastiveEncoder

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)


def numpy(x):
    return keras.ops.convert_to_numpy(x)


def by_hand(first, second, temperature):
    first, second = (
        c / np.linalg.norm(c, axis=1, keepdims=True) for c in (first, second)
    )
    losses = []
    for i in range(len(first)):
        row = np.exp([first[i] @ c / temperature for c in second])
        column = np.exp([c @ second[i] / temperature for c in first])
        losses.append(
            -np.log(row[i] / row.sum()) / 2 - np.log(column[i] / column.sum()) / 2
        )
    return losses


def test_agrees_with_a_loop():
    first, second = random.normal(size=(2, 5, 3)).astype("float32")
    received = numpy(info_nce(first, second, 0.5))
    np.testing.assert_allclose(received, by_hand(first, second, 0.5), rtol=1e-4)


def test_codes_that_say_nothing_cost_log_batch():
    codes = np.ones((8, 3), "float32")
    np.testing.assert_allclose(numpy(info_nce(codes, codes)), np.log(8), rtol=1e-5)


def test_perfect_pairs_cost_nothing():
    codes = np.eye(4, dtype="float32")
    assert numpy(info_nce(codes, 3 * codes, 0.02)).max() < 1e-6


def test_the_two_views_may_be_swapped_and_scaled():
    first, second = random.normal(size=(2, 5, 3)).astype("float32")
    expected = numpy(info_nce(first, second))
    np.testing.assert_allclose(numpy(info_nce(second, 7 * first)), expected, rtol=1e-4)


def test_extremes():
    codes = 1e4 * random.normal(size=(5, 3)).astype("float32")
    assert np.isfinite(numpy(info_nce(codes, -codes, 0.01))).all()
    assert np.isfinite(numpy(unit(keras.ops.zeros((2, 3))))).all()


@pytest.mark.parametrize(
    ("shapes", "temperature"),
    [(((4, 3), (4, 2)), 1), (((4,), (4,)), 1), (((4, 3),) * 2, 0)],
)
def test_errors(shapes, temperature):
    with pytest.raises(ValueError, match="info_nce needs .* Received: shapes"):
        info_nce(*(np.ones(shape, "float32") for shape in shapes), temperature)


def test_learns_what_two_views_share():
    """Each view is a hidden number beside noise of its own."""
    kerasdl.seed(0)
    hidden = random.normal(size=(256, 1))
    first, second = (
        np.concatenate([hidden, random.normal(size=(256, 4))], axis=1).astype("float32")
        for _ in range(2)
    )
    model = ContrastiveEncoder((16,), dim=2)
    model.build((None, 5))
    model.compile(keras.optimizers.Adam(1e-2))
    losses = model.fit(first, second, batch_size=64, epochs=15, verbose=0).history[
        "loss"
    ]
    assert losses[-1] < losses[0] - 0.5
    codes = model.predict(first, verbose=0)
    np.testing.assert_allclose(np.linalg.norm(codes, axis=1), 1, rtol=1e-4)
