"""Training by hand in TensorFlow: a compiled step on variables, with a fused Adam."""

import tensorflow as tf


def epoch(net, x, y, batch):
    """A function that trains the net for an epoch.

    `net()` returns the variables to train and a function `forward(x)` to logits.
    """
    variables, forward = net()
    means = [tf.Variable(tf.zeros_like(v)) for v in variables]
    squares = [tf.Variable(tf.zeros_like(v)) for v in variables]
    powers = tf.Variable(0.9), tf.Variable(0.999)

    @tf.function(autograph=False)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = _cross_entropy(y, forward(x))
        gradients = tape.gradient(loss, variables)
        for each in zip(variables, means, squares, gradients, strict=True):
            _adam(*each, *powers)
        powers[0].assign(0.9 * powers[0])
        powers[1].assign(0.999 * powers[1])
        return loss

    def run():
        for start in range(0, len(x), batch):
            part = slice(start, start + batch)
            loss = step(tf.constant(x[part]), tf.constant(y[part]))
        return float(loss)

    return run


def _adam(variable, mean, square, gradient, power_1, power_2):
    tf.raw_ops.ResourceApplyAdam(
        var=variable.handle,
        m=mean.handle,
        v=square.handle,
        beta1_power=power_1,
        beta2_power=power_2,
        lr=1e-3,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
        grad=gradient,
    )


def _cross_entropy(y, logits):
    """Of classes `(batch,)`, or of pixels with the logits' shape."""
    if y.shape.rank == 1:
        entropies = tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits)
    else:
        entropies = tf.nn.sigmoid_cross_entropy_with_logits(y, logits)
    return tf.reduce_mean(entropies)
