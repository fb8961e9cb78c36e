"""Training in turns: several losses, each with its own variables and optimizer."""

import dataclasses
from collections.abc import Callable

import keras

from kerasdl.autodiff import jit_step, variable_gradients


@dataclasses.dataclass
class Player:
    """One of those who take turns.

    Args:
        name: what its loss is called in the history.
        loss: maps a batch, `loss(x)` or `loss(x, y)`, to one float. It may read every
            variable of the model, and update its metrics and running statistics.
        variables: the Keras variables that it moves, such as
            `model.generator.trainable_variables`.
        optimizer: a Keras optimizer of its own.
        steps: how many steps it takes per batch, at least 1.
    """

    name: str
    loss: Callable
    variables: list
    optimizer: keras.optimizers.Optimizer
    steps: int = 1


class Stepwise:
    """Players that take turns on each batch, in the order of the list.

    A player's step sees the variables as the player before has left them: alternating
    updates, which one loss in `compute_loss` cannot express. All steps of a batch are
    compiled together. Losses may contain `kerasdl.grad` (gradient penalties).

    Args:
        model: holds all that the losses read: weights, seeds, metrics. It is built.
        players: a list of `Player`.

    Raises:
        ValueError: when the model is not built, a player has no variables, variables
            that are not the model's or steps below 1, or two share a name.
    """

    def __init__(self, model, players):
        self.model, self.players = model, list(players)
        _check(model, self.players)
        for player in self.players:
            player.optimizer.build(player.variables)
        optimizers = [v for p in self.players for v in p.optimizer.variables]
        self._variables = _unique([*model.variables, *optimizers])
        self._step = jit_step(self._turns, self._variables)

    def fit(self, batches, epochs=1):
        """Train; returns the mean loss per epoch of each player, lists by name.

        Args:
            batches: iterable anew each epoch, of `x` or `(x, y)`: `data.Batches`.
            epochs: how often to go through them.
        """
        history = {player.name: [] for player in self.players}
        for _ in range(epochs):
            losses = [self.step(*_arrays(batch)) for batch in batches]
            if not losses:
                raise ValueError(
                    "Stepwise.fit needs batches that can be gone through once per "
                    "epoch. Received: none in an epoch. Use data.Batches or a list; a "
                    "generator is used up after one epoch."
                )
            for index, player in enumerate(self.players):
                mean = sum(float(turn[index]) for turn in losses) / len(losses)
                history[player.name].append(mean)
        return history

    def step(self, *batch):
        """One turn of every player on a batch; returns their losses, scalar tensors."""
        return self._step(*batch)

    def _turns(self, *batch):
        return [self._turn(player, batch) for player in self.players]

    def _turn(self, player, batch):
        for _ in range(player.steps):
            loss, gradients = variable_gradients(
                lambda: player.loss(*batch), player.variables, self._variables
            )
            player.optimizer.apply(gradients, player.variables)
        return loss


def _arrays(batch):
    return batch if isinstance(batch, (tuple, list)) else (batch,)


def _unique(variables):
    return list({id(v): v for v in variables}.values())


def _check(model, players):
    if not model.built:
        raise ValueError(
            f"Stepwise needs a model with weights. Received: {model.name!r}, which is "
            "not built. Call it on a batch first, or model.build(input_shape)."
        )
    names = [player.name for player in players]
    if not players or len(set(names)) < len(names):
        raise ValueError(
            "Stepwise needs players, each with a name of its own. "
            f"Received: players named {names}."
        )
    known = {id(v) for v in model.variables}
    for player in players:
        strange = [v.path for v in player.variables if id(v) not in known]
        if not player.variables or strange or player.steps < 1:
            raise ValueError(
                "A player needs at least one step and variables of the model. "
                f"Received: {player.name!r} with steps={player.steps}, "
                f"{len(player.variables)} variables, not the model's: {strange}. "
                "Make its network an attribute of the model."
            )
