"""A model used as a fixed function."""

import inspect

from keras import ops

from kerasdl.tensors import run_with


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
    values = [ops.stop_gradient(v.value) for v in model.variables]
    accepted = inspect.signature(model.call).parameters
    mode = {"training": training} if "training" in accepted else {}
    return run_with(model.variables, values, lambda: model(inputs, **mode))[0]
