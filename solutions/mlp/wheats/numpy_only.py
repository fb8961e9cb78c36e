# NumPy in float64 everywhere, converted at the door; XOR by its own backpropagation.

# %% solution="sigmoid"
def sigmoid(x):
    x = ops.convert_to_numpy(x).astype("float64")
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    f = sigmoid(x)
    return f * (1 - f)


# %% solution="relu"
def relu(x):
    x = ops.convert_to_numpy(x)
    return x * (x > 0)


def relu_derivative(x):
    return np.heaviside(ops.convert_to_numpy(x), 1)


# %% solution="leaky_relu"
def leaky_relu(x, slope):
    x = ops.convert_to_numpy(x).copy()
    x[x < 0] *= slope
    return x


def leaky_relu_derivative(x, slope):
    x = ops.convert_to_numpy(x)
    result = np.ones(x.shape)
    result[x < 0] = slope
    return result


# %% solution="softmax"
def softmax(logits):
    logits = ops.convert_to_numpy(logits).astype("float64")
    e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    logits = ops.convert_to_numpy(logits).astype("float64")
    labels = ops.convert_to_numpy(labels)
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = [ops.convert_to_numpy(part) for part in weights]
    z_in = ops.convert_to_numpy(x) @ v + v0
    z = activation(z_in)
    y_in = z @ w + w0
    return z_in, z, y_in, activation(y_in)


# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    z_in, _, y_in, y = [ops.convert_to_numpy(signal) for signal in signals]
    w = ops.convert_to_numpy(weights[2])
    delta_output = (ops.convert_to_numpy(targets) - y) * derivative(y_in)
    return delta_output, delta_output.dot(w.T) * derivative(z_in)


# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    x, z, delta_output, delta_hidden = map(
        ops.convert_to_numpy, (x, z, delta_output, delta_hidden)
    )
    dv = np.mean([np.outer(a, d) for a, d in zip(x, delta_hidden, strict=True)], axis=0)
    dw = np.mean([np.outer(a, d) for a, d in zip(z, delta_output, strict=True)], axis=0)
    parts = dv, delta_hidden.mean(axis=0), dw, delta_output.mean(0)
    return [learning_rate * part for part in parts]


# %% solution="update"
def update(weights, corrections):
    return tuple(
        ops.convert_to_numpy(a) + ops.convert_to_numpy(b)
        for a, b in zip(weights, corrections, strict=True)
    )


# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    number = int(np.ceil(len(x) / batch_size))
    for _epoch in range(epochs):
        order = np.argsort(rng.random(len(x)))
        x, targets = x[order], targets[order]
        for i in range(number):
            part = slice(i * batch_size, (i + 1) * batch_size)
            weights = step(weights, x[part], targets[part])
    return weights


# %% solution="solve_xor"
def solve_xor(seed):
    rng = np.random.default_rng(seed)
    x = ops.convert_to_numpy(xor_points)
    t = ops.convert_to_numpy(xor_targets)
    v, v0 = rng.normal(0, 0.5, (2, 16)), rng.normal(0, 0.5, 16)
    w, w0 = rng.normal(0, 0.5, (16, 1)), np.zeros(1)
    for _ in range(3000):
        z = 1 / (1 + np.exp(-(x @ v + v0)))
        y = 1 / (1 + np.exp(-(z @ w + w0)))
        delta_output = (t - y) * y * (1 - y)
        delta_hidden = delta_output @ w.T * z * (1 - z)
        w, w0 = w + z.T @ delta_output, w0 + delta_output.sum(axis=0)
        v, v0 = v + x.T @ delta_hidden, v0 + delta_hidden.sum(axis=0)
    return [v, v0, w, w0]
