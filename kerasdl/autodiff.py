"""Gradients and compilation, the same three functions on every backend.

Keras has no gradient function of its own, so this file is the one place in kerasdl
that knows which backend runs. The rest of the library is written with `keras.ops`.
"""

from kerasdl import environment

BACKENDS = ("tensorflow", "jax", "torch")
environment.require_one_of(BACKENDS)

import keras  # noqa: E402  (only now: a missing backend has had its clear error)
from keras import tree  # noqa: E402

from kerasdl.tensors import float_tensor, run_with, scalar, tensors  # noqa: E402

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

    def _is_traced(x):
        return tf.is_symbolic_tensor(x)

    def _compile(function):
        return tf.function(function, autograph=False, reduce_retracing=True)

    def _compile_step(step, variables):
        return _compile(step)

    def _variable_gradients(loss, variables, state):
        with tf.GradientTape() as tape:
            value = loss()
        zeros = tf.UnconnectedGradients.ZERO
        values = [v.value for v in variables]
        gradients = tape.gradient(value, values, unconnected_gradients=zeros)
        return value, [tf.convert_to_tensor(g) for g in gradients]

    def seed_backend(value: int) -> None:
        """Seed what Keras leaves to the backend: the order of `fit(shuffle=True)`."""
        tf.random.set_seed(value)

elif keras.config.backend() == "jax":
    import jax

    def _differentiate(function, inputs):
        run = jax.value_and_grad(function, has_aux=True)
        (value, aux), gradients = run(inputs)
        return value, aux, gradients

    def _is_traced(x):
        return isinstance(x, jax.core.Tracer)

    def _compile(function):
        return jax.jit(function)

    def _compile_step(step, variables):
        def pure(values, args):
            return run_with(variables, values, lambda: step(*args))

        compiled = jax.jit(pure, donate_argnums=0)

        def run(*args):
            result, values = compiled([v.value for v in variables], args)
            for variable, value in zip(variables, values, strict=True):
                variable._direct_assign(value)  # `assign` checks what is known here
            return result

        return run

    def _variable_gradients(loss, variables, state):
        chosen = {id(v) for v in variables}
        others = [v for v in state if id(v) not in chosen]
        held = [v.value for v in others]

        def pure(values):
            return run_with([*variables, *others], [*values, *held], loss)

        run = jax.value_and_grad(pure, has_aux=True)
        (value, after), gradients = run([v.value for v in variables])
        for variable, new in zip(others, after[len(variables) :], strict=True):
            variable.assign(new)
        return value, gradients

    def seed_backend(value: int) -> None:
        """Nothing to seed: here every random number comes from an explicit seed."""

else:
    import torch

    def _differentiate(function, inputs):
        recorded = torch.is_grad_enabled()

        def leaf(x):  # what an outer computation differentiates stays connected
            connected = recorded and x.requires_grad
            return x.view_as(x) if connected else x.detach().requires_grad_()

        with torch.enable_grad():  # predict and evaluate run without gradients
            inputs = tree.map_structure(leaf, inputs)
            value, aux = function(inputs)
            outer = recorded and _depends_on_others(value, tree.flatten(inputs))
            gradients = _gradients(value, inputs, create_graph=outer)
        result = value, aux, gradients
        return result if outer else tree.map_structure(_detached, result)

    def _depends_on_others(value, inputs):
        """Whether something else than the inputs may be differentiated: weights in
        `fit`, or what an outer call of `grad` differentiates."""
        own = {id(x) for x in inputs if x.is_leaf}
        found, nodes = set(), [value.grad_fn]
        while nodes:
            node = nodes.pop()
            if node is None or node in found:
                continue
            found.add(node)
            if hasattr(node, "variable") and id(node.variable) not in own:
                return True
            nodes += [following for following, _ in node.next_functions]
        return False

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

    def _is_traced(x):
        return isinstance(x, torch.Tensor) and x.is_meta

    def _compile(function):
        return function

    def _compile_step(step, variables):
        return torch.no_grad()(step)

    def _variable_gradients(loss, variables, state):
        with torch.enable_grad():
            value = loss()
        values = [v.value for v in variables]
        return value.detach(), _gradients(value, values, create_graph=False)

    def seed_backend(value: int) -> None:
        """Seed what Keras leaves to the backend: the order of `fit(shuffle=True)`."""
        torch.manual_seed(value)


def value_and_grad(function, argnums=0, has_aux=False):
    """Scalar `function(*args)` to a function that returns its value and gradients.

    The new function takes the same arguments and returns `(value, gradients)`. It may
    be nested (second derivatives), compiled with `jit`, and called inside `predict`.
    An argument that does not reach the value has a gradient of zeros. What depends on
    nothing but its arguments comes back as a plain value; in the `compute_loss` of a
    model it can be differentiated by `fit` (a gradient penalty works).

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
        args = [tensors(arg) for arg in args]
        inputs = [tree.map_structure(float_tensor, args[n]) for n in positions]

        def of_inputs(inputs):
            for n, values in zip(positions, inputs, strict=True):
                args[n] = values
            value, aux = function(*args) if has_aux else (function(*args), None)
            return scalar(value), aux

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
    return lambda *args: compiled(*[tensors(arg, numbers=True) for arg in args])


def has_values(x) -> bool:
    """Whether x can be read: not in a function that is being compiled."""
    x = x.value if isinstance(x, keras.Variable) else x
    return not (isinstance(x, keras.KerasTensor) or _is_traced(x))


def jit_step(step, variables):
    """Compile a step that reads and assigns Keras variables; the results are the same.

    Args:
        step: maps tensors to tensors, or nests of them; called as often as shapes
            are new, so no other side effects.
        variables: all Keras variables that the step may read or assign.
    """
    compiled = _compile_step(step, list(variables))
    return lambda *args: compiled(*[tensors(arg, numbers=True) for arg in args])


def variable_gradients(loss, variables, state):
    """Function without arguments, a float, to its value and gradients by variables.

    `loss()` may assign to Keras variables: metrics, seeds, running statistics.

    Args:
        variables: the list of Keras variables to differentiate by.
        state: all Keras variables that `loss` may read or assign.
    """
    return _variable_gradients(lambda: scalar(loss()), list(variables), list(state))
