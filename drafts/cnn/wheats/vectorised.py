# Nothing but `keras.ops`: padding, slices and products of whole tensors.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = ops.pad(signal, [[padding, padding]])
    places = (signal.shape[0] - kernel.shape[0]) // stride + 1
    rows = ops.arange(places)[:, None] * stride + ops.arange(kernel.shape[0])[None]
    return ops.matmul(ops.take(signal, rows), kernel)


# %% solution="convolve"
def convolve(signal, kernel):
    more = kernel.shape[0] - 1
    padded = ops.pad(signal, [[more, more]])
    length = signal.shape[0] + more
    shifted = [padded[more - k : more - k + length] for k in range(kernel.shape[0])]
    return ops.sum(ops.stack(shifted) * ops.reshape(kernel, (-1, 1)), axis=0)


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    sides = [[0, 0], [padding, padding], [padding, padding], [0, 0]]
    images = ops.pad(images, sides)
    high = images.shape[1] - kernels.shape[0] + 1
    wide = images.shape[2] - kernels.shape[1] + 1
    total = 0
    for k in range(kernels.shape[0]):
        for m in range(kernels.shape[1]):
            window = images[:, k : k + high, m : m + wide]
            total = total + ops.einsum("bijc,cf->bijf", window, kernels[k, m])
    return total[:, ::stride, ::stride]


# %% solution="lecture_filter"
def lecture_filter(name):
    delta = ops.reshape(ops.one_hot(4, 9), (3, 3))
    line = tensor([1.0, 2.0, 1.0])
    ones = ops.ones((3, 3))
    cross = ops.reshape(tensor([0, 1, 0, 1, 0, 1, 0, 1, 0]), (3, 3))
    edge = tensor([1.0, 0.0, -1.0])
    return {
        "identity": delta,
        "box_blur": ones / 9.0,
        "gaussian_blur": ops.outer(line, line) / 16.0,
        "laplacian": cross - 4.0 * delta,
        "all_edges": 9.0 * delta - ones,
        "diagonal_edges": ops.outer(edge, edge),
        "sharpen": 5.0 * delta - cross,
        "shift_right": ops.roll(delta, -1, axis=1),
    }[name]


# %% solution="filter_gradient"
def windows(image, rows, columns):
    """All windows of an image, flattened: (places, rows * columns)."""
    high, wide = image.shape[0] - rows + 1, image.shape[1] - columns + 1
    parts = [
        ops.reshape(image[k : k + high, m : m + wide], (-1,))
        for k in range(rows)
        for m in range(columns)
    ]
    return ops.stack(parts, axis=1)


def filter_gradient(image, target, kernel):
    seen = windows(image, *kernel.shape)
    errors = ops.matmul(seen, ops.reshape(kernel, (-1,))) - ops.reshape(target, (-1,))
    slopes = 2 * ops.mean(errors[:, None] * seen, axis=0)
    return ops.reshape(slopes, kernel.shape)


# %% solution="learn_filter"
def learn_filter(image, target, size):
    seen = windows(image, size, size)
    products = ops.matmul(ops.transpose(seen), seen)
    aims = ops.matmul(ops.transpose(seen), ops.reshape(target, (-1, 1)))
    return ops.reshape(ops.solve(products, aims), (size, size))


# %% solution="pooling"
def stacked(images, size, stride):
    """The places of a window on a new first axis."""
    high, wide = images.shape[1] - size + 1, images.shape[2] - size + 1
    parts = [
        images[:, k : k + high, m : m + wide][:, ::stride, ::stride]
        for k in range(size)
        for m in range(size)
    ]
    return ops.stack(parts)


def max_pool(images, size, stride):
    return ops.max(stacked(images, size, stride), axis=0)


def average_pool(images, size, stride):
    return ops.mean(stacked(images, size, stride), axis=0)


# %% solution="adaptive_average_pool"
def bin_matrix(side, bins):
    """(bins, side): row i has equal weights that sum to 1 in bin i."""
    number = np.arange(bins)[:, None]
    pixel = np.arange(side)[None]
    inside = (pixel >= number * side // bins) & (pixel * bins < (number + 1) * side)
    return tensor(inside / inside.sum(axis=1, keepdims=True))


def adaptive_average_pool(images, bins):
    rows, columns = (bin_matrix(side, bins) for side in images.shape[1:3])
    return ops.einsum("ih,bhwc,jw->bijc", rows, images, columns)


# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return x
    uniform = keras.random.uniform(x.shape, seed=seed)
    return ops.where(uniform < rate, ops.zeros_like(x), x / (1.0 - rate))


# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    draws = ops.stack([predict(x, seed) for seed in seeds], axis=0)
    return ops.mean(draws, axis=0), ops.std(draws, axis=0)


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    axes = list(range(len(x.shape)))[:-1]
    mean, variance = ops.moments(x, axes=axes)
    y = (x - mean) * ops.rsqrt(variance + epsilon) * gamma + beta
    new_mean = running_mean + (1 - momentum) * (mean - running_mean)
    new_variance = running_variance + (1 - momentum) * (variance - running_variance)
    return y, new_mean, new_variance


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    scale = gamma * ops.rsqrt(running_variance + epsilon)
    return x * scale + (beta - running_mean * scale)


# %% solution="saliency"
def saliency(score, image, label):
    def of_class(x):
        scores = score(x)
        return ops.sum(scores * ops.one_hot(label, scores.shape[-1]))

    slopes = autodiff.grad(of_class)(ops.expand_dims(image, 0))
    return ops.amax(ops.abs(slopes), axis=-1)[0]


# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: ops.take(head(a), label, axis=1)[0])(
        features[None]
    )
    alpha = ops.mean(slopes, axis=(0, 1, 2))
    return ops.maximum(ops.matmul(features, alpha), 0)
