"""Dropout: share and scale, when it acts, equal masks on every backend."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.dense import Dense
from kerasdl.layers.dropout import Dropout, ScheduledDropout

pytestmark = pytest.mark.backend

ONES = np.ones((200, 100), "float32")


def numpy(value):
    return ops.convert_to_numpy(value)


def dropped(layer, training=True):
    """Whether anything was dropped."""
    return bool(np.any(numpy(layer(ONES, training=training)) == 0))


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_drops_the_rate_and_keeps_the_mean(rate):
    kerasdl.seed(0)
    y = numpy(Dropout(rate)(ONES, training=True))
    assert np.mean(y == 0) == pytest.approx(rate, abs=0.02)
    np.testing.assert_allclose(y[y > 0], 1 / (1 - rate), rtol=1e-5)
    assert y.mean() == pytest.approx(1, abs=0.1)


def test_nothing_happens_outside_training_or_with_rate_zero():
    np.testing.assert_array_equal(numpy(Dropout(0.5)(ONES)), ONES)
    np.testing.assert_array_equal(numpy(Dropout(0)(ONES, training=True)), ONES)


def test_numbers_drop_independently():
    kerasdl.seed(0)
    kept = numpy(Dropout(0.5)(ONES, training=True)) > 0
    assert kept.mean(axis=0).std() < 0.06 and kept.mean(axis=1).std() < 0.09
    assert np.mean(kept[:, 1:] == kept[:, :-1]) == pytest.approx(0.5, abs=0.02)


def test_every_call_has_its_own_mask_and_the_seed_repeats_them():
    def two_masks():
        kerasdl.seed(3)
        layer = Dropout(0.5)
        return [numpy(layer(ONES, training=True)) for _ in range(2)]

    (first, second), (again, _) = two_masks(), two_masks()
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, again)


def test_gradient_passes_where_the_number_was_kept():
    kerasdl.seed(0)
    layer = Dropout(0.5)
    y = numpy(layer(ONES[:4], training=True))
    kerasdl.seed(0)
    layer = Dropout(0.5)
    layer.build(ONES.shape)
    seeds = layer.non_trainable_variables

    def loss(x):  # stateless: a gradient may not advance the seeds
        return ops.sum(layer.stateless_call([], seeds, x, training=True)[0])

    np.testing.assert_allclose(numpy(kerasdl.grad(loss)(ONES[:4])), y, rtol=1e-5)


@pytest.mark.parametrize(
    "phase, expected", [("early", [1, 1, 1, 0, 0]), ("late", [0, 0, 0, 1, 1])]
)
def test_acts_only_in_its_phase(phase, expected):
    layer = ScheduledDropout(0.5, steps=3, phase=phase)
    assert [dropped(layer) for _ in expected] == [bool(e) for e in expected]


def test_only_training_counts():
    layer = ScheduledDropout(0.5, steps=1)
    assert not dropped(layer, training=False)
    assert dropped(layer) and not dropped(layer)
    assert int(numpy(layer.step)) == 2


def test_fit_counts_the_steps():
    layer = ScheduledDropout(0.5, steps=4, phase="late")
    model = keras.Sequential([layer, Dense(1)])
    model.build((None, 100))
    model.compile("sgd", "mse")
    model.fit(ONES[:30], ONES[:30, :1], batch_size=10, epochs=2, verbose=0)
    assert int(numpy(layer.step)) == 6


@pytest.mark.parametrize("rate", [-0.1, 1, 1.5])
def test_wrong_rates_are_errors(rate):
    with pytest.raises(ValueError, match="at least 0 and below 1.*Received: rate="):
        Dropout(rate)
    with pytest.raises(ValueError, match="ScheduledDropout.*Received: rate="):
        ScheduledDropout(rate, 1)


def test_wrong_schedules_are_errors():
    with pytest.raises(ValueError, match="steps=0"):
        ScheduledDropout(0.5, 0)
    with pytest.raises(ValueError, match="'early', 'late'.*phase='middle'"):
        ScheduledDropout(0.5, 1, "middle")
