# Short answers in keras.ops, each derivation pushed into as few operations as possible.

# %% solution="sigmoid"
def sigmoid(x):
    return 0.5 * (1.0 + ops.tanh(0.5 * x))


def sigmoid_derivative(x):
    return 0.25 * (1.0 - ops.square(ops.tanh(0.5 * x)))


# %% solution="relu"
def relu(x):
    return 0.5 * (x + ops.abs(x))


def relu_derivative(x):
    return ops.cast(x > 0, "float32")


# %% solution="leaky_relu"
def leaky_relu(x, slope):
    return ops.maximum(slope * x, x)


def leaky_relu_derivative(x, slope):
    return slope + (1.0 - slope) * ops.cast(x >= 0, "float32")


# %% solution="softmax"
def softmax(logits):
    return ops.exp(logits - ops.logsumexp(logits, axis=-1, keepdims=True))


# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    labels = ops.expand_dims(ops.cast(labels, "int32"), -1)
    chosen = ops.take_along_axis(logits, labels, axis=-1)[..., 0]
    return ops.mean(ops.logsumexp(logits, axis=-1) - chosen)


# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z = activation(z_in := ops.einsum("bi,ij->bj", x, v) + v0)
    y = activation(y_in := ops.einsum("bj,jk->bk", z, w) + w0)
    return z_in, z, y_in, y


# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    z_in, _, y_in, y = signals
    output = derivative(y_in) * (targets - y)
    return output, derivative(z_in) * ops.einsum("bk,jk->bj", output, weights[2])


# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    def pair(signal, delta):
        mean = ops.mean(signal[:, :, None] * delta[:, None, :], axis=0)
        return learning_rate * mean, learning_rate * ops.mean(delta, axis=0)

    return *pair(x, delta_hidden), *pair(z, delta_output)


# %% solution="update"
def update(weights, corrections):
    return list(map(ops.add, weights, corrections))


# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    cuts = np.arange(batch_size, len(x), batch_size)
    for _ in range(epochs):
        for rows in np.split(rng.permutation(len(x)), cuts):
            weights = step(weights, x[rows], targets[rows])
    return weights
