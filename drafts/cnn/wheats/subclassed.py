# Subclasses: a model with a training loop of its own, layers, small classes.

# %% solution="convolution"
class Convolution(keras.layers.Layer):
    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.filters, self.size, self.stride = filters, size, stride
        self.border = {"valid": 0, "same": (size - 1) // 2}[padding]
        self.activation = activation

    def build(self, input_shape):
        fan_in = self.size**2 * input_shape[-1]
        start = keras.initializers.RandomNormal(stddev=(2 / fan_in) ** 0.5)
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros")
        self.kernel = self.add_weight(
            shape=(self.size, self.size, input_shape[-1], self.filters),
            initializer=start,
        )

    def call(self, x):
        p, s = self.border, self.stride
        x = ops.pad(x, [[0, 0], [p, p], [p, p], [0, 0]])
        high, wide = (side - self.size + 1 for side in x.shape[1:3])
        y = self.bias
        for k in range(self.size):
            for m in range(self.size):
                window = x[:, k : k + high, m : m + wide][:, ::s, ::s]
                y = y + ops.matmul(window, self.kernel[k, m])
        return self.activation(y) if self.activation else y


# %% solution="counting"
class Shape:
    """What flows through a network, and what was learned on the way."""

    def __init__(self, side, channels):
        self.side, self.channels, self.learned = side, channels, 0

    def convolution(self, size, stride, padding, filters):
        self.learned += filters * (size * size * self.channels + 1)
        self.side += 2 * padding
        self.pooling(size, stride)
        self.channels = filters

    def pooling(self, size, stride):
        self.side = (self.side - size) // stride + 1

    def dense(self, units):
        self.learned += units * (self.side * self.side * self.channels + 1)
        self.side, self.channels = 1, units


def count_parameters(layers, side, channels):
    shape = Shape(side, channels)
    for layer in layers:
        layer = dict(layer)
        getattr(shape, layer.pop("kind"))(**layer)
    return shape.learned


def receptive_field(layers):
    """The pixels that reach one unit, one layer after the other from above."""
    units = {0}
    for layer in reversed(layers):
        step, size = layer["stride"], layer["size"]
        units = {unit * step + k for unit in units for k in range(size)}
    return max(units) - min(units) + 1


# %% solution="batch_norm_training"
class Normalisation:
    def __init__(self, gamma, beta, epsilon):
        self.gamma, self.beta, self.epsilon = gamma, beta, epsilon

    def __call__(self, x, mean, variance):
        return (x - mean) / (variance + self.epsilon) ** 0.5 * self.gamma + self.beta


def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    flat = ops.reshape(x, (-1, x.shape[-1]))
    mean = ops.mean(flat, axis=0)
    variance = ops.mean(flat * flat, axis=0) - mean * mean
    follow = lambda old, new: momentum * old + (1 - momentum) * new  # noqa: E731
    y = Normalisation(gamma, beta, epsilon)(x, mean, variance)
    return [y, follow(running_mean, mean), follow(running_variance, variance)]


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    normalise = Normalisation(gamma, beta, epsilon)
    return normalise(x, running_mean, running_variance)


# %% solution="classifier"
class SmallNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.one = keras.layers.Conv2D(6, 3, activation="tanh")
        self.pool = keras.layers.AveragePooling2D(2)
        self.two = keras.layers.Conv2D(32, 3, activation="relu")
        self.flatten = keras.layers.Flatten()
        self.answer = keras.layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.answer(self.flatten(self.two(self.pool(self.one(x)))))


def train_classifier(x_train, y_train, x_validation, y_validation):
    model = SmallNet()
    model.compile(
        optimizer=keras.optimizers.RMSprop(0.005),
        loss=keras.losses.CategoricalCrossentropy(),
    )
    model.fit(x_train, np.eye(10)[y_train], batch_size=25, epochs=8, verbose=0)
    return model
