"""The layers of a Keras model and what flows between them."""

from collections.abc import Callable

import keras
from matplotlib.axes import Axes

from kerasdl.plot import canvas, layout
from kerasdl.plot.boxes import boxes


def model_graph(
    model: Callable, *input_shapes: tuple[int, ...], axes: Axes | None = None
) -> Axes:
    """Layers and operations from the input down, with the shapes that they return.

    Args:
        model: a Keras model, or a function of symbolic tensors made with `keras.ops`
            and layers. A model that is a subclass is called to see what it does.
        input_shapes: of one example per input, without the batch axis; may be left
            out for a Functional or a built Sequential model.

    Raises:
        ValueError: when input_shapes are needed and not given.
    """
    calls, edges = _trace(_outputs(model, input_shapes))
    places, ways = layout.layered(len(calls), edges)
    labels = [f"{operation.name}\n{_shape(result)}" for operation, result in calls]
    return boxes(
        places, labels, dict.fromkeys(edges, ""), ways, downwards=True, axes=axes
    )


def _outputs(model: Callable, input_shapes: tuple) -> list:
    """Symbolic outputs, which remember how they are computed."""
    if not input_shapes:
        known = isinstance(model, keras.Model) and bool(getattr(model, "outputs", None))
        canvas.require(
            known,
            "the shape of an example for a model that is not a graph itself",
            f"model={getattr(model, 'name', model)!r} and no input_shapes",
            "Write model_graph(model, (28, 28, 1)), for example.",
        )
        return list(model.outputs)
    inputs = [
        keras.Input(shape, name=f"input_{index + 1}")
        for index, shape in enumerate(input_shapes)
    ]
    call = model.call if isinstance(model, keras.Layer) else model
    return keras.tree.flatten(call(*inputs))


def _trace(outputs: list) -> tuple[list, list]:
    """Every call that leads to the outputs, inputs first, and which feeds which."""
    results, feeds, waiting = {}, {}, list(outputs)
    while waiting:
        tensor = waiting.pop()
        call = _call(tensor)
        if call not in results:
            operation, index, _ = tensor._keras_history
            inputs = operation._inbound_nodes[index].input_tensors
            results[call] = operation, tensor
            feeds[call] = [_call(source) for source in inputs]
            waiting.extend(inputs)
    order = _inputs_first(feeds)
    number = {call: index for index, call in enumerate(order)}
    edges = {(number[source], number[call]) for call in order for source in feeds[call]}
    return [results[call] for call in order], sorted(edges)


def _call(tensor) -> tuple[int, int]:
    """The operation, and which of its calls, that a symbolic tensor comes from."""
    operation, index, _ = tensor._keras_history
    return id(operation), index


def _inputs_first(feeds: dict) -> list:
    order, left = {}, dict(feeds)
    while left:
        ready = [call for call in left if all(source in order for source in left[call])]
        for call in ready:
            order[call] = left.pop(call)
    return list(order)


def _shape(tensor) -> str:
    return " x ".join("batch" if size is None else str(size) for size in tensor.shape)
