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


# %% solution="elu"
def elu(x, alpha):
    x = ops.convert_to_numpy(x).astype("float64")
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x, alpha):
    x = ops.convert_to_numpy(x).astype("float64")
    return np.where(x > 0, 1, elu(x, alpha) + alpha)


# %% solution="softplus"
def softplus(x):
    return np.logaddexp(0, ops.convert_to_numpy(x).astype("float64"))


def softplus_derivative(x):
    x = ops.convert_to_numpy(x).astype("float64")
    return np.exp(-np.logaddexp(0, -x))


# %% solution="saturating"
def tanh_derivative(x):
    x = ops.convert_to_numpy(x)
    return 1 - np.tanh(x) ** 2


def arctan_derivative(x):
    return 1 / (1 + ops.convert_to_numpy(x) ** 2)


# %% solution="jacobian"
def softmax_jacobian(logits):
    e = np.exp(ops.convert_to_numpy(logits).astype("float64"))
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


# %% solution="distances"
def difference(targets, outputs):
    return ops.convert_to_numpy(outputs) - ops.convert_to_numpy(targets)


def sum_of_squared_errors(targets, outputs):
    return np.sum(difference(targets, outputs) ** 2, axis=1)


def l1(targets, outputs):
    return np.linalg.norm(difference(targets, outputs), ord=1, axis=1)


def l2(targets, outputs):
    return np.linalg.norm(difference(targets, outputs), axis=1) ** 2


# %% solution="expectations"
def probabilities_of(outputs):
    e = np.exp(ops.convert_to_numpy(outputs).astype("float64"))
    return e / e.sum(axis=1, keepdims=True)


def expectation(targets, outputs):
    return np.abs(ops.convert_to_numpy(targets) - probabilities_of(outputs)).sum(1)


def regularised_expectation(targets, outputs):
    distance = ops.convert_to_numpy(targets) - probabilities_of(outputs)
    return (distance**2).sum(axis=1)


def chebyshev(targets, outputs):
    return np.abs(ops.convert_to_numpy(targets) - probabilities_of(outputs)).max(1)


# %% solution="hinges"
def hinge(targets, outputs, power=1):
    y, o = ops.convert_to_numpy(targets), ops.convert_to_numpy(outputs)
    return (np.clip(1 - y * o, 0, None) ** power).sum(axis=1)


def squared_hinge(targets, outputs):
    return hinge(targets, outputs, 2)


def cubed_hinge(targets, outputs):
    return hinge(targets, outputs, 3)


# %% solution="logarithms"
def log_probabilities(outputs):
    o = ops.convert_to_numpy(outputs).astype("float64")
    return o - np.logaddexp.reduce(o, axis=1, keepdims=True)


def log_loss(targets, outputs):
    return -(ops.convert_to_numpy(targets) * log_probabilities(outputs)).sum(axis=1)


def squared_log(targets, outputs):
    return (ops.convert_to_numpy(targets) * log_probabilities(outputs) ** 2).sum(axis=1)


# %% solution="similarities"
def tanimoto(targets, outputs):
    y, p = ops.convert_to_numpy(targets), np.exp(log_probabilities(outputs))
    common = (p * y).sum(axis=1)
    return -common / ((p * p).sum(axis=1) + (y * y).sum(axis=1) - common)


def cauchy_schwarz(targets, outputs):
    y, p = ops.convert_to_numpy(targets), np.exp(log_probabilities(outputs))
    norms_of = [np.linalg.norm(part, axis=1) for part in (p, y)]
    return -np.log((p * y).sum(axis=1) / (norms_of[0] * norms_of[1]))


# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    layers = [[ops.convert_to_numpy(part) for part in layer] for layer in layers]
    signals = [ops.convert_to_numpy(x)]
    for matrix, bias in layers:
        signals.append(1 / (1 + np.exp(-np.clip(signals[-1] @ matrix + bias, -80, 80))))
    back = signals[-1] - ops.convert_to_numpy(targets)
    found = []
    for number in reversed(range(len(layers))):
        back = back * signals[number + 1] * (1 - signals[number + 1])
        found.insert(0, np.linalg.norm(signals[number].T @ back) / len(back))
        back = back @ layers[number][0].T
    return np.array(found)


# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    history, best = [], None
    for _ in range(most_epochs):
        weights = epoch(weights)
        history.append(validation_loss(weights))
        if len(history) == 1 or history[-1] < min(history[:-1]):
            best = [np.array(part) for part in weights]
        if len(history) - np.argmin(history) > patience:
            break
    return best, len(history)


# %% solution="one_cycle"
def one_cycle(step, steps, peak):
    ramp = lambda a, b, t: b + (a - b) * (1 + np.cos(np.pi * t)) / 2  # noqa: E731
    s = np.arange(steps)
    top, last = 0.3 * (steps - 1), steps - 1
    rise = ramp(peak / 25, peak, s / top)
    fall = ramp(peak, peak / 25 / 1e4, (s - top) / (last - top))
    return np.where(s <= top, rise, fall)[step]


# %% solution="any_function"
def any_function(g, hidden):
    """Least squares: fixed soft steps, heights that fit g best."""
    x = np.linspace(0, 1, 20 * hidden)
    k = 4.0 * hidden
    v0 = -k * (np.arange(hidden) + 0.5) / hidden
    z = 1 / (1 + np.exp(-(k * x[:, None] + v0)))
    design = np.column_stack([z, np.ones_like(x)])
    w = np.linalg.lstsq(design, np.asarray(g(x)), rcond=None)[0]
    return np.full((1, hidden), k), v0, w[:-1, None], w[-1:]


# %% solution="count_parameters"
def count_parameters(inputs, hidden):
    shapes = (inputs, hidden), (hidden,), (hidden, 1), (1,)
    return sum(np.prod(shape) for shape in shapes)
