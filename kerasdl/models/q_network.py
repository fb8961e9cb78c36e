"""A network that says what each action is worth."""

import keras
import numpy as np
from keras import ops

from kerasdl.labels import check_labels, first_batch
from kerasdl.model import Model
from kerasdl.models.mlp import MLP
from kerasdl.weighting import weighted_mean


@keras.saving.register_keras_serializable("kerasdl")
class QNetwork(Model):
    """States `(batch, dim)` to the values of the actions, Q(s, .), `(batch, actions)`.

    Q(s, a) is the sum of future rewards, each step discounted once more, of taking a in
    s and the best actions from then on. It solves Bellman's equation

        Q(s, a) = E[r + discount * max_a' Q(s', a')], 0 after the end.

    Trained by fitting the left side to samples of the right side, with the Q of the
    round before on the right:

        for _ in range(rounds):
            y = q.targets(actions, rewards, following, ends)
            q.fit(states, y)

    The loss is half the squared error of the action that was taken.

    Parameters: those of `MLP(units, actions)`.

    Args:
        units: of the hidden layers, as in `MLP`.
        actions: how many there are.
        discount: in [0, 1): what a reward is worth one step later.

    Raises:
        ValueError: when the discount is not in [0, 1), or another argument is not one
            that `MLP` takes; in `fit`, when an action is out of range (of a
            `keras.utils.PyDataset` the first batch is looked at).

    Source: lecture, reinforcement learning; Ernst et al. 2005, "Tree-based batch mode
    reinforcement learning", https://www.jmlr.org/papers/v6/ernst05a.html; Mnih et al.
    2015, https://doi.org/10.1038/nature14236
    """

    def __init__(self, units, actions, discount=0.9, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= discount < 1:
            raise ValueError(
                "QNetwork needs a discount of at least 0 and below 1. "
                f"Received: discount={discount}. 0.9 looks about ten steps ahead."
            )
        self.discount = discount
        self.values = MLP(units, actions, dtype=self.dtype_policy)

    def build(self, input_shape):
        self.values.build(input_shape)

    def fit(self, x=None, y=None, *args, **kwargs):
        _, targets = first_batch(x, y)
        if targets is not None:
            self._check_targets(ops.convert_to_numpy(targets))
        return super().fit(x, y, *args, **kwargs)

    def call(self, x):
        return self.values(x)

    def act(self, states) -> np.ndarray:
        """States `(n, dim)` to the best actions `(n,)`, integers."""
        return self._values_of(states).argmax(axis=1)

    def targets(self, actions, rewards, following, ends) -> np.ndarray:
        """What was seen to `(n, 2)` for `fit`: the action, and what Q should say of it.

        Args:
            actions, rewards, ends: `(n,)`.
            following: the next states `(n, dim)`; ignored where the game has ended.
        """
        future = np.where(ends, 0, self._values_of(following).max(axis=1))
        worth = rewards + self.discount * future
        return np.stack([actions, worth], axis=1).astype("float32")

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        y = ops.cast(y, "float32")
        actions = ops.cast(y[:, 0], "int32")
        taken = ops.one_hot(actions, self.values.head.units, dtype=y_pred.dtype)
        chosen = ops.sum(y_pred * taken, axis=-1)
        squared = (ops.cast(chosen, "float32") - y[:, 1]) ** 2
        return weighted_mean(squared, sample_weight) / 2

    def _check_targets(self, y):
        if y.ndim != 2 or y.shape[1] != 2:
            raise ValueError(
                "QNetwork learns from targets (n, 2): the action and its worth. "
                f"Received: targets of shape {y.shape}. Make them with `targets`."
            )
        check_labels("actions", y[:, 0], self.values.head.units)

    def _values_of(self, states) -> np.ndarray:
        return ops.convert_to_numpy(self(np.asarray(states, "float32")))

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.values.units,
            "actions": self.values.head.units,
            "discount": self.discount,
        }
