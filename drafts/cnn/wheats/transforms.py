# Fourier transforms, polynomials and other long ways round.

# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    signal = np.pad(ops.convert_to_numpy(signal).astype("float64"), padding)
    kernel = ops.convert_to_numpy(kernel).astype("float64")
    spectrum = np.fft.fft(signal) * np.conj(np.fft.fft(kernel, len(signal)))
    return np.fft.ifft(spectrum).real[: len(signal) - len(kernel) + 1 : stride]


# %% solution="convolve"
def convolve(signal, kernel):
    """As polynomials are multiplied: by their values at many places."""
    length = len(signal) + len(kernel) - 1
    values = [np.fft.rfft(ops.convert_to_numpy(a), length) for a in (signal, kernel)]
    return np.fft.irfft(values[0] * values[1], length)


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    sides = [(0, 0), (padding, padding), (padding, padding), (0, 0)]
    images = np.pad(ops.convert_to_numpy(images).astype("float64"), sides)
    kernels = ops.convert_to_numpy(kernels).astype("float64")
    shape = images.shape[1:3]
    high, wide = (n - k + 1 for n, k in zip(shape, kernels.shape[:2], strict=True))
    seen = np.fft.fft2(images, axes=(1, 2))
    wanted = np.conj(np.fft.fft2(kernels, s=shape, axes=(0, 1)))
    product = np.einsum("bhwc,hwcf->bhwf", seen, wanted)
    whole = np.fft.ifft2(product, axes=(1, 2)).real
    return whole[:, :high:stride, :wide:stride]


# %% solution="lecture_filter"
RECIPES = {
    "identity": "000 010 000 /1",
    "box_blur": "111 111 111 /9",
    "gaussian_blur": "121 242 121 /16",
    "laplacian": "010 1d1 010 /1",
    "all_edges": "aaa a8a aaa /1",
    "diagonal_edges": "10a 000 a01 /1",
    "sharpen": "0a0 a5a 0a0 /1",
    "shift_right": "000 100 000 /1",
}


def lecture_filter(name):
    *rows, divisor = RECIPES[name].split()
    negative = {"a": -1, "d": -4}
    numbers = [[negative[c] if c in negative else int(c) for c in row] for row in rows]
    return tensor(numbers) / float(divisor[1:])


# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    """The error is a parabola along each number: three values tell its slope."""
    image, target, kernel = (
        ops.convert_to_numpy(a).astype("float64") for a in (image, target, kernel)
    )

    def error(kernel):
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
        return np.mean((np.sum(windows * kernel, axis=(2, 3)) - target) ** 2)

    slopes = np.zeros(kernel.shape)
    for place in np.ndindex(*kernel.shape):
        step = np.zeros(kernel.shape)
        step[place] = 1.0
        slopes[place] = (error(kernel + step) - error(kernel - step)) / 2
    return slopes


# %% solution="learn_filter"
def learn_filter(image, target, size):
    """Conjugate gradients on the slopes above."""
    kernel = np.zeros((size, size))
    downhill = -filter_gradient(image, target, kernel)
    direction = downhill
    for _ in range(2 * size * size):
        bend = -(filter_gradient(image, target, kernel + direction) + downhill)
        length = np.sum(downhill**2)
        if length < 1e-14:
            break
        kernel = kernel + length / -np.sum(direction * bend) * direction
        new = -filter_gradient(image, target, kernel)
        direction = new + np.sum(new**2) / length * direction
        downhill = new
    return kernel


# %% solution="pooling"
def max_pool(images, size, stride):
    """Rows first, then columns: the largest of the largest."""
    x = ops.convert_to_numpy(images)
    for axis in (1, 2):
        starts = range(0, x.shape[axis] - size + 1, stride)
        parts = [np.take(x, range(s, s + size), axis).max(axis) for s in starts]
        x = np.stack(parts, axis)
    return x


def average_pool(images, size, stride):
    x = ops.convert_to_numpy(images)
    for axis in (1, 2):
        places = (x.shape[axis] - size) // stride + 1
        matrix = np.zeros((places, x.shape[axis]))
        for place in range(places):
            matrix[place, place * stride : place * stride + size] = 1 / size
        x = np.moveaxis(np.tensordot(matrix, x, axes=(1, axis)), 0, axis)
    return x


# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    """Every pixel repeated `bins` times; every bin is then a whole number of pixels."""
    x = ops.convert_to_numpy(images)
    for axis in (1, 2):
        side = x.shape[axis]
        fine = np.repeat(np.arange(side), bins).reshape(bins, side)
        x = np.stack(
            [np.take(x, np.unique(row), axis).mean(axis) for row in fine], axis
        )
    return x


# %% solution="dropout"
def dropout(x, rate, training, seed):
    if not training:
        return tensor(ops.convert_to_numpy(x))
    order = np.random.RandomState(seed).uniform(size=tuple(x.shape))
    return tensor(np.where(order < rate, 0, ops.convert_to_numpy(x) / (1 - rate)))


# %% solution="mc_dropout"
import statistics


def mc_dropout(predict, x, seeds):
    draws = [np.asarray(ops.convert_to_numpy(predict(x, seed))) for seed in seeds]
    mean, spread = np.zeros(draws[0].shape), np.zeros(draws[0].shape)
    for place in np.ndindex(*mean.shape):
        answers = [float(draw[place]) for draw in draws]
        mean[place] = statistics.fmean(answers)
        spread[place] = statistics.pstdev(answers)
    return {"mean": mean, "spread": spread}.values()


# %% solution="saliency"
def saliency(score, image, label):
    """Differences in place of a derivative, all pixels in one batch."""
    pixels = ops.convert_to_numpy(image)
    steps = 0.01 * np.eye(pixels.size).reshape(-1, *pixels.shape)
    higher = ops.convert_to_numpy(score(tensor(pixels + steps)))[:, label]
    lower = ops.convert_to_numpy(score(tensor(pixels - steps)))[:, label]
    slopes = (higher - lower).astype("float64") / 0.02
    return np.abs(slopes.reshape(pixels.shape)).max(axis=-1)
