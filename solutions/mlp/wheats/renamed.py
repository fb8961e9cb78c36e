# Other parameter names, results as nested lists of numbers, a linear classifier.

# %% solution="sigmoid"
def sigmoid(values):
    values = ops.convert_to_numpy(values).astype("float64")
    return (0.5 + 0.5 * np.tanh(values / 2)).tolist()


def sigmoid_derivative(values):
    return (0.25 / np.cosh(ops.convert_to_numpy(values) / 2.0) ** 2).tolist()


# %% solution="relu"
def relu(values):
    return np.clip(ops.convert_to_numpy(values), 0, None).tolist()


def relu_derivative(values):
    return (ops.convert_to_numpy(values) >= 0).astype(int).tolist()


# %% solution="leaky_relu"
def leaky_relu(values, a):
    values = ops.convert_to_numpy(values)
    return np.where(values > 0, values, a * values).tolist()


def leaky_relu_derivative(values, a):
    return np.where(ops.convert_to_numpy(values) > 0, 1, a).tolist()


# %% solution="softmax"
def softmax(o):
    o = ops.convert_to_numpy(o).astype("float64")
    ratios = np.exp(np.minimum(o[..., None, :] - o[..., :, None], 700))
    return (1 / ratios.sum(axis=-1)).tolist()


# %% solution="cross_entropy"
def cross_entropy(o, c):
    o, c = ops.convert_to_numpy(o).astype("float64"), ops.convert_to_numpy(c)
    losses = [np.logaddexp.reduce(row) - row[label] for row, label in zip(o, c)]  # noqa: B905
    return float(np.mean(losses))


# %% solution="forward"
def forward(parameters, batch, a):
    v, v0, w, w0 = map(ops.convert_to_numpy, parameters)
    hidden = ops.convert_to_numpy(batch) @ v + v0
    output = a(hidden) @ w + w0
    return [part.tolist() for part in (hidden, a(hidden), output, a(output))]


# %% solution="deltas"
def deltas(parameters, t, s, slope):
    z_in, z, y_in, y = map(ops.convert_to_numpy, s)
    first = (ops.convert_to_numpy(t) - y) * slope(y_in)
    second = slope(z_in) * (first @ ops.convert_to_numpy(parameters[2]).T)
    return first.tolist(), second.tolist()


# %% solution="corrections"
def corrections(x, z, d_out, d_hid, alpha):
    x, z, d_out, d_hid = map(ops.convert_to_numpy, (x, z, d_out, d_hid))
    x1 = np.c_[np.ones(len(x)), x]  # the bias as a signal that is always 1
    z1 = np.c_[np.ones(len(z)), z]
    v, w = alpha * x1.T @ d_hid / len(x), alpha * z1.T @ d_out / len(z)
    return v[1:].tolist(), v[0].tolist(), w[1:].tolist(), w[0].tolist()


# %% solution="update"
def update(old, change):
    pairs = zip(old, change, strict=True)
    arrays = [ops.convert_to_numpy(a) + ops.convert_to_numpy(b) for a, b in pairs]
    return [array.tolist() for array in arrays]


# %% solution="train"
def train(f, state, inputs, outputs, size, passes, key):
    rng = np.random.default_rng(key)
    rows = np.arange(len(inputs))
    while passes:
        rng.shuffle(rows)
        left = rows
        while len(left):
            state = f(state, inputs[left[:size]], outputs[left[:size]])
            left = left[size:]
        passes -= 1
    return state


# %% solution="classifier"
def train_classifier(a, b, c, d):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, "softmax")])
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    model.fit(a, b, epochs=15, batch_size=64, verbose=0)
    return model
