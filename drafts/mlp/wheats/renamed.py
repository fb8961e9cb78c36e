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


# %% solution="elu"
def elu(values, a):
    values = ops.convert_to_numpy(values)
    below = values < 0
    return (values * ~below + a * np.expm1(values * below)).tolist()


def elu_derivative(values, a):
    values = ops.convert_to_numpy(values).astype("float64")
    return np.where(values < 0, a * np.exp(np.minimum(values, 0)), 1).tolist()


# %% solution="softplus"
def softplus(values):
    values = ops.convert_to_numpy(values).astype("float64")
    small = np.log1p(np.exp(np.minimum(values, 30)))
    return np.where(values > 30, values, small).tolist()


def softplus_derivative(values):
    return (0.5 + 0.5 * np.tanh(ops.convert_to_numpy(values) / 2.0)).tolist()


# %% solution="saturating"
def tanh_derivative(s):
    return (1 / np.cosh(ops.convert_to_numpy(s)) ** 2).tolist()


def arctan_derivative(s):
    return (np.cos(np.arctan(ops.convert_to_numpy(s))) ** 2).tolist()


# %% solution="jacobian"
def softmax_jacobian(o):
    p = np.exp(ops.convert_to_numpy(o))
    p = (p / p.sum())[:, None]
    return (p * np.eye(len(p)) - p @ p.T).tolist()


# %% solution="distances"
def sum_of_squared_errors(y, o):
    return [
        float(np.dot(d, d)) for d in ops.convert_to_numpy(y) - ops.convert_to_numpy(o)
    ]


def l1(y, o):
    return [float(np.abs(d).sum()) for d in ops.convert_to_numpy(y - o)]


def l2(y, o):
    return [float(d @ d) for d in ops.convert_to_numpy(y - o)]


# %% solution="hinges"
def hinge(y, o):
    m = ops.convert_to_numpy(y * o)
    return (m < 1).sum(axis=1) - (m * (m < 1)).sum(axis=1)


def squared_hinge(y, o):
    m = np.minimum(ops.convert_to_numpy(y * o), 1)
    return (m.shape[1] - 2 * m.sum(axis=1) + (m * m).sum(axis=1)).tolist()


def cubed_hinge(y, o):
    m = np.minimum(ops.convert_to_numpy(y * o), 1)
    return [sum((1 - one) ** 3 for one in row) for row in m.tolist()]


# %% solution="gradient_norms"
def gradient_norms(parts, inputs, wanted_outputs):
    """By finite differences in float64, weight by weight."""
    parts = [
        [np.array(ops.convert_to_numpy(p), "float64") for p in pair] for pair in parts
    ]
    z0, t = ops.convert_to_numpy(inputs), ops.convert_to_numpy(wanted_outputs)

    def e():
        z = z0
        for m, b in parts:
            z = 0.5 + 0.5 * np.tanh((z @ m + b) / 2)
        return ((t - z) ** 2).sum() / 2 / len(t)

    result = []
    for m, _ in parts:
        square = 0.0
        for place in np.ndindex(m.shape):
            m[place] += 1e-5
            above = e()
            m[place] -= 2e-5
            square += ((above - e()) / 2e-5) ** 2
            m[place] += 1e-5
        result.append(square**0.5)
    return result


# %% solution="early_stopping"
def early_stopping(one_epoch, judge, state, p, limit):
    record = (np.inf, None, 0)
    for i in range(1, limit + 1):
        state = one_epoch(state)
        value = judge(state)
        if value < record[0]:
            record = (value, [np.copy(a) for a in state], i)
        if i - record[2] >= p:
            return record[1], i
    return record[1], limit


# %% solution="one_cycle"
def one_cycle(s, n, r):
    top = 0.3 * (n - 1)
    if s < top:
        return r / 25 + (r - r / 25) * np.sin(np.pi * s / top / 2) ** 2
    end = r / 25 / 10**4
    return end + (r - end) * np.cos(np.pi * (s - top) / (n - 1 - top) / 2) ** 2


# %% solution="any_function"
def any_function(f, p):
    """Steps behind each other, some of them of height 0 where f is flat."""
    c = (np.arange(p) + 1) / (p + 1)
    f = [float(f(x)) for x in np.append(0, c) + 0.5 / (p + 1)]
    rises = [[b - a] for a, b in zip(f, f[1:])]  # noqa: B905
    return [[400.0 * p] * p], (-400.0 * p * c).tolist(), rises, [f[0]]


# %% solution="count_parameters"
def count_parameters(d, p):
    return float(p * d + p + p + 1)
