# Plain Python loops over numbers, and lists as results.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    g = [0.0] * padding + ops.convert_to_numpy(signal).tolist() + [0.0] * padding
    f = ops.convert_to_numpy(kernel).tolist()
    y = []
    n = 0
    while n + len(f) <= len(g):
        total = 0.0
        for k in range(len(f)):
            total += f[k] * g[n + k]
        y.append(total)
        n += stride
    return y


# %% solution="convolve"
def convolve(signal, kernel):
    g = ops.convert_to_numpy(signal).tolist()
    f = ops.convert_to_numpy(kernel).tolist()
    y = []
    for n in range(len(g) + len(f) - 1):
        total = 0.0
        for k in range(len(f)):
            if 0 <= n - k < len(g):
                total += f[k] * g[n - k]
        y.append(total)
    return y


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    x, w = ops.convert_to_numpy(images), ops.convert_to_numpy(kernels)
    batch, height, width, channels = x.shape
    rows, columns, _, filters = w.shape
    high = (height + 2 * padding - rows) // stride + 1
    wide = (width + 2 * padding - columns) // stride + 1
    y = np.zeros((batch, high, wide, filters))
    for b, i, j, f in np.ndindex(*y.shape):
        for k in range(rows):
            for m in range(columns):
                row, column = stride * i + k - padding, stride * j + m - padding
                if 0 <= row < height and 0 <= column < width:
                    for c in range(channels):
                        y[b, i, j, f] += x[b, row, column, c] * w[k, m, c, f]
    return y


# %% solution="lecture_filter"
def lecture_filter(name):
    if name == "identity":
        return [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    if name == "box_blur":
        return [[1 / 9] * 3] * 3
    if name == "gaussian_blur":
        return [[1 / 16, 1 / 8, 1 / 16], [1 / 8, 1 / 4, 1 / 8], [1 / 16, 1 / 8, 1 / 16]]
    if name == "laplacian":
        return [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    if name == "all_edges":
        return [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
    if name == "diagonal_edges":
        return [[1, 0, -1], [0, 0, 0], [-1, 0, 1]]
    if name == "sharpen":
        return [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    return [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = (
        ops.convert_to_numpy(a).astype(float) for a in (image, target, kernel)
    )
    gradient = np.zeros(kernel.shape)
    for i, j in np.ndindex(*target.shape):
        answer = 0.0
        for k, m in np.ndindex(*kernel.shape):
            answer += image[i + k, j + m] * kernel[k, m]
        for k, m in np.ndindex(*kernel.shape):
            error = answer - target[i, j]
            gradient[k, m] += 2 * error * image[i + k, j + m] / target.size
    return gradient.tolist()


# %% solution="learn_filter"
def learn_filter(image, target, size):
    """One number of the filter at a time, each to its best value, round and round."""
    image, target = ops.convert_to_numpy(image), ops.convert_to_numpy(target)
    rows, columns = target.shape
    kernel = np.zeros((size, size))
    left = target.copy()
    for _ in range(300):
        for k in range(size):
            for m in range(size):
                seen = image[k : k + rows, m : m + columns]
                step = np.sum(left * seen) / np.sum(seen * seen)
                kernel[k, m] += step
                left = left - step * seen
    return kernel.tolist()


# %% solution="counting"
def count_parameters(layers, side, channels):
    learned = 0
    flat = None
    for layer in layers:
        if layer["kind"] == "convolution":
            for _ in range(layer["filters"]):
                learned += layer["size"] * layer["size"] * channels
                learned += 1
            channels = layer["filters"]
            side = (side + 2 * layer["padding"] - layer["size"]) // layer["stride"] + 1
        elif layer["kind"] == "pooling":
            side = (side - layer["size"]) // layer["stride"] + 1
        else:
            if flat is None:
                flat = side * side * channels
            learned += flat * layer["units"] + layer["units"]
            flat = layer["units"]
    return learned


def receptive_field(layers):
    first, last = 0, 0  # the pixels that unit 0 of the layer sees
    for layer in layers[::-1]:
        first = first * layer["stride"]
        last = last * layer["stride"] + layer["size"] - 1
    return last - first + 1


# %% solution="pooling"
def pool(images, size, stride, of_window):
    x = ops.convert_to_numpy(images)
    batch, height, width, channels = x.shape
    high, wide = (height - size) // stride + 1, (width - size) // stride + 1
    y = np.zeros((batch, high, wide, channels))
    for b, i, j, c in np.ndindex(*y.shape):
        numbers = []
        for k in range(size):
            for m in range(size):
                numbers.append(float(x[b, i * stride + k, j * stride + m, c]))
        y[b, i, j, c] = of_window(numbers)
    return y


def max_pool(images, size, stride):
    return pool(images, size, stride, max)


def average_pool(images, size, stride):
    return pool(images, size, stride, lambda numbers: sum(numbers) / len(numbers))


# %% solution="adaptive_average_pool"
import math


def adaptive_average_pool(images, bins):
    x = ops.convert_to_numpy(images)
    batch, height, width, channels = x.shape
    y = np.zeros((batch, bins, bins, channels))
    for b, i, j, c in np.ndindex(*y.shape):
        rows = range(math.floor(i * height / bins), math.ceil((i + 1) * height / bins))
        columns = range(math.floor(j * width / bins), math.ceil((j + 1) * width / bins))
        numbers = [x[b, row, column, c] for row in rows for column in columns]
        y[b, i, j, c] = sum(numbers) / len(numbers)
    return y


# %% solution="dropout"
import random


def dropout(x, rate, training, seed):
    if not training:
        return x
    coin = random.Random(seed)
    values = ops.convert_to_numpy(x).copy()
    for place in np.ndindex(*values.shape):
        dropped = coin.random() < rate
        values[place] = 0.0 if dropped else values[place] / (1 - rate)
    return values


# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    total, squares = 0.0, 0.0
    for seed in seeds:
        answer = np.asarray(ops.convert_to_numpy(predict(x, seed)), dtype="float64")
        total = total + answer
        squares = squares + answer * answer
    mean = total / len(seeds)
    return mean, np.sqrt(np.maximum(squares / len(seeds) - mean * mean, 0))


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    x, gamma, beta, running_mean, running_variance = (
        ops.convert_to_numpy(a).astype(float)
        for a in (x, gamma, beta, running_mean, running_variance)
    )
    y, new_mean, new_variance = np.zeros(x.shape), [], []
    for c in range(x.shape[-1]):
        numbers = x[..., c].ravel().tolist()
        mean = sum(numbers) / len(numbers)
        variance = sum((number - mean) ** 2 for number in numbers) / len(numbers)
        y[..., c] = (
            gamma[c] * (x[..., c] - mean) / (variance + epsilon) ** 0.5 + beta[c]
        )
        new_mean.append(momentum * running_mean[c] + (1 - momentum) * mean)
        new_variance.append(momentum * running_variance[c] + (1 - momentum) * variance)
    return [y, new_mean, new_variance]


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    y = ops.convert_to_numpy(x).astype(float)
    for c in range(y.shape[-1]):
        spread = (float(running_variance[c]) + epsilon) ** 0.5
        y[..., c] = (y[..., c] - float(running_mean[c])) / spread
        y[..., c] = y[..., c] * float(gamma[c]) + float(beta[c])
    return y


# %% solution="saliency"
def saliency(score, image, label):
    slopes = ops.convert_to_numpy(
        autodiff.grad(lambda x: score(ops.expand_dims(x, 0))[0][label])(image)
    )
    return [[max(abs(s) for s in pixel) for pixel in row] for row in slopes.tolist()]


# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(ops.expand_dims(a, 0))[0][label])(features)
    slopes, maps = ops.convert_to_numpy(slopes), ops.convert_to_numpy(features)
    answer = np.zeros(maps.shape[:2])
    for k in range(maps.shape[2]):
        answer += slopes[:, :, k].mean() * maps[:, :, k]
    answer[answer < 0] = 0
    return answer
