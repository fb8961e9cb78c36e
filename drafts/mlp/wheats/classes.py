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


# %% solution="elu"
elu = piecewise(lambda x, a: a * (ops.exp(-ops.abs(x)) - 1), lambda x, a: x)
elu_derivative = piecewise(
    lambda x, a: a * ops.exp(-ops.abs(x)), lambda x, a: ops.ones_like(x)
)


# %% solution="softplus"
class Softplus:
    def __call__(self, x):
        return ops.relu(x) + ops.log1p(ops.exp(-ops.abs(x)))

    def derivative(self, x):
        return ops.where(x > 0, 1 / (1 + ops.exp(-ops.abs(x))), self.left(x))

    def left(self, x):
        e = ops.exp(-ops.abs(x))
        return e / (1 + e)


softplus = Softplus()
softplus_derivative = softplus.derivative


# %% solution="saturating"
def derivative_of(function):
    """By automatic differentiation: the sum's gradient is each element's slope."""
    return autodiff.grad(lambda x: ops.sum(function(x)))


tanh_derivative = derivative_of(ops.tanh)
arctan_derivative = derivative_of(ops.arctan)


# %% solution="jacobian"
def softmax_jacobian(logits):
    """A row per probability: the gradient of that one."""
    number = logits.shape[0]
    rows = [autodiff.grad(lambda o, i=i: ops.softmax(o)[i]) for i in range(number)]
    return ops.stack([row(logits) for row in rows])


# %% solution="distances"
class Distance:
    def __init__(self, of_each):
        self.of_each, self.__name__ = of_each, "distance"

    def __call__(self, targets, outputs):
        return ops.sum(self.of_each(targets - outputs), axis=1)


sum_of_squared_errors = l2 = Distance(ops.square)
l1 = Distance(ops.abs)


# %% solution="expectations"
class OfProbabilities:
    def __init__(self, of_each, over_all):
        self.of_each, self.over_all, self.__name__ = of_each, over_all, "expectation"

    def __call__(self, targets, outputs):
        distance = targets - keras.activations.softmax(outputs)
        return self.over_all(self.of_each(distance), axis=-1)


expectation = OfProbabilities(ops.abs, ops.sum)
regularised_expectation = OfProbabilities(ops.square, ops.sum)
chebyshev = OfProbabilities(ops.abs, ops.amax)


# %% solution="hinges"
def hinge_of(power, targets, outputs):
    short = ops.where(targets * outputs < 1, 1 - targets * outputs, 0.0)
    return ops.sum(short**power, axis=-1)


def hinge(*given):
    return hinge_of(1, *given)


def squared_hinge(*given):
    return hinge_of(2, *given)


def cubed_hinge(*given):
    return hinge_of(3, *given)


# %% solution="gradient_norms"
class Stack:
    """Layers as records of what went through them."""

    def __init__(self, layers):
        self.layers = [(matrix, bias) for matrix, bias in layers]

    def error(self, x, targets, matrices):
        for matrix, (_, bias) in zip(matrices, self.layers, strict=True):
            x = ops.sigmoid(ops.add(ops.dot(x, matrix), bias))
        return ops.sum(ops.square(x - targets)) / (2 * x.shape[0])


def gradient_norms(layers, x, targets):
    stack_of = Stack(layers)
    error = functools.partial(stack_of.error, x, targets)
    _, gradients = autodiff.value_and_grad(lambda matrices: error(matrices))(
        [matrix for matrix, _ in layers]
    )
    return tuple(float(ops.norm(gradient)) for gradient in gradients)


# %% solution="early_stopping"
class Watch:
    def __init__(self, patience):
        self.patience, self.smallest, self.left = patience, float("inf"), patience

    def sees(self, loss, weights):
        """Whether it goes on."""
        if loss < self.smallest:
            self.smallest, self.left = loss, self.patience
            self.best = copy.deepcopy(weights)
        else:
            self.left -= 1
        return self.left > 0


def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    watch = Watch(patience)
    for number in range(1, most_epochs + 1):
        weights = epoch(weights)
        if not watch.sees(validation_loss(weights), weights):
            return watch.best, number
    return watch.best, most_epochs


# %% solution="one_cycle"
class HalfCosine:
    def __init__(self, start, stop, low, high):
        self.start, self.stop, self.low, self.high = start, stop, low, high

    def __call__(self, step):
        part = (step - self.start) / (self.stop - self.start)
        return self.low + (self.high - self.low) * (1 - np.cos(np.pi * part)) / 2


def one_cycle(step, steps, peak):
    top, last = 0.3 * (steps - 1), steps - 1
    rise = HalfCosine(0, top, peak / 25, peak)
    fall = HalfCosine(top, last, peak, peak / 250_000)
    return (fall if step > top else rise)(step)


# %% solution="any_function"
class Staircase:
    def __init__(self, stairs):
        self.stairs = stairs

    def edges(self):
        return np.arange(1, self.stairs) / self.stairs

    def heights(self, g):
        return np.asarray(g((0.5 + np.arange(self.stairs)) / self.stairs))


def any_function(g, hidden):
    stairs = Staircase(hidden + 1)
    heights, k = stairs.heights(g), 100.0 * hidden
    falling = [np.full((1, hidden), -k), k * stairs.edges()]  # steps from the right
    return *falling, -np.diff(heights)[:, None], heights[-1:]
