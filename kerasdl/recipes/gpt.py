"""A GPT learns a random source of bits, from a text that it wrote, as a machine.

The source has a memory of two bits: in each of its four states it emits a 1 with a
probability from 0.1 to 0.9. Figure: the largest error of the GPT's probabilities, about
0.02, which is what counting in the same text would reach.
"""

import keras
import numpy as np

import kerasdl
from kerasdl.data import Batches, windows
from kerasdl.models.finite_state import FiniteStateMachine
from kerasdl.models.gpt import GPT

GOAL = "largest error of a probability at most 0.1"
CONTEXT = 2


def run(seed: int) -> float:
    kerasdl.seed(seed)
    source = random_source(seed)
    model = train(source.sample(10_002, seed), seed)
    learned = FiniteStateMachine.of(model)
    return float(np.abs(learned.transitions - source.transitions).max())


def reached(figure: float) -> bool:
    return figure <= 0.1


def random_source(seed: int) -> FiniteStateMachine:
    one = np.random.default_rng(seed).uniform(0.1, 0.9, 2**CONTEXT)
    return FiniteStateMachine(np.stack([1 - one, one], axis=1))


def train(tokens: np.ndarray, seed: int) -> GPT:
    """A text `(n,)` to a GPT that predicts its next token."""
    model = GPT(vocabulary=2, context=CONTEXT, dim=32, depth=1, heads=2)
    batches = Batches(*windows(tokens, CONTEXT), batch_size=500, seed=seed)
    rate = keras.optimizers.schedules.CosineDecay(0.005, 10 * len(batches))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss)
    model.fit(batches, epochs=10, verbose=0)
    return model
