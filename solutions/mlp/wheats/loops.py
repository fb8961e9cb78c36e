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
