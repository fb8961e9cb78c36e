"""A model cut in two at a layer."""

import keras


def split_model(model, layer: str):
    """A functional or Sequential model to `(features, head)`, two models.

    `features` maps inputs to the outputs of the named layer, `head` maps those to the
    outputs: head(features(x)) = model(x). Both share the model's weights.

    A model of another kind (a subclass) has no graph to cut: give the explanations
    two functions of your own instead, such as `lambda x: model.encoder(x)` and
    `lambda maps: model.head(maps)`.

    Args:
        model: the model, built.
        layer: name of the layer after which to cut. All that comes after must depend
            on this layer's outputs alone: no skip connection may pass it by.

    Raises:
        ValueError: when the model has no graph or no such layer, or a connection
            passes the layer by.
    """
    if not getattr(model, "inputs", None):
        raise ValueError(
            "split_model needs a functional or Sequential model that is built. "
            f"Received: {type(model).__name__}. Give a Sequential a keras.Input; for "
            "a subclass write two functions instead, images to maps, maps to logits."
        )
    names = [each.name for each in model.layers]
    if layer not in names:
        raise ValueError(
            f"Expected the name of a layer, one of {', '.join(names)}. "
            f"Received: {layer!r}."
        )
    cut = model.get_layer(layer).output
    return keras.Model(_alone(model.inputs), cut), _head(model, cut, layer)


def _head(model, cut, layer):
    try:
        return keras.Model(cut, _alone(model.outputs))
    except ValueError as error:
        raise ValueError(
            "Expected a layer that all paths to the outputs go through. Received: "
            f"{layer!r}, which some path passes by. Cut after a block, not within."
        ) from error


def _alone(tensors):
    return tensors[0] if len(tensors) == 1 else tensors
