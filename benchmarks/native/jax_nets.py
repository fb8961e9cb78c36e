"""The nets in JAX: weights, running statistics, and a pure function of both."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

_random = np.random.default_rng(0)


def mlp():
    def forward(weights, statistics, x):
        *hidden, last = weights
        for layer in hidden:
            x = jax.nn.relu(_dense(layer, x))
        return _dense(last, x), statistics

    return [_layer(64, 128), _layer(128, 64), _layer(64, 10)], (), forward


def cnn():
    weights = {
        "stages": [_layer(3, 3, 1, 16), _layer(3, 3, 16, 32)],
        "dense": [_layer(7 * 7 * 32, 64), _layer(64, 10)],
    }

    def forward(weights, statistics, x):
        for layer in weights["stages"]:
            x = _pooled(jax.nn.relu(_convolution(layer, x)))
        hidden, last = weights["dense"]
        x = jax.nn.relu(_dense(hidden, x.reshape(len(x), -1)))
        return _dense(last, x), statistics

    return weights, (), forward


def resnet():
    sizes = [(16, 16), (16, 32), (32, 64)]
    blocks = [_block(*pair) for pair in sizes]
    weights = {"stem": _norm(3, 3, 16), "blocks": blocks, "head": _layer(64, 10)}
    filters = [16] + [f for c, f in sizes for _ in range(2 if c == f else 3)]
    statistics = [(jnp.zeros(f), jnp.ones(f)) for f in filters]

    def forward(weights, statistics, x):
        old, new = iter(statistics), []

        def normalized(layer, x, stride=1):
            kernel, gamma, beta = layer
            y, updated = _batch_norm(_correlate(x, kernel, stride), next(old))
            new.append(updated)
            return gamma * y + beta

        x = jax.nn.relu(normalized(weights["stem"], x))
        for first, second, *projection in weights["blocks"]:
            stride = 2 if projection else 1
            y = jax.nn.relu(normalized(first, x, stride))
            y = normalized(second, y)
            x = normalized(projection[0], x, stride) if projection else x
            x = jax.nn.relu(y + x)
        return _dense(weights["head"], x.mean((1, 2))), new

    return weights, statistics, forward


def vit(dim=64, heads=4, units=128):
    def block():
        norms = [(jnp.ones(dim), jnp.zeros(dim)) for _ in range(2)]
        dense = [(dim, 3 * dim), (dim, dim), (dim, units), (units, dim)]
        return norms, [_layer(*shape) for shape in dense]

    weights = {
        "patches": _layer(49, dim),
        "token": _kernel(1, 1, dim),
        "positions": _kernel(17, dim),
        "blocks": [block(), block()],
        "norm": (jnp.ones(dim), jnp.zeros(dim)),
        "head": _layer(dim, 10),
    }

    def forward(weights, statistics, x):
        x = x.reshape(-1, 4, 7, 4, 7).swapaxes(2, 3).reshape(-1, 16, 49)
        x = _dense(weights["patches"], x)
        token = jnp.broadcast_to(weights["token"], (len(x), 1, dim))
        x = jnp.concatenate([token, x], 1) + weights["positions"]
        for norms, (inputs, outputs, *dense) in weights["blocks"]:
            y = _dense(inputs, _layer_norm(norms[0], x))
            x = x + _dense(outputs, _attention(y, heads))
            y = _dense(dense[0], _layer_norm(norms[1], x))
            x = x + _dense(dense[1], jax.nn.gelu(y, approximate=False))
        return _dense(weights["head"], _layer_norm(weights["norm"], x)[:, 0]), ()

    return weights, (), forward


def unet():
    weights = {
        "down": [_layer(3, 3, 1, 16), _layer(3, 3, 16, 16)],
        "bottom": [_layer(3, 3, 16, 32), _layer(3, 3, 32, 32)],
        "up": _layer(2, 2, 32, 16),
        "joined": [_layer(3, 3, 32, 16), _layer(3, 3, 16, 16)],
        "head": _layer(1, 1, 16, 1),
    }

    def twice(layers, x):
        for layer in layers:
            x = jax.nn.relu(_convolution(layer, x))
        return x

    def forward(weights, statistics, x):
        features = twice(weights["down"], x)
        x = twice(weights["bottom"], _pooled(features))
        x = _convolution(weights["up"], x.repeat(2, 1).repeat(2, 2))
        x = twice(weights["joined"], jnp.concatenate([features, x], -1))
        return _convolution(weights["head"], x), ()

    return weights, (), forward


def _kernel(*shape):
    scale = np.sqrt(2 / np.prod(shape[:-1]))
    return jnp.asarray(_random.normal(0, scale, shape), "float32")


def _layer(*shape):
    return _kernel(*shape), jnp.zeros(shape[-1])


def _norm(size, channels, filters):
    kernel = _kernel(size, size, channels, filters)
    return kernel, jnp.ones(filters), jnp.zeros(filters)


def _block(channels, filters):
    layers = [_norm(3, channels, filters), _norm(3, filters, filters)]
    return layers if channels == filters else [*layers, _norm(1, channels, filters)]


def _dense(layer, x):
    kernel, bias = layer
    return x @ kernel + bias


def _convolution(layer, x):
    kernel, bias = layer
    return _correlate(x, kernel) + bias


def _correlate(x, kernel, stride=1):
    layout = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(
        x, kernel, (stride,) * 2, "SAME", None, None, layout
    )


def _pooled(x):
    window = (1, 2, 2, 1)
    return lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")


def _batch_norm(x, running):
    batch = mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
    new = jax.tree.map(lambda old, now: 0.9 * old + 0.1 * now, running, batch)
    return (x - mean) * lax.rsqrt(variance + 1e-3), new


def _layer_norm(weights, x):
    gamma, beta = weights
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - mean) * lax.rsqrt(variance + 1e-5) * gamma + beta


def _attention(x, heads):
    batch, tokens, size = x.shape
    split = x.reshape(batch, tokens, 3, heads, size // 3 // heads)
    q, k, v = split.transpose(2, 0, 3, 1, 4)
    scores = q @ k.swapaxes(-1, -2) / np.float32(np.sqrt(q.shape[-1]))
    y = jax.nn.softmax(scores) @ v
    return y.transpose(0, 2, 1, 3).reshape(batch, tokens, size // 3)
