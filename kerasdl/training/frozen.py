"""A model used as a fixed function."""

import inspect

from keras import ops


def frozen(model, inputs, training=False):
    """Inputs to the outputs of a built model whose weights are constants.

    Gradients reach the inputs only, as for the discriminator in a generator's loss.
    What the model would update while it runs (running statistics) stays as it is.

    Raises:
        ValueError: when the model is not built.
    """
    if not model.built:
        raise ValueError(
            f"frozen needs a model with weights. Received: {model.name!r}, which is "
            "not built. Call model.build(input_shape) first, or give it an Input."
        )
    weights = [ops.stop_gradient(v.value) for v in model.trainable_variables]
    state = [v.value for v in model.non_trainable_variables]
    accepted = inspect.signature(model.call).parameters
    mode = {"training": training} if "training" in accepted else {}
    return model.stateless_call(weights, state, inputs, **mode)[0]
