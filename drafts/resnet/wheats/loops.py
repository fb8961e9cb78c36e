# NumPy and loops over numbers, backpropagation by hand.


# %% solution="stream"
def residual_stream(x, branches, order):
    result = [ops.convert_to_numpy(x)]
    for branch in branches:
        last = result[-1]
        if order == "pre":
            seen = np.where(last > 0, last, 0)
            result.append(last + branch_of(branch, seen))
            continue
        added = branch_of(branch, last)
        if order == "relu_first":
            result.append(last + np.where(added > 0, added, 0))
        if order == "sum_first":
            total = last + added
            result.append(np.where(total > 0, total, 0))
    return result


def branch_of(branch, x):
    return ops.convert_to_numpy(branch(tensor(x)))


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    stream = [ops.convert_to_numpy(x) for x in stream]
    rows, columns = stream[0].shape
    gradient = np.ones((rows, columns))
    if order != "sum_first":
        return gradient
    for i in range(rows):
        for j in range(columns):
            for x in stream[1:]:
                if x[i, j] <= 0:
                    gradient[i, j] = 0
    return gradient


# %% solution="plan"
def resnet_plan(depth, filters):
    if depth < 8 or depth % 6 != 2:
        raise ValueError("no such depth")
    blocks = []
    for width in (filters, 2 * filters, 4 * filters):
        for number in range((depth - 2) // 6):
            first = number == 0 and width != filters
            blocks.append([width, 2 if first else 1])
    return blocks


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    kernels = [(3, channels, filters)]
    before = filters
    n = (depth - 2) // 6
    for stage in range(3):
        width = filters * (1, 2, 4)[stage]
        for _ in range(n):
            kernels.append((3, before, width))
            kernels.append((3, width, width))
            if before != width:
                kernels.append((1, before, width))
            before = width
    learned = before * classes + classes
    running = 0
    for size, inputs, outputs in kernels:
        learned += size * size * inputs * outputs + 2 * outputs
        running += 2 * outputs
    return [learned, running]


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):
    x, targets = ops.convert_to_numpy(x), ops.convert_to_numpy(targets)
    weights = [ops.convert_to_numpy(w) for w in weights]
    inputs, steps = [], []
    h = x
    for w in weights:
        inputs.append(h)
        steps.append(np.tanh(h @ w))
        h = steps[-1] + (h if residual else 0)
    g = (h - targets) / len(x)
    norms = []
    for w, h, step in zip(weights[::-1], inputs[::-1], steps[::-1], strict=True):
        delta = g * (1 - step**2)
        norms.insert(0, np.linalg.norm(h.T @ delta))
        g = delta @ w.T + (g if residual else 0)
    return norms


def factor_per_layer(norms):
    norms = ops.convert_to_numpy(norms)
    logarithms = np.log(norms)
    return np.exp(-np.mean(np.diff(logarithms)))


# %% solution="path_lengths"
def path_lengths(slopes):
    slopes = [float(slope) for slope in ops.convert_to_numpy(slopes)]
    table = [1.0] + [0.0] * len(slopes)
    for slope in slopes:
        for k in range(len(slopes), 0, -1):
            table[k] += slope * table[k - 1]
    return table


# %% solution="learn_only_norms"
def learn_only_norms(model):
    for layer in all_layers(model):
        if not all_layers(layer):
            layer.trainable = type(layer).__name__ == "BatchNormalization"
    count = 0
    for weight in model.trainable_variables:
        size = 1
        for side in weight.shape:
            size *= int(side)
        count += size
    return count


def silent_share(model, threshold):
    silent = total = 0
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            for number in ops.convert_to_numpy(layer.gamma):
                total += 1
                silent += abs(float(number)) < threshold
    return silent / total


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    count = len(model.layers)
    for number in range(count):
        layer = model.layers[number]
        layer.trainable = number >= count - last
        for inner in [layer, *all_layers(layer)]:
            if isinstance(inner, keras.layers.BatchNormalization):
                inner.trainable = False


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    copies = adapted = 0
    for size, channels, filters in convolutions:
        kernel = 0
        for _ in range(size):
            kernel += size * channels * filters
        copies += kernel * domains
        adapted += kernel + filters * filters * domains
    return [copies, adapted]
