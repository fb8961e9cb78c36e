"""Cat and mouse: a small world for reinforcement learning, many games at a time."""

import numpy as np

MOVES = np.array([[0, 1], [0, -1], [1, 0], [-1, 0]])  # up, down, right, left
SIZE = 5
HOLE = np.array([2, 4])
CAT_RUNS = 0.6


def starts() -> np.ndarray:
    """All states `(552, 4)` that are not the end of a game: mouse x, y, cat x, y.

    The board has 5 by 5 fields with the hole at (2, 4). The mouse is in none of the
    hole and the cat's field.
    """
    axes = np.meshgrid(*[np.arange(SIZE)] * 4, indexing="ij")
    states = np.stack([axis.ravel() for axis in axes], axis=1)
    return states[~(escaped(states) | caught(states)) & ~in_hole(states[:, 2:])]


def step(
    states: np.ndarray, actions: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """States `(n, 4)` and moves of the mouse `(n,)` to what follows.

    The mouse goes one field up, down, right or left (0 to 3), unless the wall is there.
    It has escaped when it is in the hole. Then the cat goes one field towards it, along
    the longer distance, with a probability of 0.6; it does not enter the hole.

    Returns:
        the next states `(n, 4)`, rewards `(n,)`, 1 for escaping, -1 for being caught,
        else 0, and ends `(n,)`, booleans.

    Raises:
        ValueError: when an action is not one of 0 to 3, or a game has ended.
    """
    _check(states, actions)
    mouse = np.clip(states[:, :2] + MOVES[actions], 0, SIZE - 1)
    runs = (random.random(len(states)) < CAT_RUNS)[:, None]
    following = np.concatenate([mouse, states[:, 2:]], axis=1)
    moves = ~(escaped(following) | caught(following))[:, None] & runs
    cat = np.where(moves, _towards(mouse, states[:, 2:]), states[:, 2:])
    following = np.concatenate([mouse, cat], axis=1)
    rewards = escaped(following).astype("float32") - caught(following)
    return following, rewards, rewards != 0


def escaped(states: np.ndarray) -> np.ndarray:
    return in_hole(states[:, :2])


def caught(states: np.ndarray) -> np.ndarray:
    """Whether the cat is on the mouse's field, `(n,)`; nobody is caught in the hole."""
    return (states[:, :2] == states[:, 2:]).all(axis=1) & ~escaped(states)


def in_hole(places: np.ndarray) -> np.ndarray:
    return (places == HOLE).all(axis=1)


def _towards(mouse: np.ndarray, cat: np.ndarray) -> np.ndarray:
    away = mouse - cat
    along_x = np.abs(away[:, :1]) > np.abs(away[:, 1:])
    along = np.concatenate([along_x, ~along_x], axis=1)
    moved = cat + np.sign(away) * along
    return np.where(in_hole(moved)[:, None], cat, moved)


def _check(states: np.ndarray, actions: np.ndarray) -> None:
    over = escaped(states) | caught(states)
    if over.any() or not np.isin(actions, range(len(MOVES))).all():
        raise ValueError(
            "step needs actions from 0 to 3 and games that go on. Received: actions "
            f"{np.unique(actions).tolist()}, {over.sum()} games that have ended. "
            "Leave the ended games out: states[~ends]."
        )
