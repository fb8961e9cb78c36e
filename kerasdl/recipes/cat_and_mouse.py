"""A mouse learns to escape from a cat, by Q-learning: in 97 games of 100.

The best play escapes from every start; moves at random escape from one in eight.
"""

import keras
import numpy as np

import kerasdl
from kerasdl import cat_and_mouse, data
from kerasdl.models.q_network import QNetwork

GOAL = "escapes in at least 0.8 of the games"
BATCH, EPOCHS = 736, 4


def run(seed: int, rounds: int = 15) -> float:
    """Train; return the share of games won, one from each start."""
    kerasdl.seed(seed)
    q = QNetwork(units=(64, 64), actions=4)
    q.build((None, 4))
    states, actions, following, rewards, ends = experience(4, seed=1)
    steps = rounds * EPOCHS * -(-len(states) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(0.01, steps)
    q.compile(keras.optimizers.Adam(rate))
    for index in range(rounds):
        y = q.targets(actions, rewards, scaled(following), ends)
        batches = data.Batches(scaled(states), y, BATCH, seed=seed + index)
        q.fit(batches, epochs=EPOCHS, verbose=0)
    starts = cat_and_mouse.starts()
    best = np.zeros([cat_and_mouse.SIZE] * 4, int)  # the action in each state
    best[tuple(starts.T)] = q.act(scaled(starts))
    return escapes(lambda states: best[tuple(states.T)], seed=2)


def experience(times: int, seed: int) -> tuple[np.ndarray, ...]:
    """Every action in every state, several times, and what came of it."""
    states = np.repeat(cat_and_mouse.starts(), 4 * times, axis=0)
    actions = np.arange(len(states)) % 4
    return (
        states,
        actions,
        *cat_and_mouse.step(states, actions, np.random.default_rng(seed)),
    )


def scaled(states: np.ndarray) -> np.ndarray:
    """Fields 0 to 4 as numbers from -1 to 1."""
    return (states / 2 - 1).astype("float32")


def escapes(policy, seed: int, moves: int = 40) -> float:
    """The share of games, from all starts, in which a policy gets to the hole."""
    random = np.random.default_rng(seed)
    states = cat_and_mouse.starts()
    games, won = len(states), 0
    for _ in range(moves):
        if len(states):
            states, rewards, ends = cat_and_mouse.step(states, policy(states), random)
            won += np.sum(rewards > 0)
            states = states[~ends]
    return float(won / games)


def reached(figure: float) -> bool:
    return figure >= 0.8
