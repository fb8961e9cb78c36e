# Double precision inside, and what comes out stays so.


# %% solution="stream"
def double(x):
    return np.asarray(ops.convert_to_numpy(x), dtype="float64")


def residual_stream(x, branches, order):
    stream = [double(x)]
    for branch in branches:
        last = stream[-1]
        seen = np.maximum(last, 0.0) if order == "pre" else last
        added = double(branch(tensor(seen)))
        if order == "relu_first":
            added = np.maximum(added, 0.0)
        total = last + added
        stream.append(np.maximum(total, 0.0) if order == "sum_first" else total)
    return stream


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    stream = np.stack([np.asarray(ops.convert_to_numpy(x), "float64") for x in stream])
    if order == "sum_first":
        return np.heaviside(stream[1:], 0.0).prod(axis=0)
    return np.ones(stream.shape[1:])


# %% solution="plan"
def resnet_plan(depth, filters):
    n = (depth - 2) / 6
    if n != np.floor(n) or n <= 0:
        raise ValueError("depth must be 6 n + 2")
    stages = np.repeat([0, 1, 2], int(n))
    strides = np.r_[1, 1 + np.diff(stages)]
    return np.stack([filters * 2**stages, strides], axis=1)


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):
    x, targets, *weights = (
        np.asarray(ops.convert_to_numpy(part), "float64")
        for part in (x, targets, *weights)
    )
    states = [x]
    for w in weights:
        step = np.tanh(states[-1] @ w)
        states.append(states[-1] + step if residual else step)
    g = (states[-1] - targets) / x.shape[0]
    norms = np.zeros(len(weights))
    for place in reversed(range(len(weights))):
        w, h = weights[place], states[place]
        delta = g / np.cosh(h @ w) ** 2
        norms[place] = np.sqrt(
            np.einsum("bi,bj->ij", h, delta).ravel() @ (h.T @ delta).ravel()
        )
        back = delta @ w.T
        g = g + back if residual else back
    return norms


def factor_per_layer(norms):
    norms = np.asarray(ops.convert_to_numpy(norms), "float64")
    return np.exp((np.log(norms[0]) - np.log(norms[-1])) / (len(norms) - 1))


# %% solution="path_lengths"
def path_lengths(slopes):
    slopes = np.asarray(ops.convert_to_numpy(slopes), "float64")
    total = np.eye(1, len(slopes) + 1)[0]
    for slope in slopes:
        total = total + slope * np.roll(total, 1)
    return total


# %% solution="learn_only_norms"
def learn_only_norms(model):
    kept = []
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            kept += [layer.gamma, layer.beta]
    for weight in model.trainable_weights:
        weight.trainable = any(weight is other for other in kept)
    return np.float64(sum(np.prod(weight.shape) for weight in kept))


def silent_share(model, threshold):
    scales = [
        np.asarray(ops.convert_to_numpy(layer.gamma), "float64")
        for layer in model._flatten_layers()
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    scales = np.concatenate(scales)
    return np.count_nonzero(scales**2 < threshold**2) / scales.size


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    labels = ops.convert_to_numpy(labels)
    x = ops.convert_to_numpy(x).astype("float64")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(rate), loss=loss)
    losses = np.zeros(steps)
    for step in range(steps):
        history = model.fit(x, labels, batch_size=len(x), verbose=0, shuffle=False)
        losses[step] = history.history["loss"][0]
    return losses
