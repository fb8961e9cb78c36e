"""Why does it not learn? A look at one batch, layer by layer."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import keras
import numpy as np
from keras import ops, tree

from kerasdl.autodiff import value_and_grad
from kerasdl.training.layer_state import LayerState, layer_state
from kerasdl.training.stall_findings import findings


@dataclass
class Diagnosis:
    """What `diagnose` saw: a row per layer, and a sentence per problem.

    `str(diagnosis)` is a table with the sentences below.
    """

    loss: float
    layers: list[LayerState]
    findings: list[str]

    def __str__(self) -> str:
        head = f"{'layer':<20}{'mean':>9}{'stddev':>9}{'dead':>7}{'satur.':>7}"
        head += f"{'|w|':>10}{'|gradient|':>12}"
        rows = [
            f"{s.name[:19]:<20}{s.mean:>9.3g}{s.stddev:>9.3g}{s.dead:>7.0%}"
            f"{s.saturated:>7.0%}{s.weight_norm:>10.3g}{s.gradient_norm:>12.3g}"
            for s in self.layers
        ]
        return "\n".join([f"loss {self.loss:.4g}", head, *rows, *self.findings])


def diagnose(
    model: keras.Model, x: np.ndarray, y: np.ndarray, loss: Callable | str
) -> Diagnosis:
    """A model, a batch and a loss to what may keep the model from learning.

    Looks for the lecture's five causes: inputs near zero, activations in saturation (or
    dead), weights of zero, gradients that explode (or vanish), and targets that the
    outputs cannot reach. Nothing in the model changes.

        print(diagnose(model, x[:100], y[:100], losses.log_loss))

    Args:
        model: built.
        x, y: a batch, as for `fit`; some 100 examples are enough.
        loss: maps (targets, outputs) to losses, as for `compile`.

    Raises:
        ValueError: when the model is not built, has no weights to learn, or returns
            several tensors.

    Source: lecture, understanding optimization stalls
    """
    if not model.built or not model.trainable_variables:
        raise ValueError(
            "diagnose needs a model that is built and has weights to learn. "
            f"Received: {model.name!r}, built={model.built}, with "
            f"{len(model.trainable_variables)} such weights. "
            "Call model.build(input_shape) first, or set trainable=True."
        )
    value, outputs, gradients = _run(model, x, y, keras.losses.get(loss))
    states = [layer_state(layer, values, gradients) for layer, values in outputs]
    return Diagnosis(value, states, findings(x, y, value, states))


def _run(model, x, y, loss):
    """The loss, each layer with its outputs, and gradients by `id`."""
    variables = model.trainable_variables
    x, y = tree.map_structure(ops.convert_to_tensor, (x, y))

    def scored(weights):
        values = zip(variables, weights, strict=True)
        # Inside the scope, what the model would update stays as it is.
        with keras.StatelessScope(values), _recording(model) as recorded:
            value = ops.mean(loss(y, _one(model(x, training=True))))
        layers[:] = recorded
        return value, list(recorded.values())

    layers = []
    run = value_and_grad(scored, has_aux=True)
    (value, outputs), gradients = run([v.value for v in variables])
    outputs = [ops.convert_to_numpy(o) for o in outputs]
    names = [id(v) for v in variables]
    gradients = [ops.convert_to_numpy(g) for g in gradients]
    return (
        float(ops.convert_to_numpy(value)),
        list(zip(layers, outputs, strict=True)),
        dict(zip(names, gradients, strict=True)),
    )


def _one(outputs):
    if ops.is_tensor(outputs):
        return outputs
    raise ValueError(
        "diagnose takes the loss of a model with one output. Received: outputs of type "
        f"{type(outputs).__name__}. Diagnose a part of it, such as model.encoder."
    )


@contextlib.contextmanager
def _recording(model) -> Iterator[dict]:
    """Inside, each innermost layer with weights or an activation leaves its outputs."""
    recorded = {}
    layers = [layer for layer in _innermost(model) if _counts(layer)]
    for layer in layers:
        object.__setattr__(layer, "call", _recorded(layer, recorded))
    try:
        yield recorded
    finally:
        for layer in layers:
            object.__delattr__(layer, "call")


def _recorded(layer, recorded):
    call = layer.call

    def run(*args, **kwargs):
        outputs = call(*args, **kwargs)
        recorded[layer] = tree.flatten(outputs)[0]
        return outputs

    return run


def _innermost(model):
    return [layer for layer in model._flatten_layers() if not layer._layers]


def _counts(layer):
    return bool(layer.trainable_variables) or hasattr(layer, "activation")
