# Plain Python loops over numbers; nothing is done for a whole array at once.

# %% solution="sigmoid"
import math


def for_each(function, x):
    x = ops.convert_to_numpy(x)
    return np.array([function(float(s)) for s in x.ravel()]).reshape(x.shape)


def logistic(s):
    if s >= 0:
        return 1 / (1 + math.exp(-s))
    return math.exp(s) / (1 + math.exp(s))


def sigmoid(x):
    return for_each(logistic, x)


def sigmoid_derivative(x):
    return for_each(lambda s: logistic(s) * (1 - logistic(s)), x)


# %% solution="relu"
def relu(x):
    return for_each(lambda s: max(s, 0), x)


def relu_derivative(x):
    return for_each(lambda s: 1 if s > 0 else 0, x)


# %% solution="leaky_relu"
def leaky_relu(x, slope):
    return for_each(lambda s: s if s > 0 else slope * s, x)


def leaky_relu_derivative(x, slope):
    return for_each(lambda s: 1 if s >= 0 else slope, x)


# %% solution="softmax"
def softmax_of_row(row):
    largest = max(row)
    exponentials = [math.exp(o - largest) for o in row]
    return [e / sum(exponentials) for e in exponentials]


def softmax(logits):
    logits = ops.convert_to_numpy(logits)
    rows = logits.reshape(-1, logits.shape[-1]).tolist()
    return np.array([softmax_of_row(row) for row in rows]).reshape(logits.shape)


# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    logits, labels = ops.convert_to_numpy(logits), ops.convert_to_numpy(labels)
    total = 0.0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        largest = max(row)
        log_sum = largest + math.log(sum(math.exp(o - largest) for o in row))
        total += log_sum - row[label]
    return total / len(labels)


# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = (ops.convert_to_numpy(part).tolist() for part in weights)
    z_in, z, y_in, y = [], [], [], []
    for example in ops.convert_to_numpy(x).tolist():
        z_in.append(
            [
                bias + sum(s * row[j] for s, row in zip(example, v, strict=True))
                for j, bias in enumerate(v0)
            ]
        )
        z.append([float(activation(s)) for s in z_in[-1]])
        y_in.append(
            [
                bias + sum(s * row[k] for s, row in zip(z[-1], w, strict=True))
                for k, bias in enumerate(w0)
            ]
        )
        y.append([float(activation(s)) for s in y_in[-1]])
    return [np.array(signal) for signal in (z_in, z, y_in, y)]


# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    w = ops.convert_to_numpy(weights[2])
    targets = ops.convert_to_numpy(targets)
    z_in, z, y_in, y = (ops.convert_to_numpy(signal) for signal in signals)
    delta_output, delta_hidden = np.zeros(y.shape), np.zeros(z.shape)
    for b in range(len(targets)):
        for k in range(w.shape[1]):
            slope = float(derivative(float(y_in[b, k])))
            delta_output[b, k] = (targets[b, k] - y[b, k]) * slope
        for j in range(w.shape[0]):
            total = 0.0
            for k in range(w.shape[1]):
                total += delta_output[b, k] * w[j, k]
            delta_hidden[b, j] = total * float(derivative(float(z_in[b, j])))
    return delta_output, delta_hidden


# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    def pair(signals, deltas):
        signals, deltas = ops.convert_to_numpy(signals), ops.convert_to_numpy(deltas)
        weight = np.zeros((signals.shape[1], deltas.shape[1]))
        bias = np.zeros(deltas.shape[1])
        for signal, delta in zip(signals, deltas, strict=True):
            for k in range(len(delta)):
                bias[k] += learning_rate * delta[k] / len(signals)
                for j in range(len(signal)):
                    step = learning_rate * delta[k] * signal[j]
                    weight[j, k] += step / len(signals)
        return [weight, bias]

    return pair(x, delta_hidden) + pair(z, delta_output)


# %% solution="update"
def update(weights, corrections):
    new = []
    for i in range(len(weights)):
        new.append(weights[i] + corrections[i])
    return new


# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    order = list(range(len(x)))
    for _ in range(epochs):
        rng.shuffle(order)
        batch = []
        for position, example in enumerate(order):
            batch.append(example)
            if len(batch) == batch_size or position == len(order) - 1:
                x_batch = np.array([x[i] for i in batch])
                weights = step(weights, x_batch, np.array([targets[i] for i in batch]))
                batch = []
    return weights


# %% solution="solve_xor"
def solve_xor(seed):
    random = np.random.default_rng(seed)
    points = [(-1, -1, 0), (-1, 1, 1), (1, -1, 1), (1, 1, 0)]
    p, rate = 6, 1.0
    v = random.uniform(-1, 1, (2, p)).tolist()
    v0 = random.uniform(-1, 1, p).tolist()
    w = random.uniform(-1, 1, p).tolist()
    w0 = float(random.uniform(-1, 1))
    for _ in range(1500):
        for x1, x2, target in points:  # one example at a time, as in the lecture
            z = [logistic(v0[j] + x1 * v[0][j] + x2 * v[1][j]) for j in range(p)]
            y = logistic(w0 + sum(z[j] * w[j] for j in range(p)))
            delta = (target - y) * y * (1 - y)
            for j in range(p):
                hidden = delta * w[j] * z[j] * (1 - z[j])
                w[j] += rate * delta * z[j]
                v[0][j] += rate * hidden * x1
                v[1][j] += rate * hidden * x2
                v0[j] += rate * hidden
            w0 += rate * delta
    return np.array(v), np.array(v0), np.array(w)[:, None], np.array([w0])


# %% solution="elu"
def elu(x, alpha):
    return for_each(lambda s: s if s > 0 else alpha * (math.exp(s) - 1), x)


def elu_derivative(x, alpha):
    return for_each(lambda s: 1 if s > 0 else alpha * math.exp(s), x)


# %% solution="softplus"
def softplus(x):
    return for_each(lambda s: max(s, 0) + math.log1p(math.exp(-abs(s))), x)


def softplus_derivative(x):
    return for_each(logistic, x)


# %% solution="saturating"
def tanh_derivative(x):
    return for_each(lambda s: 1 - math.tanh(s) ** 2, x)


def arctan_derivative(x):
    return for_each(lambda s: 1 / (1 + s * s), x)


# %% solution="jacobian"
def softmax_jacobian(logits):
    p = softmax_of_row(ops.convert_to_numpy(logits).tolist())
    table = []
    for i in range(len(p)):
        row = []
        for k in range(len(p)):
            row.append(p[i] * (1 - p[i]) if i == k else -p[i] * p[k])
        table.append(row)
    return table


# %% solution="distances"
def for_rows(function, targets, outputs):
    rows = zip(
        ops.convert_to_numpy(targets).tolist(),
        ops.convert_to_numpy(outputs).tolist(),
        strict=True,
    )
    return [function(list(zip(y, o, strict=True))) for y, o in rows]


def sum_of_squared_errors(targets, outputs):
    return for_rows(lambda pairs: sum((o - y) ** 2 for y, o in pairs), targets, outputs)


def l1(targets, outputs):
    return for_rows(lambda pairs: sum(abs(o - y) for y, o in pairs), targets, outputs)


def l2(targets, outputs):
    return sum_of_squared_errors(targets, outputs)


# %% solution="expectations"
def rows_of_p(outputs):
    rows = ops.convert_to_numpy(outputs).tolist()
    return np.array([softmax_of_row(row) for row in rows])


def expectation(targets, outputs):
    return l1(targets, rows_of_p(outputs))


def regularised_expectation(targets, outputs):
    return l2(targets, rows_of_p(outputs))


def chebyshev(targets, outputs):
    largest = lambda pairs: max(abs(p - y) for y, p in pairs)  # noqa: E731
    return for_rows(largest, targets, rows_of_p(outputs))


# %% solution="hinges"
def powered(power):
    def of_row(pairs):
        total = 0.0
        for y, o in pairs:
            if y * o < 1:
                total += (1 - y * o) ** power
        return total

    return lambda targets, outputs: for_rows(of_row, targets, outputs)


hinge, squared_hinge, cubed_hinge = powered(1), powered(2), powered(3)


# %% solution="logarithms"
def surprise(pairs):
    largest = max(o for _, o in pairs)
    log_sum = largest + math.log(sum(math.exp(o - largest) for _, o in pairs))
    return sum(y * (log_sum - o) for y, o in pairs)


def log_loss(targets, outputs):
    return for_rows(surprise, targets, outputs)


def squared_log(targets, outputs):
    return for_rows(lambda pairs: surprise(pairs) ** 2, targets, outputs)


# %% solution="similarities"
def tanimoto(targets, outputs):
    def of_row(pairs):
        both = sum(y * p for y, p in pairs)
        return -both / (sum(y * y + p * p for y, p in pairs) - both)

    return for_rows(of_row, targets, rows_of_p(outputs))


def cauchy_schwarz(targets, outputs):
    def of_row(pairs):
        both = sum(y * p for y, p in pairs)
        lengths = math.hypot(*(y for y, _ in pairs)) * math.hypot(
            *(p for _, p in pairs)
        )
        return math.log(lengths) - math.log(both)

    return for_rows(of_row, targets, rows_of_p(outputs))


# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    """Example by example, and added up."""
    layers = [[ops.convert_to_numpy(part) for part in layer] for layer in layers]
    x, targets = ops.convert_to_numpy(x), ops.convert_to_numpy(targets)
    totals = [np.zeros(matrix.shape) for matrix, _ in layers]
    for example, target in zip(x, targets, strict=True):
        signals = [example]
        for matrix, bias in layers:
            sums = signals[-1] @ matrix + bias
            signals.append(np.array([logistic(float(s)) for s in sums]))
        back = signals[-1] - target
        for number in range(len(layers) - 1, -1, -1):
            back = back * signals[number + 1] * (1 - signals[number + 1])
            totals[number] += np.outer(signals[number], back)
            back = layers[number][0] @ back
    squares = [sum(float(g) ** 2 for g in total.ravel()) for total in totals]
    return [math.sqrt(square) / len(x) for square in squares]


# %% solution="early_stopping"
def early_stopping(epoch, validation_loss, weights, patience, most_epochs):
    number, without = 1, 0
    weights = epoch(weights)
    smallest, best = validation_loss(weights), [part.copy() for part in weights]
    while number < most_epochs:
        if without == patience:
            break
        weights = epoch(weights)
        number += 1
        loss = validation_loss(weights)
        if loss >= smallest:
            without += 1
            continue
        without, smallest = 0, loss
        best = [part.copy() for part in weights]
    return best, number


# %% solution="one_cycle"
def one_cycle(step, steps, peak):
    last = steps - 1
    if 10 * step <= 3 * last:
        first, then, part = peak / 25, peak, 10 * step / (3 * last)
    else:
        first, then = peak, peak / 25 / 10_000
        part = (10 * step - 3 * last) / (7 * last)
    return then + (first - then) * 0.5 * (1 + math.cos(math.pi * part))


# %% solution="any_function"
def any_function(g, hidden):
    v, v0, w = [], [], []
    steepness = 30.0 * hidden
    before = height = float(g(0.5 / (hidden + 1)))
    for j in range(1, hidden + 1):
        after = float(g((j + 0.5) / (hidden + 1)))
        v.append(steepness)
        v0.append(-steepness * j / (hidden + 1))
        w.append([after - before])
        before = after
    return [v], v0, w, [height]


# %% solution="count_parameters"
def count_parameters(inputs, hidden):
    total = 1
    for _ in range(hidden):
        total += inputs + 1 + 1
    return total
