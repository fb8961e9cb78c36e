"""Training by hand in JAX: one compiled, pure step with Adam."""

import functools

import jax
import jax.numpy as jnp


def epoch(net, x, y, batch):
    """A function that trains the net for an epoch.

    `net()` returns weights, running statistics and a function
    `forward(weights, statistics, x)` to logits and new running statistics.
    """
    weights, statistics, forward = net()
    zeros = jax.tree.map(jnp.zeros_like, weights)
    state = [weights, zeros, jax.tree.map(jnp.copy, zeros), statistics, jnp.zeros(())]
    step = jax.jit(functools.partial(_step, forward), donate_argnums=0)

    def run():
        nonlocal state
        for start in range(0, len(x), batch):
            part = slice(start, start + batch)
            loss, state = step(state, x[part], y[part])
        return float(loss)

    return run


def _step(forward, state, x, y):
    weights, means, squares, statistics, time = state

    def loss_of(weights):
        logits, updated = forward(weights, statistics, x)
        return _cross_entropy(y, logits), updated

    run = jax.value_and_grad(loss_of, has_aux=True)
    (loss, statistics), gradients = run(weights)
    time = time + 1
    means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
    squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, squares, gradients)
    rate = 1e-3 * jnp.sqrt(1 - 0.999**time) / (1 - 0.9**time)

    def moved(w, m, s):
        return w - rate * m / (jnp.sqrt(s) + 1e-7)

    weights = jax.tree.map(moved, weights, means, squares)
    return loss, [weights, means, squares, statistics, time]


def _cross_entropy(y, logits):
    """Of classes `(batch,)`, or of pixels with the logits' shape."""
    if y.ndim == 1:
        logs = jax.nn.log_softmax(logits)
        return -jnp.mean(jnp.take_along_axis(logs, y[:, None], 1))
    return jnp.mean(jax.nn.softplus(logits) - logits * y)
