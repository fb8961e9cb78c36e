"""Q-learning finds the values of a small world; cat and mouse play by the rules."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import cat_and_mouse
from kerasdl.models.q_network import QNetwork
from kerasdl.recipes.cat_and_mouse import escapes

pytestmark = pytest.mark.backend


def test_targets_are_bellmans():
    q = QNetwork((), actions=2, discount=0.5)
    q.build((None, 1))
    q.set_weights([np.array([[1.0, 2.0]], "float32"), np.zeros(2, "float32")])
    following = np.array([[3.0], [-3.0], [100.0]])
    y = q.targets([0, 1, 1], np.array([1.0, 0, -1]), following, [False, False, True])
    np.testing.assert_allclose(y, [[0, 1 + 3], [1, -1.5], [1, -1]])
    np.testing.assert_array_equal(q.act(following), [1, 0, 1])


def test_loss_is_of_the_action_that_was_taken():
    q = QNetwork((), actions=3)
    y = np.array([[0, 5.0], [2, 1.0]], "float32")
    values = np.array([[1.0, 9, 9], [9, 9, 4]], "float32")
    loss = q.compute_loss(*map(keras.ops.convert_to_tensor, (y, y, values)))
    assert float(loss) == pytest.approx((4**2 + 3**2) / 2 / 2)


def test_targets_of_whole_numbers():
    q = QNetwork((), actions=3)
    y, values = np.array([[0, 5], [2, 1]]), np.array([[1.0, 9, 9], [9, 9, 4]])
    tensors = keras.ops.convert_to_tensor(y), keras.ops.cast(values, "float32")
    assert float(q.compute_loss(None, *tensors)) == pytest.approx((4**2 + 3**2) / 4)


@pytest.mark.parametrize("actions", [[0, 7], [0, -1], [0.5, 1]])
def test_fit_looks_at_actions_of_tensors_and_batches(actions):
    q = QNetwork((), actions=3)
    q.compile("sgd")
    x, y = np.ones((2, 1), "float32"), np.stack([actions, [0, 0]], 1).astype("float32")
    for wrong in ((x, keras.ops.convert_to_tensor(y)), (kerasdl.Batches(x, y, 2),)):
        with pytest.raises(ValueError, match="whole numbers from 0 to 2. Received"):
            q.fit(*wrong, verbose=0)
    good = np.array([[0, 1.0], [2, 0]], "float32")
    q.fit(kerasdl.Batches(x, good, 2), verbose=0)
    q.fit(x, keras.ops.convert_to_tensor(good), verbose=0)


def test_learns_the_values_of_a_corridor():
    """Five fields in a row, 1 for leaving to the right: Q = 0.5^steps."""
    kerasdl.seed(0)
    fields, actions = np.repeat(np.arange(5), 2), np.tile([0, 1], 5)
    following = np.clip(fields + 2 * actions - 1, 0, 5)
    ends, one_hot = following == 5, np.eye(6, dtype="float32")
    q = QNetwork((), actions=2, discount=0.5)
    q.build((None, 6))
    q.compile(keras.optimizers.Adam(0.05))
    x = one_hot[fields]
    for _ in range(8):
        y = q.targets(actions, ends.astype("float32"), one_hot[following], ends)
        q.fit(
            np.tile(x, (60, 1)),
            np.tile(y, (60, 1)),
            batch_size=10,
            shuffle=False,
            verbose=0,
        )
    values = keras.ops.convert_to_numpy(q(one_hot[:5]))
    right = 0.5 ** np.arange(4, -1, -1.0)
    left = 0.5 * np.concatenate([right[:1], right[:-1]])
    np.testing.assert_allclose(values, np.stack([left, right], axis=1), atol=0.02)


@pytest.mark.parametrize("discount", [-0.1, 1])
def test_discount_error(discount):
    with pytest.raises(ValueError, match=f"Received: discount={discount}"):
        QNetwork((4,), 2, discount)


class Dice:
    """A generator whose throws are all the same."""

    def __init__(self, value):
        self.value = value

    def random(self, count):
        return np.full(count, self.value)


CAT_STAYS, CAT_GOES = Dice(0.99), Dice(0.0)


def after(state, action, dice):
    states, rewards, ends = cat_and_mouse.step(
        np.array([state]), np.array([action]), dice
    )
    return states[0].tolist(), float(rewards[0]), bool(ends[0])


def test_the_mouse_moves_and_walls_stop_it():
    for action, place in enumerate([[0, 1], [0, 0], [1, 0], [0, 0]]):
        assert after([0, 0, 4, 4], action, CAT_STAYS)[0] == [*place, 4, 4]


def test_the_cat_runs_along_the_longer_distance():
    assert after([0, 0, 4, 2], 1, CAT_GOES)[0] == [0, 0, 3, 2]
    assert after([0, 0, 1, 3], 1, CAT_GOES)[0] == [0, 0, 1, 2]


def test_ends():
    assert after([2, 3, 0, 0], 0, CAT_GOES) == ([2, 4, 0, 0], 1, True)
    assert after([2, 3, 1, 4], 0, CAT_GOES) == ([2, 4, 1, 4], 1, True)
    assert after([0, 0, 0, 1], 1, CAT_GOES) == ([0, 0, 0, 0], -1, True)
    assert after([0, 0, 1, 0], 2, CAT_STAYS) == ([1, 0, 1, 0], -1, True)
    assert after([0, 0, 4, 0], 1, CAT_STAYS)[1:] == (0, False)


def test_the_cat_does_not_enter_the_hole():
    assert after([3, 4, 1, 4], 2, CAT_GOES)[0] == [4, 4, 1, 4]


def test_starts_are_all_states_of_a_game():
    states = cat_and_mouse.starts()
    assert len(states) == len(np.unique(states, axis=0)) == 24 * 23
    assert not (cat_and_mouse.caught(states) | cat_and_mouse.escaped(states)).any()


def test_step_errors():
    with pytest.raises(ValueError, match="0 games that have ended"):
        after([0, 0, 1, 1], 4, CAT_GOES)
    with pytest.raises(ValueError, match="1 games that have ended"):
        after([2, 4, 1, 1], 0, CAT_GOES)


def test_a_mouse_that_stays_in_a_corner_never_escapes():
    assert escapes(lambda states: np.full(len(states), 1), seed=0) < 0.1
