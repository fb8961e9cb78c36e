"""A predictor of the next token, as a machine with finitely many states."""

import numpy as np

from kerasdl.models.gpt import GPT


class FiniteStateMachine:
    """States and the probabilities of the next token, as NumPy arrays.

    What a GPT of context c predicts depends on the last c tokens only. So it is a
    machine with vocabulary^c states: in state (t_1 ... t_c) it emits token t with
    probability `transitions[state, t]` and goes to state (t_2 ... t_c, t). The number
    of a state is that of its tokens read as digits: 0, 1 is state 1 of 4.

    Args:
        transitions: probabilities `(vocabulary^context, vocabulary)`; rows sum to 1.

    Raises:
        ValueError: when the shape is none of these, or a row is no distribution.

    Source: lecture, GPT as a finite-state machine; XOR as next token.
    """

    def __init__(self, transitions: np.ndarray):
        self.transitions = np.asarray(transitions, "float64")
        if self.transitions.ndim != 2:
            _refuse(f"an array of shape {self.transitions.shape}")
        states, self.vocabulary = self.transitions.shape
        self.context = round(np.log(states) / np.log(max(self.vocabulary, 2)))
        if self.context < 1 or self.vocabulary**self.context != states:
            _refuse(f"an array of shape {self.transitions.shape}")
        sums = self.transitions.sum(axis=1)
        if (self.transitions < 0).any() or not np.allclose(sums, 1, atol=1e-3):
            _refuse(f"rows with sums {sums.min():.3f} ... {sums.max():.3f}")

    @classmethod
    def of(cls, model: GPT) -> "FiniteStateMachine":
        """The machine that a GPT is: its prediction after every possible context."""
        states = all_states(model.vocabulary, model.context)
        logits = model.predict(states, verbose=0)[:, -1].astype("float64")
        likelihoods = np.exp(logits - logits.max(axis=1, keepdims=True))
        return cls(likelihoods / likelihoods.sum(axis=1, keepdims=True))

    @classmethod
    def xor(cls) -> "FiniteStateMachine":
        """Two bits to their XOR, for certain: 00 to 0, 01 to 1, 10 to 1, 11 to 0."""
        return cls(np.array([[1, 0], [0, 1], [0, 1], [1, 0]]))

    @property
    def states(self) -> np.ndarray:
        """The tokens of each state, int32 `(states, context)`."""
        return all_states(self.vocabulary, self.context)

    def successors(self) -> np.ndarray:
        """The state that follows each state and token, `(states, vocabulary)`."""
        states = len(self.transitions)
        return (
            np.arange(states)[:, None] * self.vocabulary + np.arange(self.vocabulary)
        ) % states

    def matrix(self) -> np.ndarray:
        """Probabilities `(states, states)` from a state (row) to the next (column)."""
        matrix = np.zeros((len(self.transitions),) * 2)
        np.put_along_axis(matrix, self.successors(), self.transitions, axis=1)
        return matrix

    def stationary(self, start: np.ndarray | None = None) -> np.ndarray:
        """The share of time spent in each state in the long run, `(states,)`.

        Where the machine falls into parts that do not reach each other, this depends on
        the probabilities `start` of the first state; None: all the same.
        """
        states = len(self.transitions)
        start = np.full(states, 1 / states) if start is None else start
        # Waiting half of the time changes no share, and removes periods.
        power = (self.matrix() + np.eye(states)) / 2
        for _ in range(50):  # so power is the matrix of 2^50 steps
            power = power @ power
            power /= power.sum(axis=1, keepdims=True)
        return start @ power

    def sample(self, length: int, seed: int, start: int = 0) -> np.ndarray:
        """Tokens `(length,)`, int32, that the machine emits from state `start` on."""
        random, successors = np.random.default_rng(seed), self.successors()
        tokens, state = np.empty(length, "int32"), start
        for place in range(length):
            token = random.choice(self.vocabulary, p=self.transitions[state])
            tokens[place], state = token, successors[state, token]
        return tokens


def all_states(vocabulary: int, context: int) -> np.ndarray:
    """All sequences in order, int32 `(vocabulary^context, context)`."""
    places = vocabulary ** np.arange(context - 1, -1, -1)
    numbers = np.arange(vocabulary**context)[:, None]
    return (numbers // places % vocabulary).astype("int32")


def _refuse(received: str) -> None:
    raise ValueError(
        "FiniteStateMachine needs probabilities (vocabulary^context, vocabulary) whose "
        f"rows sum to 1. Received: {received}."
    )
