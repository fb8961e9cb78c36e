"""A GPT learns XOR as the next token: 00 is followed by 0, 01 by 1, 10 by 1, 11 by 0.

It is then a machine of four states. (From 00 only zeros follow; the other three states
take turns: so the training set is all four states, not a text.) Figure: the smallest
of the four probabilities of the right next token.
"""

import keras
import numpy as np

import kerasdl
from kerasdl.models.finite_state import FiniteStateMachine
from kerasdl.models.gpt import GPT

GOAL = "each right next token has a probability of at least 0.95"


def run(seed: int) -> float:
    kerasdl.seed(seed)
    source = FiniteStateMachine.xor()
    learned = FiniteStateMachine.of(train(source))
    return float(np.sum(learned.transitions * source.transitions, axis=1).min())


def reached(figure: float) -> bool:
    return figure >= 0.95


def train(source: FiniteStateMachine) -> GPT:
    """A machine without chance to a GPT that does the same."""
    states, following = source.states, source.transitions.argmax(axis=1)
    targets = np.concatenate([states[:, 1:], following[:, None]], axis=1)
    model = GPT(vocabulary=2, context=source.context, dim=16, depth=1, heads=2)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    model.fit(states, targets, batch_size=4, epochs=150, shuffle=False, verbose=0)
    return model
