# Sliding windows, einsum and matrices in NumPy; sums of squares solved at once.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal, kernel = ops.convert_to_numpy(signal), ops.convert_to_numpy(kernel)
    padded = np.concatenate([np.zeros(padding), signal, np.zeros(padding)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(kernel))
    return np.einsum("nk,k->n", windows[::stride], kernel)


# %% solution="convolve"
def convolve(signal, kernel):
    signal, kernel = ops.convert_to_numpy(signal), ops.convert_to_numpy(kernel)
    toeplitz = np.zeros((len(signal) + len(kernel) - 1, len(signal)))
    for n in range(len(signal)):
        toeplitz[n : n + len(kernel), n] = kernel
    return toeplitz @ signal


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    images, kernels = ops.convert_to_numpy(images), ops.convert_to_numpy(kernels)
    batch, height, width, channels = images.shape
    around = np.zeros((batch, height + 2 * padding, width + 2 * padding, channels))
    around[:, padding : padding + height, padding : padding + width] = images
    windows = np.lib.stride_tricks.sliding_window_view(
        around, kernels.shape[:2], axis=(1, 2)
    )
    return np.einsum("bijckl,klcf->bijf", windows[:, ::stride, ::stride], kernels)


# %% solution="lecture_filter"
def lecture_filter(name):
    middle = np.zeros((3, 3))
    middle[1, 1] = 1
    blur = np.array([1, 2, 1]) / 4
    second = np.array([1, -2, 1])
    laplacian = np.outer(second, middle[1]) + np.outer(middle[1], second)
    made = dict(identity=middle, box_blur=np.full((3, 3), 1 / 9), laplacian=laplacian)
    made["gaussian_blur"] = blur[:, None] * blur
    made["all_edges"] = 9 * middle - 1
    made["diagonal_edges"] = np.outer([1, 0, -1], [1, 0, -1])
    made["sharpen"] = middle - laplacian
    made["shift_right"] = np.roll(middle, -1, axis=1)
    return made[name]


# %% solution="filter_gradient"
def design_matrix(image, shape):
    windows = np.lib.stride_tricks.sliding_window_view(
        ops.convert_to_numpy(image).astype("float64"), shape
    )
    return windows.reshape(-1, shape[0] * shape[1])


def filter_gradient(image, target, kernel):
    kernel, target = ops.convert_to_numpy(kernel), ops.convert_to_numpy(target)
    matrix = design_matrix(image, kernel.shape)
    residual = matrix @ kernel.ravel() - target.ravel()
    return (2 / len(residual) * matrix.T @ residual).reshape(kernel.shape)


# %% solution="learn_filter"
def learn_filter(image, target, size):
    matrix = design_matrix(image, (size, size))
    best, *_ = np.linalg.lstsq(matrix, ops.convert_to_numpy(target).ravel(), rcond=None)
    return best.reshape(size, size)


# %% solution="counting"
def count_parameters(layers, side, channels):
    shape = (side, side, channels)
    counts = []
    for layer in layers:
        match layer:
            case {"kind": "dense", "units": units}:
                counts.append((int(np.prod(shape)) + 1) * units)
                shape = (units,)
            case {"size": m, "stride": s, **rest}:
                side = (shape[0] + 2 * rest.get("padding", 0) - m) // s + 1
                filters = rest.get("filters")
                if filters is not None:
                    counts.append(filters + filters * shape[2] * m**2)
                shape = (side, side, filters or shape[2])
    return np.sum(counts, dtype=int)


def receptive_field(layers):
    strides = np.array([layer["stride"] for layer in layers], dtype=int)
    below = np.concatenate([[1], np.cumprod(strides)])[:-1] if len(layers) else strides
    sizes = np.array([layer["size"] for layer in layers], dtype=int)
    return 1 + np.sum((sizes - 1) * below)


# %% solution="pooling"
def pooled(images, size, stride, reduce):
    windows = np.lib.stride_tricks.sliding_window_view(
        ops.convert_to_numpy(images), (size, size), axis=(1, 2)
    )
    chosen = windows[:, ::stride, ::stride]
    return reduce(chosen.reshape(*chosen.shape[:4], -1), axis=-1)


def max_pool(images, size, stride):
    return pooled(images, size, stride, np.amax)


def average_pool(images, size, stride):
    return pooled(images, size, stride, np.mean)


# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    """By sums over all rectangles that begin in the top left corner."""
    images = ops.convert_to_numpy(images).astype("float64")
    sums = images.cumsum(axis=1).cumsum(axis=2)
    sums = np.pad(sums, ((0, 0), (1, 0), (1, 0), (0, 0)))

    def ends(side):
        number = np.arange(bins + 1)
        return (number * side // bins)[:-1], -(-number * side // bins)[1:]

    (top, bottom), (left, right) = (ends(side) for side in images.shape[1:3])

    def at(rows, columns):
        return sums[:, rows][:, :, columns]

    total = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)
    return total / np.outer(bottom - top, right - left)[None, :, :, None]


# %% solution="dropout"
def dropout(x, rate, training, seed):
    values = ops.convert_to_numpy(x)
    if training:
        kept = np.random.default_rng(seed).binomial(1, 1 - rate, values.shape)
        values = values * kept / (1 - rate)
    return values


# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = np.array([np.asarray(ops.convert_to_numpy(predict(x, s))) for s in seeds])
    mean = np.einsum("tbm->bm", draws) / len(draws)
    return mean, np.linalg.norm(draws - mean, axis=0) / np.sqrt(len(draws))


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    given = (x, gamma, beta, running_mean, running_variance)
    x, gamma, beta, old_mean, old_variance = map(ops.convert_to_numpy, given)
    flat = x.reshape(-1, x.shape[-1])
    mean = np.ones(len(flat)) @ flat / len(flat)
    variance = np.einsum("ic,ic->c", flat - mean, flat - mean) / len(flat)
    y = np.einsum("ic,c->ic", flat - mean, gamma / np.sqrt(variance + epsilon)) + beta
    mix = np.array([momentum, 1 - momentum])
    averages = (
        mix @ np.stack([old_mean, mean]),
        mix @ np.stack([old_variance, variance]),
    )
    return (y.reshape(x.shape), *averages)


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    given = (x, gamma, beta, running_mean, running_variance)
    x, gamma, beta, mean, variance = map(ops.convert_to_numpy, given)
    return (
        np.einsum("...c,c->...c", x - mean, gamma / np.sqrt(variance + epsilon)) + beta
    )
