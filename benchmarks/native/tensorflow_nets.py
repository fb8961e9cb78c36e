"""The nets in TensorFlow: variables, and a function of the inputs that reads them."""

import numpy as np
import tensorflow as tf

_random = np.random.default_rng(0)


class Net:
    """Makes variables; those to train are in `variables`."""

    def __init__(self):
        self.variables = []

    def variable(self, value):
        self.variables.append(tf.Variable(tf.cast(value, tf.float32)))
        return self.variables[-1]

    def kernel(self, *shape):
        scale = np.sqrt(2 / np.prod(shape[:-1]))
        return self.variable(_random.normal(0, scale, shape))

    def dense(self, dim, units):
        kernel, bias = self.kernel(dim, units), self.variable(tf.zeros(units))
        return lambda x: x @ kernel + bias

    def convolution(self, size, channels, filters):
        kernel = self.kernel(size, size, channels, filters)
        bias = self.variable(tf.zeros(filters))
        return lambda x: tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "SAME"), bias)

    def normalized(self, size, channels, filters, stride=1):
        """A convolution and batch normalisation."""
        kernel = self.kernel(size, size, channels, filters)
        gamma, beta = self.variable(tf.ones(filters)), self.variable(tf.zeros(filters))
        running = tf.Variable(tf.zeros(filters)), tf.Variable(tf.ones(filters))

        def call(x):
            x = tf.nn.conv2d(x, kernel, stride, "SAME")
            y, *batch = tf.compat.v1.nn.fused_batch_norm(x, gamma, beta, epsilon=1e-3)
            for old, new in zip(running, batch, strict=True):
                old.assign(0.9 * old + 0.1 * new)
            return y

        return call

    def layer_norm(self, dim):
        gamma, beta = self.variable(tf.ones(dim)), self.variable(tf.zeros(dim))

        def call(x):
            mean, variance = tf.nn.moments(x, -1, keepdims=True)
            return tf.nn.batch_normalization(x, mean, variance, beta, gamma, 1e-5)

        return call


def mlp():
    net = Net()
    first, second, last = net.dense(64, 128), net.dense(128, 64), net.dense(64, 10)
    return net.variables, lambda x: last(tf.nn.relu(second(tf.nn.relu(first(x)))))


def cnn():
    net = Net()
    stages = net.convolution(3, 1, 16), net.convolution(3, 16, 32)
    hidden, last = net.dense(7 * 7 * 32, 64), net.dense(64, 10)

    def forward(x):
        for stage in stages:
            x = tf.nn.max_pool2d(tf.nn.relu(stage(x)), 2, 2, "VALID")
        return last(tf.nn.relu(hidden(tf.reshape(x, (-1, 7 * 7 * 32)))))

    return net.variables, forward


def resnet():
    net = Net()
    stem = net.normalized(3, 3, 16)
    blocks = [_block(net, *sizes) for sizes in ((16, 16, 1), (16, 32, 2), (32, 64, 2))]
    head = net.dense(64, 10)

    def forward(x):
        x = tf.nn.relu(stem(x))
        for block in blocks:
            x = block(x)
        return head(tf.reduce_mean(x, (1, 2)))

    return net.variables, forward


def _block(net, channels, filters, stride):
    first = net.normalized(3, channels, filters, stride)
    second = net.normalized(3, filters, filters)
    shortcut = tf.identity
    if stride > 1:
        shortcut = net.normalized(1, channels, filters, stride)
    return lambda x: tf.nn.relu(second(tf.nn.relu(first(x))) + shortcut(x))


def vit(dim=64, heads=4, units=128):
    net = Net()
    patches = net.dense(49, dim)
    token, positions = net.kernel(1, 1, dim), net.kernel(17, dim)
    blocks = [_transformer_block(net, dim, heads, units) for _ in range(2)]
    norm, head = net.layer_norm(dim), net.dense(dim, 10)

    def forward(x):
        x = tf.transpose(tf.reshape(x, (-1, 4, 7, 4, 7)), (0, 1, 3, 2, 4))
        x = patches(tf.reshape(x, (-1, 16, 49)))
        first = tf.broadcast_to(token, (tf.shape(x)[0], 1, dim))
        x = tf.concat([first, x], 1) + positions
        for block in blocks:
            x = block(x)
        return head(norm(x)[:, 0])

    return net.variables, forward


def _transformer_block(net, dim, heads, units):
    norms = net.layer_norm(dim), net.layer_norm(dim)
    inputs, outputs = net.dense(dim, 3 * dim), net.dense(dim, dim)
    first, second = net.dense(dim, units), net.dense(units, dim)

    def call(x):
        x = x + outputs(_attention(inputs(norms[0](x)), heads, dim))
        return x + second(tf.nn.gelu(first(norms[1](x))))

    return call


def _attention(x, heads, dim):
    tokens = x.shape[1]
    split = tf.reshape(x, (-1, tokens, 3, heads, dim // heads))
    q, k, v = tf.unstack(tf.transpose(split, (2, 0, 3, 1, 4)))
    scores = tf.matmul(q, k, transpose_b=True) / (dim // heads) ** 0.5
    y = tf.transpose(tf.nn.softmax(scores) @ v, (0, 2, 1, 3))
    return tf.reshape(y, (-1, tokens, dim))


def unet():
    net = Net()
    down, bottom = _double(net, 1, 16), _double(net, 16, 32)
    up, joined = net.convolution(2, 32, 16), _double(net, 32, 16)
    head = net.convolution(1, 16, 1)

    def forward(x):
        features = down(x)
        x = bottom(tf.nn.max_pool2d(features, 2, 2, "VALID"))
        x = up(tf.repeat(tf.repeat(x, 2, 1), 2, 2))
        return head(joined(tf.concat([features, x], -1)))

    return net.variables, forward


def _double(net, channels, filters):
    first = net.convolution(3, channels, filters)
    second = net.convolution(3, filters, filters)
    return lambda x: tf.nn.relu(second(tf.nn.relu(first(x))))
