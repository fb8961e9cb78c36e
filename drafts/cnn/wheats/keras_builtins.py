# Hands the work to Keras wherever the problem allows it.

# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    def error(kernel):
        made = ops.conv(
            image[None, :, :, None],
            kernel[:, :, None, None],
            padding="valid",
            data_format="channels_last",
        )
        return ops.mean(ops.square(made[0, :, :, 0] - target))

    return autodiff.grad(error)(kernel)


# %% solution="learn_filter"
def learn_filter(image, target, size):
    layer = keras.layers.Conv2D(1, size, use_bias=False)
    model = keras.Sequential([keras.Input((*image.shape, 1)), layer])
    model.compile(keras.optimizers.SGD(0.2), loss="mse")
    x = ops.convert_to_numpy(image)[None, :, :, None]
    y = ops.convert_to_numpy(target)[None, :, :, None]
    x, y = np.repeat(x, 400, axis=0), np.repeat(y, 400, axis=0)
    model.fit(x, y, batch_size=1, verbose=0)
    return layer.kernel[:, :, 0, 0]


# %% solution="convolution"
class Convolution(keras.layers.Layer):
    """All windows at once, and a product with the kernel as a matrix."""

    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.filters, self.size, self.stride = filters, size, stride
        self.border = size // 2 if padding == "same" else 0
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        window = (self.size, self.size, input_shape[-1])
        normal = keras.initializers.HeNormal()
        self.kernel = self.add_weight(shape=(*window, self.filters), initializer=normal)
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros")

    def call(self, x):
        side = [self.border, self.border]
        patches = ops.image.extract_patches(
            ops.pad(x, [[0, 0], side, side, [0, 0]]),
            self.size,
            self.stride,
            padding="valid",
            data_format="channels_last",
        )
        flat = ops.reshape(self.kernel, (-1, self.filters))
        return self.activation(ops.matmul(patches, flat) + self.bias)


# %% solution="counting"
def shape_after(layer, shape):
    """By Keras's own arithmetic."""
    if layer["kind"] == "dense":
        return (None, layer["units"])
    size, stride = layer["size"], layer["stride"]
    around = keras.layers.ZeroPadding2D(layer.get("padding", 0))
    pool = keras.layers.MaxPooling2D(size, stride)
    sides = pool.compute_output_shape(around.compute_output_shape(shape))[:-1]
    return (*sides, layer.get("filters", shape[-1]))


def count_parameters(layers, side, channels):
    total, shape = 0, (None, side, side, channels)
    for layer in layers:
        if layer["kind"] == "dense":
            total += (int(np.prod(shape[1:])) + 1) * layer["units"]
        elif layer["kind"] == "convolution":
            total += (layer["size"] ** 2 * shape[-1] + 1) * layer["filters"]
        shape = shape_after(layer, shape)
    return total


def receptive_field(layers):
    if not layers:
        return 1
    *below, last = layers
    distance = int(np.prod([layer["stride"] for layer in below]))
    return receptive_field(below) + (last["size"] - 1) * distance


# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training or rate == 0:
        return x
    logits = ops.log(tensor([[rate, 1.0 - rate]]))
    size = int(np.prod(x.shape))
    kept = keras.random.categorical(logits, size, seed=seed)
    return x * ops.reshape(ops.cast(kept, "float32"), x.shape) / (1.0 - rate)


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    group = keras.layers.Normalization(axis=-1)
    group.adapt(ops.convert_to_numpy(x))
    mean, variance = ops.reshape(group.mean, (-1,)), ops.reshape(group.variance, (-1,))
    y = gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    running = ((running_mean, mean), (running_variance, variance))
    return y, *(old * momentum + new * (1 - momentum) for old, new in running)


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.SeparableConv2D(16, 3, activation="relu", depth_multiplier=8),
            keras.layers.MaxPooling2D(2),
            keras.layers.Dropout(0.2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
            keras.layers.Softmax(),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    data_ = (x_validation, y_validation)
    model.fit(x_train, y_train, epochs=8, validation_data=data_, verbose=0)
    return model


# %% solution="saliency"
def saliency(score, image, label):
    def of_class(x):
        chosen = ops.full((1, 1), label, dtype="int32")
        return ops.sum(ops.take_along_axis(score(x), chosen, axis=1))

    slopes = autodiff.grad(of_class)(keras.Variable(image[None]).value)
    largest = keras.layers.GlobalMaxPooling1D()
    return largest(ops.transpose(ops.abs(slopes), (1, 3, 2, 0))[..., 0])
