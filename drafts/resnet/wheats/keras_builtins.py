# Hands the work to Keras and NumPy wherever that is allowed.


# %% solution="block"
class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.filters, self.stride = filters, stride

    def build(self, input_shape):
        layers = keras.layers

        def convolution(size, stride):
            return [
                layers.Conv2D(
                    self.filters, size, stride, padding="same", use_bias=False
                ),
                layers.BatchNormalization(),
            ]

        branch = [*convolution(3, self.stride), layers.ReLU(), *convolution(3, 1)]
        self.branch = keras.Sequential(branch)
        self.shortcut = layers.Identity()
        if self.stride > 1 or input_shape[-1] != self.filters:
            self.shortcut = keras.Sequential(convolution(1, self.stride))
        self.end = layers.ReLU()

    def call(self, x, training=False):
        parts = [self.branch(x, training=training)]
        if isinstance(self.shortcut, keras.Sequential):
            parts.append(self.shortcut(x, training=training))
        else:
            parts.append(x)
        return self.end(keras.layers.add(parts))


# %% solution="stream"
def residual_stream(x, branches, order):
    relu = keras.layers.ReLU()
    add = keras.layers.Add()
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            stream.append(relu(add([stream[-1], branch(stream[-1])])))
        if order == "relu_first":
            stream.append(add([stream[-1], relu(branch(stream[-1]))]))
        if order == "pre":
            stream.append(add([stream[-1], branch(relu(stream[-1]))]))
    return stream


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    if order == "sum_first":
        return ops.all(ops.stack([x > 0 for x in stream[1:]]), axis=0)
    return ops.full(stream[0].shape, 1)


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    before = filters
    parts = [(9 * channels, filters)]
    for width, stride in _blocks((depth - 2) // 6, filters):
        parts += [(9 * before, width), (9 * width, width)]
        parts += [(before, width)] if stride == 2 else []
        before = width
    inputs, outputs = np.array(parts).T
    running = 2 * outputs.sum()
    return int(inputs @ outputs + running + (before + 1) * classes), int(running)


def _blocks(n, filters):
    strides = np.ones((3, n), dtype=int)
    strides[1:, 0] = 2
    widths = filters * np.array([[1], [2], [4]]) * np.ones_like(strides)
    return zip(widths.ravel().tolist(), strides.ravel().tolist(), strict=True)


# %% solution="gradient_norms"
class Chain(keras.layers.Layer):
    def __init__(self, weights, residual):
        super().__init__()
        self.matrices = [
            keras.Variable(ops.convert_to_numpy(weight)) for weight in weights
        ]
        self.residual = residual

    def call(self, x):
        for matrix in self.matrices:
            step = keras.activations.tanh(ops.matmul(x, matrix))
            x = keras.layers.add([x, step]) if self.residual else step
        return x


def gradient_norms(x, targets, weights, residual):
    chain = Chain(weights, residual)

    def loss():
        halves = ops.sum(ops.square(chain(x) - targets), axis=-1) / 2
        return ops.mean(halves)

    matrices = chain.matrices
    _, gradients = autodiff.variable_gradients(loss, matrices, matrices)
    return [ops.norm(gradient) for gradient in gradients]


def factor_per_layer(norms):
    norms = ops.convert_to_numpy(norms).astype("float64")
    return np.power(norms[0] / norms[-1], 1 / (norms.size - 1))


# %% solution="path_lengths"
def path_lengths(slopes):
    product = np.polynomial.Polynomial([1.0])
    for slope in ops.convert_to_numpy(slopes):
        product = product * np.polynomial.Polynomial([1.0, slope])
    return product.coef


# %% solution="resnet"
def resnet(plan, channels, classes, make_block):
    model = keras.Sequential(name="resnet")
    model.add(keras.Input((None, None, channels)))
    model.add(keras.layers.Conv2D(plan[0][0], 3, padding="same", use_bias=False))
    model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Activation("relu"))
    for pair in plan:
        model.add(make_block(*pair))
    model.add(keras.layers.GlobalAvgPool2D())
    model.add(keras.layers.Dense(classes, activation="linear"))
    return model


# %% solution="with_new_head"
def with_new_head(model, classes):
    features = keras.Sequential([keras.Input(model.input_shape[1:])])
    for layer in model.layers[:-1]:
        features.add(layer)
    features.add(keras.layers.Dense(classes))
    return features


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.optimizer.learning_rate = rate
    losses = []
    for _ in range(steps):
        losses.append(model.train_on_batch(x, labels))
    return losses


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = adapters = 0
    for size, channels, filters in convolutions:
        layer = keras.layers.Conv2D(filters, size, use_bias=False)
        layer.build((None, size, size, channels))
        shared += layer.count_params()
        adapters += filters * filters
    return domains * shared, shared + domains * adapters
