"""Gradients and compilation, the same three functions on every backend.

Keras has no gradient function of its own, so this file is the one place in kerasdl
that knows which backend runs. The rest of the library is written with `keras.ops`.
"""

import importlib.util
import json
import os

BACKENDS = ("tensorflow", "jax", "torch")


def wanted_backend() -> str:
    """The backend that Keras is about to load, found by the rules that Keras follows.

    The environment variable KERAS_BACKEND, else the "backend" of keras.json, else
    tensorflow. Note that the first import of Keras writes keras.json.
    """
    return os.environ.get("KERAS_BACKEND") or _configured_backend()


def _configured_backend() -> str:
    home = os.path.expanduser("~")
    home = home if os.access(home, os.W_OK) else "/tmp"
    folder = os.environ.get("KERAS_HOME", os.path.join(home, ".keras"))
    try:
        with open(os.path.join(os.path.expanduser(folder), "keras.json")) as file:
            return json.load(file).get("backend", "tensorflow")
    except (OSError, ValueError):
        return "tensorflow"


def _require_backend(wanted: str) -> None:
    """Raise an ImportError that says what to do if Keras could not start."""
    installed = [name for name in BACKENDS if importlib.util.find_spec(name)]
    if wanted in installed:
        return
    known = wanted in BACKENDS
    problem = "is not installed" if known else "is not one that kerasdl runs on"
    install = "" if installed else " Install one: pip install 'kerasdl[torch]'."
    example = installed[0] if installed else "torch"
    raise ImportError(
        f"Keras is set to run on the backend {wanted!r}, which {problem}. "
        f"Expected one of {', '.join(BACKENDS)}; "
        f"installed here: {', '.join(installed) or 'none'}.{install} "
        "Choose one with the environment variable KERAS_BACKEND, before Python starts "
        f"(export KERAS_BACKEND={example}) or before the first import of keras "
        f"(os.environ['KERAS_BACKEND'] = '{example}')."
    )


_require_backend(wanted_backend())

import keras  # noqa: E402  (only now: a missing backend has had its clear error)
import numpy as np  # noqa: E402
from keras import ops, tree  # noqa: E402

if keras.config.backend() == "tensorflow":
    import tensorflow as tf

    def _differentiate(function, inputs):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            value, aux = function(inputs)
        zeros = tf.UnconnectedGradients.ZERO
        gradients = tape.gradient(value, inputs, unconnected_gradients=zeros)
        # The gradient of a lookup arrives as rows and their indices: make it dense.
        return value, aux, tree.map_structure(tf.convert_to_tensor, gradients)

    def _compile(function):
        return tf.function(function, autograph=False, reduce_retracing=True)

    def seed_backend(value: int) -> None:
        """Seed what Keras leaves to the backend: the order of `fit(shuffle=True)`."""
        tf.random.set_seed(value)

elif keras.config.backend() == "jax":
    import jax

    def _differentiate(function, inputs):
        run = jax.value_and_grad(function, has_aux=True)
        (value, aux), gradients = run(inputs)
        return value, aux, gradients

    def _compile(function):
        return jax.jit(function)

    def seed_backend(value: int) -> None:
        """Nothing to seed: here every random number comes from an explicit seed."""

else:
    import torch

    _running = []  # the calls of `_differentiate` in progress, outermost first

    def _differentiate(function, inputs):
        nested = bool(_running) and torch.is_grad_enabled()

        def leaf(x):  # what an outer call differentiates stays connected to it
            connected = nested and x.requires_grad
            return x.view_as(x) if connected else x.detach().requires_grad_()

        _running.append(function)
        try:
            with torch.enable_grad():  # predict and evaluate run without gradients
                inputs = tree.map_structure(leaf, inputs)
                value, aux = function(inputs)
                gradients = _gradients(value, inputs, create_graph=nested)
        finally:
            _running.pop()
        result = value, aux, gradients
        return result if nested else tree.map_structure(_detached, result)

    def _gradients(value, inputs, create_graph):
        flat = tree.flatten(inputs)
        if value.requires_grad:
            options = {"create_graph": create_graph, "materialize_grads": True}
            flat = torch.autograd.grad(value, flat, allow_unused=True, **options)
        else:  # the value depends on nothing
            flat = [torch.zeros_like(x) for x in flat]
        return tree.pack_sequence_as(inputs, list(flat))

    def _detached(x):
        return x.detach() if isinstance(x, torch.Tensor) else x

    def _compile(function):
        return function

    def seed_backend(value: int) -> None:
        """Seed what Keras leaves to the backend: the order of `fit(shuffle=True)`."""
        torch.manual_seed(value)


def value_and_grad(function, argnums=0, has_aux=False):
    """Scalar `function(*args)` to a function that returns its value and gradients.

    The new function takes the same arguments and returns `(value, gradients)`. It may
    be nested (second derivatives), compiled with `jit`, and called inside `predict`.
    An argument that does not reach the value has a gradient of zeros. An outermost
    call returns plain values: to differentiate through gradients, wrap the whole
    computation in an outer `grad`.

    Args:
        function: maps tensors, or nests of them (lists, tuples, dicts), to one float.
        argnums: the position of the argument to differentiate, or a tuple of them;
            `gradients` has the shape and nesting of that argument, in a tuple for a
            tuple. These arguments must be floats: arrays, tensors, Keras variables.
        has_aux: `function` returns `(value, extra)`; then `value` above is that pair.

    Raises:
        ValueError: when an argument is not of floats or the value not one float.
    """
    many = isinstance(argnums, (tuple, list))
    positions = argnums if many else (argnums,)

    def run(*args):
        args = [_tensors(arg) for arg in args]
        inputs = [tree.map_structure(_float_tensor, args[n]) for n in positions]

        def of_inputs(inputs):
            for n, values in zip(positions, inputs, strict=True):
                args[n] = values
            value, aux = function(*args) if has_aux else (function(*args), None)
            return _scalar(value), aux

        value, aux, gradients = _differentiate(of_inputs, inputs)
        gradients = tuple(gradients) if many else gradients[0]
        return ((value, aux) if has_aux else value), gradients

    return run


def grad(function, argnums=0):
    """Scalar `function(*args)` to a function of the same arguments: its gradient.

    See `value_and_grad` for arguments, errors and guarantees.

        >>> slope = grad(lambda x: x**3)
        >>> slope(2.0), grad(slope)(2.0)   # 12.0, 12.0
    """
    run = value_and_grad(function, argnums)
    return lambda *args: run(*args)[1]


def jit(function):
    """Compile a pure function of tensors or nests of them; the results are the same.

    The body runs as Python once for each new set of shapes, so it must not read or
    write anything but its arguments. On a backend that runs eagerly nothing is
    compiled. Arrays and numbers arrive in `function` as tensors.
    """
    compiled = _compile(function)
    return lambda *args: compiled(*[_tensors(arg, numbers=True) for arg in args])


def _tensors(nest, numbers=False):
    """The same nest, with arrays (and Python numbers, if asked) as tensors.

    NumPy's default, float64, becomes the float type of Keras, like everything else.
    """
    kinds = (np.ndarray, np.generic) + (int, float) * numbers

    def convert(x):
        if isinstance(x, keras.Variable):
            return ops.copy(x)
        if not isinstance(x, kinds):
            return x
        double = getattr(x, "dtype", None) == np.float64
        return ops.convert_to_tensor(x, dtype=keras.config.floatx() if double else None)

    return tree.map_structure(convert, nest)


def _float_tensor(x):
    x = ops.convert_to_tensor(x)
    if not keras.backend.is_float_dtype(x.dtype):
        raise ValueError(
            "Gradients are taken with respect to floats. Received: a tensor of "
            f"{keras.backend.standardize_dtype(x.dtype)}. Pass 2.0 instead of 2, "
            'or `array.astype("float32")`.'
        )
    return x


def _scalar(value):
    value = ops.convert_to_tensor(value)
    if tuple(value.shape) == () and keras.backend.is_float_dtype(value.dtype):
        return value
    raise ValueError(
        "Gradients are taken of a function whose value is one float, of shape (). "
        f"Received: a value of shape {tuple(value.shape)} and "
        f"{keras.backend.standardize_dtype(value.dtype)}. "
        "Reduce it inside the function, for example with keras.ops.sum or ops.mean."
    )
