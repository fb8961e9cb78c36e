# NumPy in float64 throughout; results as tuples and lists.

# %% solution="correlate"
def double(*values):
    return [
        np.asarray(ops.convert_to_numpy(value), dtype="float64") for value in values
    ]


def correlate(signal, kernel, stride=1, padding=0):
    signal, kernel = double(signal, kernel)
    places = (len(signal) + 2 * padding - len(kernel)) // stride + 1
    around = np.zeros(len(signal) + 2 * padding)
    around[padding : padding + len(signal)] = signal
    index = stride * np.arange(places)[:, None] + np.arange(len(kernel))
    return tuple((around[index] * kernel).sum(axis=1))


# %% solution="convolve"
def convolve(signal, kernel):
    signal, kernel = double(signal, kernel)
    table = np.outer(kernel, signal)
    # The sums over the diagonals on which the two indices add to n.
    flipped = table[::-1]
    return [
        np.trace(flipped, offset) for offset in range(-len(kernel) + 1, len(signal))
    ]


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    images, kernels = double(images, kernels)
    filters = kernels.shape[-1]
    columns = kernels.reshape(-1, filters)
    images = np.pad(images, [(0, 0)] + [(padding, padding)] * 2 + [(0, 0)])
    k, m = kernels.shape[:2]
    rows = []
    for i in range(0, images.shape[1] - k + 1, stride):
        row = []
        for j in range(0, images.shape[2] - m + 1, stride):
            window = images[:, i : i + k, j : j + m].reshape(len(images), -1)
            row.append(window @ columns)
        rows.append(row)
    return np.array(rows).transpose(2, 0, 1, 3)


# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    image, target, kernel = double(image, target, kernel)
    high, wide = target.shape
    rows, columns = kernel.shape
    errors = -target
    for k in range(rows):
        for m in range(columns):
            errors = errors + kernel[k, m] * image[k : k + high, m : m + wide]
    slopes = [
        [
            2 * np.mean(errors * image[k : k + high, m : m + wide])
            for m in range(columns)
        ]
        for k in range(rows)
    ]
    return slopes


# %% solution="learn_filter"
def learn_filter(image, target, size):
    """Gradient descent with momentum, from a random start."""
    kernel = np.random.default_rng(0).normal(0, 0.1, (size, size))
    speed = np.zeros((size, size))
    for _ in range(250):
        slopes = np.array(filter_gradient(image, target, tensor(kernel)))
        speed = 0.9 * speed - 0.3 / size**2 * slopes
        kernel = kernel + speed
    return kernel


# %% solution="counting"
def count_parameters(layers, side, channels):
    side, channels = float(side), float(channels)
    total, dense = 0.0, False
    width = side * side * channels
    for layer in layers:
        dense = dense or layer["kind"] == "dense"
        if dense:
            total += width * layer["units"] + layer["units"]
            width = float(layer["units"])
        else:
            room = side + 2 * layer.get("padding", 0) - layer["size"]
            side = np.floor(room / layer["stride"]) + 1
            if layer["kind"] == "convolution":
                weights = layer["size"] ** 2 * channels
                channels = float(layer["filters"])
                total += weights * channels + channels
            width = side * side * channels
    return total


def receptive_field(layers):
    return 1 + sum(
        (layer["size"] - 1) * np.prod([below["stride"] for below in layers[:number]])
        for number, layer in enumerate(layers)
    )


# %% solution="pooling"
def max_pool(images, size, stride):
    (images,) = double(images)
    high, wide = ((side - size) // stride + 1 for side in images.shape[1:3])
    y = np.full((len(images), high, wide, images.shape[3]), -np.inf)
    for k in range(size):
        for m in range(size):
            seen = images[:, k::stride, m::stride][:, :high, :wide]
            y = np.maximum(y, seen)
    return y


def average_pool(images, size, stride):
    (images,) = double(images)
    high, wide = ((side - size) // stride + 1 for side in images.shape[1:3])
    y = np.zeros((len(images), high, wide, images.shape[3]))
    for k in range(size):
        for m in range(size):
            y += images[:, k::stride, m::stride][:, :high, :wide] / size**2
    return y


# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    (images,) = double(images)
    batch, height, width, channels = images.shape
    answer = []
    for i in range(bins):
        top, bottom = i * height // bins, ((i + 1) * height + bins - 1) // bins
        for j in range(bins):
            left, right = j * width // bins, ((j + 1) * width + bins - 1) // bins
            answer.append(images[:, top:bottom, left:right].mean(axis=(1, 2)))
    stack = np.stack(answer, axis=1)
    return stack.reshape(batch, bins, bins, channels)


# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    """One pass that keeps a running mean and running squares (Welford)."""
    mean, squares = None, None
    for number, seed in enumerate(seeds, start=1):
        (draw,) = double(predict(x, seed))
        if mean is None:
            mean, squares = np.zeros_like(draw), np.zeros_like(draw)
        before = draw - mean
        mean = mean + before / number
        squares = squares + before * (draw - mean)
    return mean, (squares / len(seeds)) ** 0.5


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    x, gamma, beta = double(x, gamma, beta)
    old = double(running_mean, running_variance)
    axes = tuple(np.arange(x.ndim - 1))
    new = [np.average(x, axis=axes), np.var(x, axis=axes, ddof=0)]
    y = (x - new[0]) / np.sqrt(new[1] + epsilon)
    averages = [
        momentum * a + (1 - momentum) * b for a, b in zip(old, new, strict=True)
    ]
    return (gamma * y + beta, *averages)


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    x, gamma, beta, mean, variance = double(
        x, gamma, beta, running_mean, running_variance
    )
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


# %% solution="grad_cam"
def grad_cam(head, features, label):
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    slopes, features = double(slopes, features)
    heat = features @ slopes.mean(axis=(0, 1))
    return np.clip(heat, 0, None).tolist()
