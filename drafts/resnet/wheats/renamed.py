# Other names of arguments and parts, another order of the arithmetic, helpers between.


# %% solution="block"
def bare_convolution(width, side, step):
    return keras.layers.Conv2D(
        width, (side, side), (step, step), "same", use_bias=False, name="w"
    )


class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__(name="my_block")
        self.width, self.step = width, step = filters, stride
        self.scale_b = keras.layers.BatchNormalization(epsilon=1e-5)
        self.scale_a = keras.layers.BatchNormalization(epsilon=1e-5)
        self.b = bare_convolution(width, 3, 1)
        self.a = bare_convolution(width, 3, step)
        self.bridge = None

    def build(self, shape):
        if self.step == 1 and shape[3] == self.width:
            return
        self.bridge = bare_convolution(self.width, 1, self.step)
        self.scale_bridge = keras.layers.BatchNormalization(epsilon=1e-5)

    def call(self, image, training=None):
        past = image
        if self.bridge is not None:
            past = self.scale_bridge(self.bridge(image), training=training)
        inside = ops.maximum(self.scale_a(self.a(image), training=training), 0.0)
        inside = self.scale_b(self.b(inside), training=training)
        return ops.maximum(past + inside, 0.0)


# %% solution="stream"
def positive(numbers):
    return ops.maximum(numbers, 0.0)


def residual_stream(start, functions, kind):
    if not functions:
        return [start]
    head, *tail = functions
    if kind == "pre":
        after = head(positive(start)) + start
    elif kind == "relu_first":
        after = positive(head(start)) + start
    else:
        after = positive(head(start) + start)
    return [start] + residual_stream(after, tail, kind)


# %% solution="direct_gradient"
def direct_gradient(tensors, kind):
    result = 0.0 * tensors[0] + 1.0
    if kind != "sum_first":
        return result
    for each in tensors[1:]:
        result = ops.where(each > 0.0, result, 0.0)
    return result


# %% solution="plan"
def resnet_plan(layers_in_all, width):
    allowed = {6 * n + 2: n for n in range(1, 1000)}
    if layers_in_all not in allowed:
        raise ValueError(f"no ResNet has {layers_in_all} layers")
    n = allowed[layers_in_all]
    widths = [width] * n + [2 * width] * n + [4 * width] * n
    steps = [1] * (3 * n)
    steps[n] = steps[2 * n] = 2
    return list(zip(widths, steps, strict=True))


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    def norm(width):
        return np.array([2 * width, 2 * width])

    def convolution(size, before, after):
        return np.array([size**2 * before * after, 0]) + norm(after)

    before, n = filters, (depth - 2) // 6
    total = convolution(3, channels, filters)
    for width in [filters] * n + [2 * filters] * n + [4 * filters] * n:
        total = total + convolution(3, before, width) + convolution(3, width, width)
        if width > before:
            total = total + convolution(1, before, width)
        before = width
    return total + np.array([classes * (before + 1), 0])


# %% solution="gradient_norms"
def gradient_norms(inputs, wanted, matrices, with_shortcut):
    count = len(matrices)

    def error_of(*matrices):
        state = inputs
        for matrix in matrices:
            change = ops.tanh(ops.dot(state, matrix))
            if with_shortcut:
                change = change + state
            state = change
        miss = state - wanted
        return ops.sum(miss * miss) * (0.5 / inputs.shape[0])

    slopes = autodiff.grad(error_of, argnums=tuple(range(count)))(*matrices)
    return tuple(np.linalg.norm(ops.convert_to_numpy(slope)) for slope in slopes)


def factor_per_layer(sizes):
    sizes = [float(size) for size in ops.convert_to_numpy(sizes)]
    steps = len(sizes) - 1
    return sizes[0] ** (1 / steps) / sizes[-1] ** (1 / steps)


# %% solution="path_lengths"
def path_lengths(numbers):
    numbers = ops.convert_to_numpy(numbers).tolist()
    if not numbers:
        return [1.0]
    shorter = path_lengths_of(numbers[:-1])
    return path_step(shorter, numbers[-1])


def path_lengths_of(numbers):
    result = [1.0]
    for number in numbers:
        result = path_step(result, number)
    return result


def path_step(shorter, number):
    past, through = [*shorter, 0.0], [0.0, *shorter]
    return [a + number * b for a, b in zip(past, through, strict=True)]


# %% solution="resnet"
def resnet(blocks, depth_of_images, groups, make):
    class Stem(keras.layers.Layer):
        def __init__(self, width):
            super().__init__()
            self.look = keras.layers.Conv2D(width, 3, padding="same", use_bias=False)
            self.scale = keras.layers.BatchNormalization()

        def call(self, images, training=None):
            return ops.relu(self.scale(self.look(images), training=training))

    parts = [Stem(blocks[0][0])]
    for width, step in blocks:
        parts.append(make(width, step))
    parts.append(keras.layers.Lambda(lambda x: ops.mean(ops.mean(x, axis=1), axis=1)))
    return keras.Sequential([*parts, keras.layers.Dense(groups, name="groups")])


# %% solution="freeze"
def freeze(network, count):
    network.trainable = True
    learning = network.layers[-count:] if count else []
    for part in network.layers:
        part.trainable = any(part is other for other in learning)
    norms = [part for part in all_layers(network) if hasattr(part, "moving_variance")]
    for part in norms:
        part.trainable = False
    return network
