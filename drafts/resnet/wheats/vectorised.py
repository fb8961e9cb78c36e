# Short answers in keras.ops.


# %% solution="stream"
def residual_stream(x, branches, order):
    steps = {
        "sum_first": lambda x, f: ops.relu(f(x) + x),
        "relu_first": lambda x, f: ops.relu(f(x)) + x,
        "pre": lambda x, f: f(ops.relu(x)) + x,
    }
    stream = (x,)
    for f in branches:
        stream += (steps[order](stream[-1], f),)
    return stream


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    passed = ops.min(ops.stack(stream[1:]), axis=0) > 0
    return ops.cast(ops.logical_or(passed, order != "sum_first"), "float32")


# %% solution="plan"
def resnet_plan(depth, filters):
    n = (depth - 2) // 6
    if n < 1 or 6 * n + 2 != depth:
        raise ValueError(depth)
    stages = ((filters, 1), (2 * filters, 2), (4 * filters, 2))
    return [b for f, s in stages for b in [(f, s)] + (n - 1) * [(f, 1)]]


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    n, f = (depth - 2) // 6, filters
    kernels = 9 * channels * f + n * 18 * 21 * f**2 - 9 * (2 + 8) * f**2
    projections = 2 * f**2 + 8 * f**2
    norms = 2 * (f + 7 * f * 2 * n + 6 * f)
    return kernels + projections + norms + (4 * f + 1) * classes, norms


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):
    def loss(stack):
        h = x
        for w in ops.unstack(stack, len(weights)):
            h = float(residual) * h + ops.tanh(h @ w)
        return 0.5 * ops.mean(ops.sum(ops.square(h - targets), axis=1))

    gradients = autodiff.grad(loss)(ops.stack(weights))
    return ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2)))


def factor_per_layer(norms):
    return (norms[0] / norms[-1]) ** (1.0 / (norms.shape[0] - 1))


# %% solution="path_lengths"
def path_lengths(slopes):
    return np.poly(-ops.convert_to_numpy(slopes))


# %% solution="learn_only_norms"
def learn_only_norms(model):
    norm = keras.layers.BatchNormalization
    for layer in all_layers(model):
        if not isinstance(layer, norm) and not all_layers(layer):
            layer.trainable = False
    return sum(ops.size(weight) for weight in model.trainable_weights)


def silent_share(model, threshold):
    norm = keras.layers.BatchNormalization
    found = [layer.gamma for layer in all_layers(model) if isinstance(layer, norm)]
    small = ops.abs(ops.concatenate(found)) < threshold
    return ops.mean(ops.cast(small, "float32"))


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    losses = []
    for _ in range(steps):

        def loss():
            targets = ops.one_hot(labels, model.output_shape[-1])
            chosen = targets * ops.log_softmax(model(x, training=True))
            return -ops.mean(ops.sum(chosen, axis=-1))

        weights = model.trainable_weights
        value, slopes = autodiff.variable_gradients(loss, weights, model.variables)
        for weight, slope in zip(weights, slopes, strict=True):
            weight.assign(weight.value - rate * slope)
        losses.append(value)
    return losses


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        c = input_shape[-1]
        self.alpha = self.add_weight(shape=(1, 1, c, c), initializer="zeros")

    def call(self, x):
        return x + ops.einsum("bhwc,cf->bhwf", x, self.alpha[0, 0])


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    size, channels, filters = np.transpose(convolutions)
    shared = np.sum(size**2 * channels * filters)
    return np.array([domains * shared, shared + domains * np.sum(filters**2)])
