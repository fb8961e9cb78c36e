"""Choosing which layers learn."""

import keras


def freeze(model: keras.layers.Layer) -> None:
    """Let no weight of a model or layer learn, nor batch normalisation adapt.

    Compile after that: a compiled model keeps what it was compiled with.
    """
    model.trainable = False


def train_only(
    model: keras.Model, kind: type[keras.layers.Layer] | tuple[type, ...]
) -> None:
    """Let only the layers of one kind learn, such as `BatchNormalization`.

    A layer of that kind learns with all its parts; every other weight stays as it is.
    Build the model before, and compile it after.

    Args:
        model: a built model.
        kind: a class of layers, or a tuple of classes.

    Raises:
        ValueError: when the model is not built, or no layer of that kind has weights.
    """
    if not model.built:
        raise ValueError(
            "train_only needs a built model, to know its layers. "
            f"Received: {model.name}, not built. "
            "Call model.build(shape), or the model on one batch."
        )
    freeze(model)  # else True, where it is True already, may not reach the layers
    model.trainable = True
    _choose(model, kind)
    if not model.trainable_variables:
        raise ValueError(
            "train_only needs a model with weights in layers of that kind. Received: "
            f"kind={kind}, and layers {sorted(_kinds(model))}."
        )


def _choose(layer, kind):
    if isinstance(layer, kind):
        return
    parts = _parts(layer)
    within = {id(v) for part in parts for v in part.trainable_variables}
    for variable in layer.trainable_variables:
        if id(variable) not in within:
            variable.trainable = False
    for part in parts:
        _choose(part, kind)
    if not layer.trainable_variables:
        layer.trainable = False


def _parts(layer):
    return list(layer._flatten_layers(include_self=False, recursive=False))


def _kinds(model):
    return {type(layer).__name__ for layer in model._flatten_layers(include_self=False)}
