# Other names, helpers between the cells, recursion and generators.

# %% solution="correlate"
def dot(a, b):
    return sum(float(x) * float(y) for x, y in zip(a, b, strict=True))


def slices(values, length, step):
    position = 0
    while position + length <= len(values):
        yield values[position : position + length]
        position += step


def correlate(echo, pulse, stride=1, padding=0):
    silence = [0.0] * padding
    heard = [*silence, *ops.convert_to_numpy(echo), *silence]
    pulse = ops.convert_to_numpy(pulse)
    return [dot(part, pulse) for part in slices(heard, len(pulse), stride)]


# %% solution="convolve"
def convolve(echo, pulse):
    pulse = ops.convert_to_numpy(pulse)
    return correlate(echo, tensor(pulse[::-1]), padding=len(pulse) - 1)


# %% solution="lecture_filter"
def lecture_filter(name):
    rows = {
        "identity": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
        "laplacian": ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
        "diagonal_edges": ((1, 0, -1), (0, 0, 0), (-1, 0, 1)),
        "shift_right": ((0, 0, 0), (1, 0, 0), (0, 0, 0)),
    }
    if name in rows:
        return rows[name]
    one = np.array(rows["identity"])
    if name == "sharpen":
        return one - np.array(lecture_filter("laplacian"))
    if name == "all_edges":
        return 9 * (one - lecture_filter("box_blur"))
    distance = np.abs(np.arange(3) - 1)
    powers = np.add.outer(distance, distance)
    weights = 0.5**powers if name == "gaussian_blur" else np.ones((3, 3))
    return weights / weights.sum()


# %% solution="learn_filter"
def learn_filter(image, target, size):
    """Adam, written out, on the gradient of problem 3."""
    k, m, v = (np.zeros((size, size)) for _ in range(3))
    for step in range(1, 501):
        g = ops.convert_to_numpy(filter_gradient(image, target, tensor(k)))
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        k = k - 0.02 * m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return tensor(k)


# %% solution="counting"
def window(side, layer):
    return (side + 2 * layer.get("padding", 0) - layer["size"]) // layer["stride"] + 1


def count_parameters(layers, side, channels):
    if not layers:
        return 0
    layer, above = layers[0], layers[1:]
    if layer["kind"] == "dense":
        own = layer["units"] * (side * side * channels + 1)
        return own + count_parameters(above, 1, layer["units"])
    if layer["kind"] == "pooling":
        return count_parameters(above, window(side, layer), channels)
    own = layer["filters"] * (layer["size"] ** 2 * channels + 1)
    return own + count_parameters(above, window(side, layer), layer["filters"])


def receptive_field(layers, seen=1):
    if not layers:
        return seen
    *below, top = layers
    return receptive_field(below, (seen - 1) * top["stride"] + top["size"])


# %% solution="adaptive_average_pool"
def cuts(length, parts):
    for part in range(parts):
        yield slice(int(part * length / parts), -int(-(part + 1) * length // parts))


def adaptive_average_pool(pictures, bins):
    pictures = ops.convert_to_numpy(pictures)
    grid = [
        [
            pictures[:, rows, columns].mean(axis=(1, 2))
            for columns in cuts(pictures.shape[2], bins)
        ]
        for rows in cuts(pictures.shape[1], bins)
    ]
    return np.transpose(np.array(grid), (2, 0, 1, 3))


# %% solution="dropout"
def survivors(shape, rate, seed):
    """1 where a number stays, else 0."""
    generator = np.random.Generator(np.random.Philox(seed))
    return 1.0 * (generator.random(shape) > rate)


def dropout(x, rate, training, seed):
    factor = survivors(tuple(x.shape), rate, seed) / (1 - rate) if training else 1.0
    return ops.convert_to_numpy(x) * factor


# %% solution="classifier"
def train_classifier(pictures, names, other_pictures, other_names):
    net = keras.Sequential(name="stem")
    net.add(keras.Input((8, 8, 1)))
    net.add(keras.layers.Rescaling(2.0, offset=-1.0))
    net.add(keras.layers.Conv2D(12, 5, padding="same", activation="elu"))
    net.add(keras.layers.Conv2D(12, 3, strides=2, activation="elu"))
    net.add(keras.layers.Flatten())
    net.add(keras.layers.Dense(10, activation="softmax"))
    net.compile("nadam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    net.optimizer.learning_rate = 0.005
    net.fit(
        pictures,
        names,
        validation_data=(other_pictures, other_names),
        epochs=7,
        verbose=0,
    )
    return net
