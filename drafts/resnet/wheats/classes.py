# Small classes, closures and functools in place of bare functions.

# %% solution="block"
import functools


class Unit(keras.layers.Layer):
    def __init__(self, filters, size, stride, activation):
        super().__init__()
        same = functools.partial(keras.layers.Conv2D, padding="same", use_bias=False)
        self.look = same(filters, size, strides=stride)
        self.norm = keras.layers.BatchNormalization()
        self.activation = keras.layers.Activation(activation)

    def build(self, input_shape):
        self.look.build(input_shape)
        self.norm.build(self.look.compute_output_shape(input_shape))

    def call(self, x, training=None):
        return self.activation(self.norm(self.look(x), training=training))


class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.branch = [
            Unit(filters, 3, stride, "relu"),
            Unit(filters, 3, 1, "linear"),
        ]
        self.shortcut = [Unit(filters, 1, stride, "linear")]

    def build(self, input_shape):
        after = (*input_shape[:-1], self.branch[0].look.filters)
        for unit, shape in zip(self.branch, (input_shape, after), strict=True):
            unit.build(shape)
        if self.branch[0].look.strides == (1, 1) and after == tuple(input_shape):
            self.shortcut = []
        for unit in self.shortcut:
            unit.build(input_shape)

    def call(self, x, training=None):
        def through(units):
            return functools.reduce(
                lambda x, unit: unit(x, training=training), units, x
            )

        return ops.relu(ops.add(through(self.branch), through(self.shortcut)))


# %% solution="stream"
class Order:
    def __init__(self, before, inside, after):
        self.before, self.inside, self.after = before, inside, after

    def step(self, x, branch):
        return self.after(x + self.inside(branch(self.before(x))))


def unchanged(x):
    return x


def residual_stream(x, branches, order):
    relu = keras.activations.relu
    orders = {
        "pre": Order(relu, unchanged, unchanged),
        "relu_first": Order(unchanged, relu, unchanged),
        "sum_first": Order(unchanged, unchanged, relu),
    }
    result = [x]
    for branch in branches:
        result.append(orders[order].step(result[-1], branch))
    return result


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    first, *others = stream
    if order in ("relu_first", "pre"):
        return ops.ones(first.shape)
    masks = (ops.sign(ops.relu(x)) for x in others)
    return functools.reduce(ops.multiply, masks)


# %% solution="plan"
class Plan:
    stages = 3

    def __init__(self, depth, filters):
        self.n, self.rest = divmod(depth - 2, 2 * self.stages)
        self.filters = filters
        if self.n < 1 or self.rest > 0:
            raise ValueError(f"{depth} layers make no ResNet")

    def __iter__(self):
        for stage in range(self.stages):
            for number in range(self.n):
                yield self.filters << stage, 2 if stage and not number else 1


def resnet_plan(depth, filters):
    return list(Plan(depth, filters))


# %% solution="count"
class Counter:
    def __init__(self):
        self.learned = self.running = 0

    def convolution(self, size, before, after):
        self.learned += size * size * before * after + 2 * after
        self.running += 2 * after
        return after

    def block(self, before, after):
        self.convolution(3, self.convolution(3, before, after), after)
        if before != after:
            self.convolution(1, before, after)
        return after


def count_weights(depth, filters, channels, classes):
    counter = Counter()
    before = counter.convolution(3, channels, filters)
    for after, _ in Plan(depth, filters):
        before = counter.block(before, after)
    return counter.learned + (before + 1) * classes, counter.running


# %% solution="gradient_norms"
class Layered:
    def __init__(self, residual):
        self.residual = residual

    def step(self, h, w):
        step = ops.tanh(h @ w)
        return h + step if self.residual else step

    def loss(self, weights, x, targets):
        distance = functools.reduce(self.step, weights, x) - targets
        return ops.sum(distance**2) / 2 / len(x)


def gradient_norms(x, targets, weights, residual):
    chain = Layered(residual)
    _, slopes = autodiff.value_and_grad(chain.loss)(weights, x, targets)
    return [ops.sqrt(ops.sum(ops.square(slope))) for slope in slopes]


def factor_per_layer(norms):
    norms = np.array(ops.convert_to_numpy(norms), dtype="float64")
    factors = norms[:-1] / norms[1:]
    return np.prod(factors) ** (1.0 / len(factors))


# %% solution="path_lengths"
def path_lengths(slopes):
    slopes = ops.convert_to_numpy(slopes)
    return functools.reduce(np.convolve, ([1.0, slope] for slope in slopes), [1.0])


# %% solution="with_adapters"
class Behind(keras.layers.Layer):
    def __init__(self, layer, adapter):
        super().__init__()
        self.layer, self.adapter = layer, adapter

    def build(self, input_shape):
        if not self.layer.built:
            self.layer.build(input_shape)

    def call(self, x):
        return self.adapter(self.layer(x))


def with_adapters(model, make_adapter):
    parts = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = False
        convolves = isinstance(layer, keras.layers.Conv2D)
        parts.append(Behind(layer, make_adapter()) if convolves else layer)
    return keras.Sequential(parts)
