# Small classes, closures and functools in place of bare formulas.

# %% solution="sigmoid"
class Sigmoid:
    def __call__(self, x):
        return ops.reciprocal(1.0 + ops.exp(ops.negative(x)))

    def derivative(self, x):
        # The same on both sides of 0, so exp never sees a large number.
        e = ops.exp(-ops.abs(x))
        return e / ops.square(1.0 + e)


sigmoid = Sigmoid()
sigmoid_derivative = sigmoid.derivative


# %% solution="relu"
def piecewise(below, above):
    """A function that is `below` for negative numbers and `above` for the others."""

    def function(x, *rest):
        return ops.where(x < 0, below(x, *rest), above(x, *rest))

    return function


relu = piecewise(ops.zeros_like, lambda x: x)
relu_derivative = piecewise(ops.zeros_like, ops.ones_like)


# %% solution="leaky_relu"
class LeakyReLU:
    def __init__(self, slope):
        self.slope = slope

    def __call__(self, x):
        return ops.relu(x) - self.slope * ops.relu(-x)

    def derivative(self, x):
        return ops.where(x > 0, ops.ones_like(x), self.slope * ops.ones_like(x))


def leaky_relu(x, slope):
    return LeakyReLU(slope)(x)


def leaky_relu_derivative(x, slope):
    return LeakyReLU(slope).derivative(x)


# %% solution="softmax"
import functools


def log_softmax(logits):
    shifted = logits - ops.amax(logits, axis=-1, keepdims=True)
    return shifted - ops.log(ops.sum(ops.exp(shifted), axis=-1, keepdims=True))


def softmax(logits):
    return ops.exp(log_softmax(logits))


# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    shifted = logits - ops.amax(logits, axis=-1, keepdims=True)
    scores = shifted - ops.log(ops.sum(ops.exp(shifted), axis=-1, keepdims=True))
    return -sum(scores[i, int(label)] for i, label in enumerate(labels)) / len(labels)


# %% solution="forward"
class Affine:
    def __init__(self, kernel, bias):
        self.kernel, self.bias = kernel, bias

    def __call__(self, x):
        return ops.dot(x, self.kernel) + self.bias


def forward(weights, x, activation):
    layers = Affine(*weights[:2]), Affine(*weights[2:])
    signals = []
    for layer in layers:
        signals.append(layer(x))
        x = activation(signals[-1])
        signals.append(x)
    return signals


# %% solution="deltas"
class Deltas:
    def __init__(self, weights, derivative):
        self.w, self.derivative = weights[2], derivative

    def output(self, targets, y_in, y):
        return (targets - y) * self.derivative(y_in)

    def hidden(self, delta_output, z_in):
        return ops.dot(delta_output, ops.transpose(self.w)) * self.derivative(z_in)


def deltas(weights, targets, signals, derivative):
    z_in, _, y_in, y = signals
    terms = Deltas(weights, derivative)
    delta_output = terms.output(targets, y_in, y)
    return {0: delta_output, 1: terms.hidden(delta_output, z_in)}.values()


# %% solution="corrections"
def correction(signal, delta, rate):
    return rate * ops.tensordot(signal, delta, axes=[[0], [0]]) / len(delta)


def corrections(x, z, delta_output, delta_hidden, learning_rate):
    scaled = functools.partial(correction, rate=learning_rate)
    ones = ops.ones((len(delta_output),))
    return (
        scaled(x, delta_hidden),
        scaled(ones, delta_hidden),
        scaled(z, delta_output),
        scaled(ones, delta_output),
    )


# %% solution="update"
from operator import add


def update(weights, corrections):
    return tuple(map(add, weights, corrections))


# %% solution="train"
def batches(number, size, rng):
    order = rng.permutation(number)
    return (order[start : start + size] for start in range(0, number, size))


def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)

    def one_epoch(weights, _):
        parts = batches(len(x), batch_size, rng)
        learn = lambda current, rows: step(current, x[rows], targets[rows])  # noqa: E731
        return functools.reduce(learn, parts, weights)

    return functools.reduce(one_epoch, range(epochs), weights)


# %% solution="solve_xor"
class XorNetwork:
    """Two detectors, by thinking: x1 and not x2, x2 and not x1; then their or."""

    def __init__(self, sharpness):
        s = float(sharpness)
        self.weights = (
            np.array([[s, -s], [-s, s]]),
            np.array([-s, -s]),
            np.array([[s], [s]]),
            np.array([-s / 2]),
        )


def solve_xor(seed):
    return XorNetwork(sharpness=10 + seed % 5).weights


# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.finish = activation or (lambda x: x)

    def build(self, input_shape):
        n = int(input_shape[-1])
        normal = keras.initializers.RandomNormal(stddev=n**-0.5)
        self.W = self.add_weight(name="W", shape=(n, self.units), initializer=normal)
        self.b = self.add_weight(name="b", shape=(self.units,), initializer=normal)

    def call(self, x):
        return self.finish(ops.dot(x, self.W) + self.b)
