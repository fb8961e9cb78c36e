# NumPy first: arrays, loops over outputs and slices; Keras where it differentiates.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal), padding)
    kernel = ops.convert_to_numpy(kernel)
    count = (len(signal) - len(kernel)) // stride + 1
    y = np.zeros(count, dtype="float32")
    for n in range(count):
        y[n] = np.sum(kernel * signal[n * stride : n * stride + len(kernel)])
    return y


# %% solution="convolve"
def convolve(signal, kernel):
    signal, kernel = ops.convert_to_numpy(signal), ops.convert_to_numpy(kernel)
    y = np.zeros(len(signal) + len(kernel) - 1, dtype="float32")
    for n, value in enumerate(signal):
        y[n : n + len(kernel)] += value * kernel
    return y


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    p = padding
    x = np.pad(ops.convert_to_numpy(images), ((0, 0), (p, p), (p, p), (0, 0)))
    w = ops.convert_to_numpy(kernels)
    K, L, _, F = w.shape
    rows = (x.shape[1] - K) // stride + 1
    columns = (x.shape[2] - L) // stride + 1
    y = np.zeros((len(x), rows, columns, F), dtype="float32")
    for i in range(rows):
        for j in range(columns):
            window = x[:, i * stride : i * stride + K, j * stride : j * stride + L]
            y[:, i, j] = np.einsum("bklc,klcf->bf", window, w)
    return y


# %% solution="lecture_filter"
def lecture_filter(name):
    identity = np.zeros((3, 3))
    identity[1, 1] = 1
    laplacian = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    filters = {
        "identity": identity,
        "box_blur": np.ones((3, 3)) / 9,
        "gaussian_blur": np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16,
        "laplacian": laplacian,
        "all_edges": 9 * identity - np.ones((3, 3)),
        "diagonal_edges": np.array([[1, 0, -1], [0, 0, 0], [-1, 0, 1]]),
        "sharpen": identity - laplacian,
        "shift_right": np.array([[0, 0, 0], [1, 0, 0], [0, 0, 0]]),
    }
    return filters[name]


# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target = ops.convert_to_numpy(image), ops.convert_to_numpy(target)
    kernel = ops.convert_to_numpy(kernel)
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
    return 2 * np.einsum("ij,ijkl->kl", errors, windows) / target.size


# %% solution="learn_filter"
def learn_filter(image, target, size):
    kernel = np.zeros((size, size))
    for _ in range(600):
        kernel = kernel - 2 / size**2 * filter_gradient(image, target, kernel)
    return kernel


# %% solution="convolution"
class Convolution(keras.layers.Layer):
    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.filters = filters
        self.size = size
        self.stride = stride
        self.padding = padding
        self.activation = activation

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(self.size, self.size, input_shape[-1], self.filters),
            initializer="glorot_uniform",
        )
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros")

    def call(self, x):
        y = ops.conv(
            x,
            self.kernel,
            strides=self.stride,
            padding=self.padding,
            data_format="channels_last",
        )
        y = y + self.bias
        return y if self.activation is None else self.activation(y)


# %% solution="counting"
def count_parameters(layers, side, channels):
    total = 0
    for layer in layers:
        if layer["kind"] == "dense":
            total += (side * side * channels + 1) * layer["units"]
            side, channels = 1, layer["units"]
            continue
        size = layer["size"]
        if layer["kind"] == "convolution":
            total += (size * size * channels + 1) * layer["filters"]
            channels = layer["filters"]
        side = (side + 2 * layer.get("padding", 0) - size) // layer["stride"] + 1
    return total


def receptive_field(layers):
    field, distance = 1, 1
    for layer in layers:
        field += (layer["size"] - 1) * distance
        distance *= layer["stride"]
    return field


# %% solution="pooling"
def pool_with(function, images, size, stride):
    x = ops.convert_to_numpy(images)
    rows = (x.shape[1] - size) // stride + 1
    columns = (x.shape[2] - size) // stride + 1
    y = np.zeros((len(x), rows, columns, x.shape[3]), dtype="float32")
    for i in range(rows):
        for j in range(columns):
            r, c = i * stride, j * stride
            y[:, i, j] = function(x[:, r : r + size, c : c + size], axis=(1, 2))
    return y


def max_pool(images, size, stride):
    return pool_with(np.max, images, size, stride)


def average_pool(images, size, stride):
    return pool_with(np.mean, images, size, stride)


# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    x = ops.convert_to_numpy(images)
    _, H, W, _ = x.shape
    y = np.zeros((len(x), bins, bins, x.shape[3]), dtype="float32")
    for i in range(bins):
        rows = slice(i * H // bins, -(-(i + 1) * H // bins))
        for j in range(bins):
            columns = slice(j * W // bins, -(-(j + 1) * W // bins))
            y[:, i, j] = x[:, rows, columns].mean(axis=(1, 2))
    return y


# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x
    x = ops.convert_to_numpy(x)
    mask = np.random.default_rng(seed).random(x.shape) >= rate
    return tensor(mask * x / (1 - rate))


# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.stack([ops.convert_to_numpy(predict(x, seed)) for seed in seeds])
    return draws.mean(axis=0), draws.std(axis=0)


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    x, gamma, beta, running_mean, running_variance = (
        ops.convert_to_numpy(values)
        for values in (x, gamma, beta, running_mean, running_variance)
    )
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), x.var(axis=axes)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    new_mean = momentum * running_mean + (1 - momentum) * mean
    new_variance = momentum * running_variance + (1 - momentum) * variance
    return y, new_mean, new_variance


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    x, gamma, beta, running_mean, running_variance = (
        ops.convert_to_numpy(values)
        for values in (x, gamma, beta, running_mean, running_variance)
    )
    return gamma * (x - running_mean) / np.sqrt(running_variance + epsilon) + beta


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.Adam(0.005),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(
        x_train,
        y_train,
        batch_size=64,
        epochs=12,
        validation_data=(x_validation, y_validation),
        verbose=0,
    )
    return model


# %% solution="saliency"
def saliency(score, image, label):
    slopes = autodiff.grad(lambda x: score(x[None])[0, label])(image)
    return np.abs(ops.convert_to_numpy(slopes)).max(axis=-1)


# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    alpha = ops.convert_to_numpy(slopes).mean(axis=(0, 1))
    return np.maximum(0, ops.convert_to_numpy(features) @ alpha)
