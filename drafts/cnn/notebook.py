# %% [markdown]
# # Assignment 2 · Convolutional networks
#
# You build a convolutional network from its parts: correlation, filters, pooling,
# dropout, batch normalisation. Then you train a small one, and look at what it looks
# at.
#
# **You will learn to**
#
# - write correlation and convolution as sums of products, in one and two dimensions,
#   with padding, stride and channels;
# - design a filter, and learn one from an image and what it should become;
# - write a convolution layer, count its parameters, and say how far a unit sees;
# - pool images of any size to a fixed one;
# - keep apart what dropout and batch normalisation do in training and afterwards, and
#   turn dropout into error bars;
# - find the pixels that an answer depends on;
# - say what convolution and pooling give when an object moves.
#
# | problem | points | hours, about |
# |---|---|---|
# | 1 Correlation and convolution of signals | 3 | 0.5 |
# | 2 Correlation of images, and filters | 5 | 1.25 |
# | 3 Learning a filter | 3 | 0.75 |
# | 4 A convolution layer, and what it costs | 5 | 1 |
# | 5 Pooling | 3 | 0.75 |
# | 6 Dropout, and error bars from it | 3 | 0.5 |
# | 7 Batch normalisation | 3 | 0.5 |
# | 8 A classifier of the size of LeNet | 2 | 0.5 |
# | 9 Where does it look? | 3 | 0.5 |
# | 10 An object that moves (written) | 3 | 0.5 |
# | **together** | **33** | **6.75** |
#
# **How it is marked.** Each hole says `raise NotImplementedError()`: replace that line.
# The visible tests under a problem are there to help you; they give no points. When
# your notebook is marked, hidden checks with other sizes and other numbers look at one
# idea each, and every idea that is right earns its part of the points. Each problem is
# marked by itself: nothing in problem 5 needs a right problem 2. Problem 10 is marked
# by a person.
#
# **Rules**
#
# - Keep the names and the arguments of the functions. You may add functions, cells and
#   imports of anything that is installed here.
# - Write with `keras.ops`, with NumPy or with loops: the values count, not the style.
#   Where something is **not allowed** the problem says so, and using it, under whatever
#   name, counts as no answer there. Tuples or lists, tensors or arrays: all are fine.
# - Your functions receive *tensors* of whatever library runs under Keras, unless the
#   text says arrays. `keras.ops` takes them as they are. If you prefer NumPy, begin
#   with `x = ops.convert_to_numpy(x)`: mixing tensors and arrays fails on some
#   backends. No function may change its arguments in place.
# - Images are **channels last**: a batch has the shape (B, height, width, channels).
#   Row $i$ counts from the top, column $j$ from the left, both from 0.
# - No cell of yours should run longer than 30 seconds. Before you hand in, restart the
#   kernel and run all cells.

# %% given="setup"
import kerasdl  # isort: skip  (first: it says what to do if the backend is missing)
import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import ops

from kerasdl import autodiff, check, data, plot

kerasdl.seed(0)
print("backend", keras.backend.backend(), "· keras", keras.__version__)
print("numpy", np.__version__, "· kerasdl", kerasdl.__version__)


def tensor(values):
    """A float32 tensor of the backend, as the hidden checks hand them to you."""
    return ops.convert_to_tensor(np.asarray(values, dtype="float32"))


# %% [markdown]
# ## Problem 1 · Correlation and convolution of signals (3 points)
#
# A radar knows the pulse $f$ that it sent and looks for it in the signal $g$ that comes
# back. It lays the pulse over every part of the signal and sums the products. That is
# *correlation*. *Convolution* does the same with the pulse running backwards:
#
# $$(f \star g)[n] = \sum_k f[k]\, g[n + k], \qquad
# (f * g)[n] = \sum_k f[k]\, g[n - k].$$
#
# The signal has $N$ numbers $g[0] \dots g[N-1]$, the kernel $f$ has $K$, with
# $k = 0 \dots K - 1$. Outside of its $N$ places the signal counts as 0.
#
# `correlate` moves the kernel by `stride` places at a time ($s$), and begins `padding`
# places ($p$) before the signal, as if $p$ zeros stood at *each* end. Its output is
#
# $$y[n] = \sum_{k=0}^{K-1} f[k]\, g[s\,n + k - p], \qquad
# n = 0 \dots \Big\lfloor \frac{N + 2p - K}{s} \Big\rfloor.$$
#
# With $s = 1$ and $p = 0$ the kernel visits the places where it fits, $N - K + 1$ of
# them.
#
# `convolve` returns the whole convolution, every $n$ where kernel and signal overlap at
# all: $n = 0 \dots N + K - 2$. It has neither stride nor padding.
#
# **Make sure to**
#
# - turn the kernel around in `convolve`, and not in `correlate`;
# - leave out the last numbers of the signal where no whole kernel fits any more.
#
# **Not allowed** in problems 1 and 2: every layer of `keras.layers` and every function
# of `keras.ops` that convolves or correlates (`Conv1D`, `ops.conv`,
# `ops.conv_transpose`, ...); `np.convolve`, `np.correlate` and `np.polymul`; everything
# in `kerasdl.layers`; the like in other libraries, such as `scipy.signal`. Write the
# sums. (Fourier transforms are allowed.)


# %% solution="correlate"
def correlate(signal, kernel, stride=1, padding=0):
    """The correlation of a signal with a kernel.

    Args:
        signal: tensor of shape (N,).
        kernel: tensor of shape (K,), with K <= N + 2 padding.
        stride: whole number, at least 1: places between two outputs.
        padding: whole number, at least 0: zeros at each end of the signal.

    Returns:
        A tensor of shape ((N + 2 padding - K) // stride + 1,).

    Example: `correlate(tensor([1, 2, 3, 4]), tensor([1, 0, -1]), padding=1)` is
    `[-2, -2, -2, 3]`; with `stride=2` as well it is `[-2, -2]`.
    """
    ### BEGIN SOLUTION
    signal = np.pad(ops.convert_to_numpy(signal), padding)
    kernel = ops.convert_to_numpy(kernel)
    starts = range(0, len(signal) - len(kernel) + 1, stride)
    return np.array([np.sum(kernel * signal[n : n + len(kernel)]) for n in starts])
    ### END SOLUTION


# %% solution="convolve"
def convolve(signal, kernel):
    """The whole convolution of a signal with a kernel.

    Args:
        signal: tensor of shape (N,).
        kernel: tensor of shape (K,); either may be the longer one.

    Returns:
        A tensor of shape (N + K - 1,).

    Example: `convolve(tensor([1, 2, 3]), tensor([1, -1]))` is `[1, 1, 1, -3]`.
    """
    ### BEGIN SOLUTION
    signal, kernel = ops.convert_to_numpy(signal), ops.convert_to_numpy(kernel)
    y = np.zeros(len(signal) + len(kernel) - 1)
    for k, factor in enumerate(kernel):
        y[k : k + len(signal)] += factor * signal
    return y
    ### END SOLUTION


# %% test="signals" points=3
signal, kernel = tensor([1, 2, 3, 4]), tensor([1, 0, -1])
check.close(correlate(signal, kernel), [-2, -2], "1 - 3 and 2 - 4; look at the kernel.")
check.close(
    correlate(signal, kernel, padding=1), [-2, -2, -2, 3], "Put a 0 at each end."
)
check.close(
    correlate(signal, kernel, stride=2, padding=1), [-2, -2], "Take every second place."
)
check.shape(
    correlate(tensor(np.ones(11)), kernel, stride=3), (3,), "Places 0, 3 and 6 fit."
)
check.close(
    convolve(tensor([1, 2, 3]), tensor([1, -1])),
    [1, 1, 1, -3],
    "y[1] is 1 times 2 plus -1 times 1; look at which way the kernel runs.",
)
impulse = tensor([0, 0, 1, 0])
check.close(
    convolve(impulse, tensor([5, 6, 7])),
    [0, 0, 5, 6, 7, 0],
    "Convolution puts a copy of the kernel where the signal is 1.",
)
check.close(
    correlate(impulse, tensor([5, 6, 7]), padding=2),
    [0, 0, 7, 6, 5, 0],
    "Correlation puts a reversed copy there.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Pad first (`np.pad`), then forget the padding. For one output multiply the kernel with
# a slice of its length and sum. For the convolution there are two ways: add
# `signal[n] * kernel` to the places from $n$ on, for every $n$; or correlate the
# reversed kernel with $K - 1$ zeros at each end. `ops.flip(kernel)` reverses a tensor;
# `kernel[::-1]` works on arrays, but not on the tensors of every library.
# </details>

# %% picture="signals"
rng = np.random.default_rng(0)
pulse = np.sin(np.arange(20) ** 2 / 12)
received = 0.4 * rng.normal(size=200)
received[120:140] += pulse
matches = ops.convert_to_numpy(correlate(tensor(received), tensor(pulse)))
figure, axes = plt.subplots(3, 1, figsize=(6, 5), sharex=True, layout="tight")
for axis, values, name in zip(
    axes, (pulse, received, matches), ("sent", "received", "correlation"), strict=True
):
    axis.plot(values)
    axis.set_ylabel(name)
axes[2].set_xlabel("place")
plt.show()
# Look at the received signal first: do you see the pulse? The correlation finds it.

# %% [markdown]
# ## Problem 2 · Correlation of images, and filters (5 points)
#
# Images have two dimensions and channels. A kernel of shape $(K, L, C, F)$ holds $F$
# filters; each looks at a window of $K$ rows and $L$ columns, at all $C$ channels of it
# at once, and gives one output channel $f = 0 \dots F - 1$:
#
# $$y[b, i, j, f] = \sum_{k=0}^{K-1} \sum_{l=0}^{L-1} \sum_{c=0}^{C-1}
# x[b,\; s\,i + k - p,\; s\,j + l - p,\; c]\; w[k, l, c, f].$$
#
# As in problem 1, stride $s$ and padding $p$ are whole numbers, the same for rows and
# columns; outside of the image $x$ is 0, and only whole windows count. The kernel is
# **not** turned around: what libraries call convolution is this correlation.
#
# `lecture_filter` gives $3 \times 3$ filters by name. The lecture counts a filter's
# places from its centre, so with one channel an image $I$ becomes
#
# $$Y(i, j) = \sum_{k=-1}^{1} \sum_{l=-1}^{1} I(i + k, j + l)\, w[k + 1, l + 1].$$
#
# In the table the *direct* neighbours are those above, below, left and right, and the
# corners are the other four.
#
# | name | each output pixel $Y(i, j)$ is |
# |---|---|
# | `"identity"` | the pixel itself |
# | `"box_blur"` | the mean of the nine pixels of the window |
# | `"gaussian_blur"` | their mean, weighted: centre 4, direct neighbours 2, corners 1 |
# | `"laplacian"` | the sum of the direct neighbours, minus four times the pixel |
# | `"all_edges"` | eight times the pixel, minus the sum of its eight neighbours |
# | `"diagonal_edges"` | top left + bottom right - top right - bottom left |
# | `"sharpen"` | the pixel minus its `"laplacian"` |
# | `"shift_right"` | $I(i, j - 1)$: the picture moves one pixel to the right |
#
# **Make sure to**
#
# - handle images that are not square, and kernels that are not either;
# - sum over the channels, and keep the filters apart.
#
# **Not allowed**: what problem 1 lists.


# %% solution="correlate_images"
def correlate_images(images, kernels, stride=1, padding=0):
    """The correlations of images with several filters.

    Args:
        images: tensor of shape (B, H, W, C).
        kernels: tensor of shape (K, L, C, F): F filters.
        stride: whole number, at least 1, for rows and columns alike.
        padding: whole number, at least 0: zeros on each of the four sides.

    Returns:
        A tensor of shape (B, (H + 2 padding - K) // stride + 1,
        (W + 2 padding - L) // stride + 1, F).

    Example: an image of shape (1, 2, 3, 1) with the rows `[1, 2, 3]` and `[4, 5, 6]`
    and a kernel of shape (2, 2, 1, 1) with the rows `[1, 0]` and `[0, 10]` give a
    tensor of shape (1, 1, 2, 1) with the numbers `[51, 62]`.
    """
    ### BEGIN SOLUTION
    sides = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    images = np.pad(ops.convert_to_numpy(images), sides)
    kernels = ops.convert_to_numpy(kernels)
    rows = (images.shape[1] - kernels.shape[0]) // stride + 1
    columns = (images.shape[2] - kernels.shape[1]) // stride + 1
    y = 0.0
    for k in range(kernels.shape[0]):
        for column in range(kernels.shape[1]):
            seen = images[:, k::stride, column::stride][:, :rows, :columns]
            y = y + seen @ kernels[k, column]  # the product sums over the channels
    return y
    ### END SOLUTION


# %% solution="lecture_filter"
def lecture_filter(name):
    """A 3 x 3 filter of the lecture, for correlation.

    Args:
        name: one of the names in the table above.

    Returns:
        A tensor or array of shape (3, 3), or a list of three lists.

    Example: `lecture_filter("identity")` is `[[0, 0, 0], [0, 1, 0], [0, 0, 0]]`.
    """
    ### BEGIN SOLUTION
    filters = {
        "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        "box_blur": np.ones((3, 3)) / 9,
        "gaussian_blur": np.outer([1, 2, 1], [1, 2, 1]) / 16,
        "laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        "all_edges": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "diagonal_edges": [[1, 0, -1], [0, 0, 0], [-1, 0, 1]],
        "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "shift_right": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
    }
    return np.array(filters[name], dtype="float32")
    ### END SOLUTION


# %% test="images" points=5
image = tensor([[1, 2, 3], [4, 5, 6]])[None, :, :, None]
kernel = tensor([[1, 0], [0, 10]])[:, :, None, None]
y = correlate_images(image, kernel)
check.shape(y, (1, 1, 2, 1), "A 2 x 2 window fits twice into two rows of three.")
check.close(y[0, 0, :, 0], [51, 62], "1 + 10 times 5, and 2 + 10 times 6.")
check.close(
    correlate_images(image, kernel, padding=1)[0, :, :, 0],
    [[10, 20, 30, 0], [40, 51, 62, 3], [0, 4, 5, 6]],
    "A row of zeros above and below, a column left and right.",
)
check.close(
    correlate_images(image, kernel, stride=2, padding=1)[0, :, :, 0],
    [[10, 30], [0, 5]],
    "Every second row and every second column of the result before.",
)
rng = np.random.default_rng(0)
images, kernels = rng.normal(size=(2, 5, 7, 3)), rng.normal(size=(3, 2, 3, 4))
y = correlate_images(tensor(images), tensor(kernels))
check.shape(y, (2, 3, 6, 4), "An output channel per filter.")
check.close(
    y[1, 2, 4, 3],
    np.sum(images[1, 2:5, 4:6] * kernels[:, :, :, 3]),
    "Filter 3 at row 2, column 4: look at the sum over rows, columns and channels.",
    tolerance=1e-4,
)
step = tensor(np.pad(np.full((4, 3), 9.0), ((1, 0), (2, 0))) + 1)  # as in the lecture
edges = ops.reshape(tensor(lecture_filter("laplacian")), (3, 3, 1, 1))
check.close(
    correlate_images(step[None, :, :, None], edges)[0, :, :, 0],
    [[9, -18, -9], [9, -9, 0], [9, -9, 0]],
    "The lecture's example: four neighbours minus four times the pixel.",
)
for name in ("identity", "box_blur", "gaussian_blur", "sharpen", "shift_right"):
    total = np.sum(ops.convert_to_numpy(lecture_filter(name)))
    check.close(total, 1, f"{name} keeps an even image as it is: what is its sum?")
powers_of_two = 2.0 ** np.arange(9).reshape(3, 3)  # every pixel shows in the sum
sums_of_powers = {
    "shift_right": 8,
    "all_edges": -367,
    "diagonal_edges": 189,
    "sharpen": -90,
}
for name, expected in sums_of_powers.items():
    total = np.sum(powers_of_two * ops.convert_to_numpy(lecture_filter(name)))
    check.close(
        total, expected, f"{name}: which neighbours take part, and their signs?"
    )
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# You may loop over the outputs (four loops, and a sum of products inside), or over the
# places $(k, l)$ of the kernel only: for one place, all outputs together see the slice
# `x[:, k::s, l::s]`, cut to the size of the output. The product of its last axis with
# `w[k, l]`, a matrix $(C, F)$, sums over the channels.
#
# For a filter ask which neighbour has to get a number. The neighbour on the left,
# $I(i, j - 1)$, is $l = -1$, and so stands in column 0 of the filter.
# </details>

# %% picture="images"
picture = 1 - 0.7 * data.shapes(4, size=32, noise=0.0, seed=3)[0][:1]
names = ["identity", "box_blur", "gaussian_blur", "laplacian"]
names += ["all_edges", "diagonal_edges", "sharpen", "shift_right"]
figure, axes = plt.subplots(2, 4, figsize=(8, 4.2), layout="tight")
for axis, name in zip(axes.flat, names, strict=True):
    filter_ = ops.reshape(tensor(lecture_filter(name)), (3, 3, 1, 1))
    filtered = correlate_images(tensor(picture), filter_, padding=1)
    axis.imshow(ops.convert_to_numpy(filtered)[0, :, :, 0], cmap="gray")
    axis.set_title(name, fontsize=9)
    axis.axis("off")
plt.show()
# Look at disc and ground: filters whose numbers sum to 0 make them the same grey. And
# look at the borders: outside of the image there is 0, and the filters see an edge.
# (Each picture has its own scale: black is its smallest number, white its largest.)

# %% [markdown]
# ## Problem 3 · Learning a filter (3 points)
#
# Now the filter is unknown. There are an image $I$ of shape $(H, W)$ and a target $T$,
# which is what a filter $w$ of shape $(m, n)$ should make of it where it fits, so $T$
# has the shape $(H - m + 1, W - n + 1)$. A dense layer between two images of
# $32 \times 32$ would have a million weights to find; a $3 \times 3$ filter has nine.
# They minimise the **mean** of the squared errors over the $P$ places of the target.
# Here the places of the filter count from its top left corner, as in
# `correlate_images`, not from its centre:
#
# $$Y(i, j) = \sum_{k=0}^{m-1} \sum_{l=0}^{n-1} I(i + k, j + l)\, w(k, l), \qquad
# E(w) = \frac1P \sum_{i, j} \big(Y(i, j) - T(i, j)\big)^2 .$$
#
# `filter_gradient` gives the slopes $\partial E / \partial w(k, l)$. `learn_filter`
# finds the filter, starting from nothing.
#
# **Make sure to**
#
# - divide by the number of places, and keep the 2 of the square;
# - come close: the checks' images are noise, each pixel drawn from $[0, 1]$ by itself,
#   at least ten rows and columns of them, and no number of your filter may be more than
#   0.05 off the best filter's. There, gradient descent with a rate of $2 / (m n)$ does
#   it in about 500 steps (smaller images need more);
# - use `size`, which is 2 or 3 in the checks;
# - stay below 5 seconds a call.
#
# Everything is allowed here: `ops.conv`, automatic differentiation, least squares.


# %% solution="filter_gradient"
def filter_gradient(image, target, kernel):
    """The gradient of the mean squared error with respect to a filter.

    Args:
        image: tensor of shape (H, W).
        target: tensor of shape (H - m + 1, W - n + 1).
        kernel: tensor of shape (m, n).

    Returns:
        A tensor of shape (m, n).

    Example: with `image = [[1, 2, 3]]`, `target = [[0, 1]]` and `kernel = [[1, 0]]`
    the errors are `[[1, 1]]`, and the gradient is `[[3, 5]]`.
    """
    ### BEGIN SOLUTION
    image, target, kernel = map(ops.convert_to_numpy, (image, target, kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    errors = np.einsum("ijkl,kl->ij", windows, kernel) - target
    return 2 * np.einsum("ij,ijkl->kl", errors, windows) / errors.size
    ### END SOLUTION


# %% solution="learn_filter"
def learn_filter(image, target, size):
    """The filter that turns an image into a target, as well as one can.

    Args:
        image: tensor of shape (H, W).
        target: tensor of shape (H - size + 1, W - size + 1).
        size: whole number: rows and columns of the filter.

    Returns:
        A tensor of shape (size, size).

    Example: a target that is twice the image without its first row and first column
    and `size = 2` give about `[[0, 0], [0, 2]]`.
    """
    ### BEGIN SOLUTION
    kernel = np.zeros((size, size))
    for _ in range(500):
        kernel = kernel - 2 / size**2 * filter_gradient(image, target, kernel)
    return kernel
    ### END SOLUTION


# %% test="learning" points=3
check.close(
    filter_gradient(tensor([[1, 2, 3]]), tensor([[0, 1]]), tensor([[1, 0]])),
    [[3, 5]],
    "The docstring's example: 2 times the mean of error times pixel.",
)
rng = np.random.default_rng(0)
image, kernel, target = (rng.random(size) for size in ((6, 9), (3, 2), (4, 8)))


def mean_squared_error(kernel):
    """E of a filter, a slow sum."""
    errors = [
        np.sum(image[i : i + 3, j : j + 2] * kernel) - target[i, j]
        for i in range(4)
        for j in range(8)
    ]
    return np.mean(np.square(errors))


slopes = np.zeros((3, 2))
for place in np.ndindex(3, 2):
    step = np.zeros((3, 2))
    step[place] = 1e-5
    rise = mean_squared_error(kernel + step) - mean_squared_error(kernel - step)
    slopes[place] = rise / 2e-5
check.close(
    filter_gradient(tensor(image), tensor(target), tensor(kernel)),
    slopes,
    "Compared with differences of E: look at which pixels a number of w meets.",
    tolerance=1e-4,
)
image = rng.random((12, 15))
check.close(
    learn_filter(tensor(image), tensor(2 * image[1:, 1:]), 2),
    [[0, 0], [0, 2]],
    "Twice the pixel at the bottom right: train longer, or look at the rate.",
    tolerance=0.05,
)
check.close(
    learn_filter(tensor(image), tensor(image[:-2, 1:-1] - image[2:, :-2]), 3),
    [[0, 1, 0], [0, 0, 0], [-1, 0, 0]],
    "The pixel above minus the one below left: nine numbers take longer than four.",
    tolerance=0.05,
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# By the chain rule $\partial E / \partial w(k, l) = \frac2P \sum_{i,j} e(i, j)\,
# I(i + k, j + l)$ with the errors $e = Y - T$. Compare that with the formula of $Y$: it
# is a correlation of the image again, with $e$ in the place of the filter.
#
# `np.lib.stride_tricks.sliding_window_view(image, (m, n))` has the shape $(H - m + 1,
# W - n + 1, m, n)$, all windows at once.
# </details>

# %% picture="learning"
rng = np.random.default_rng(1)


def signs(count):
    """An image (32, 32) of plus and minus signs, and the centres of the plus signs."""
    image, centres = np.zeros((32, 32)), np.zeros((32, 32))
    places = rng.permutation([(r, c) for r in range(3, 32, 6) for c in range(3, 32, 6)])
    for number, (row, column) in enumerate(places[: 2 * count]):
        image[row, column - 1 : column + 2] = 1
        if number < count:
            image[row - 1 : row + 2, column] = 1
            centres[row, column] = 1
    return np.clip(image + 0.1 * rng.normal(size=image.shape), 0, 1), centres


seen, centres = signs(5)
detector = learn_filter(tensor(seen), tensor(centres[1:-1, 1:-1]), 3)
new, _ = signs(7)
detector = ops.convert_to_numpy(detector)
parts_of_new = np.lib.stride_tricks.sliding_window_view(new, (3, 3))
found = np.einsum("ijkl,kl->ij", parts_of_new, detector)
figure, axes = plt.subplots(1, 4, figsize=(9, 2.6), layout="tight")
for axis, shown, name in zip(
    axes,
    (seen, detector, new, found),
    ("learned from", "filter", "new image", "its answer"),
    strict=True,
):
    axis.imshow(shown, cmap="gray")
    axis.set_title(name, fontsize=9)
    axis.axis("off")
plt.show()
# Look at the new image: the brightest answers should be the centres of its plus signs.

# %% [markdown]
# ## Problem 4 · A convolution layer, and what it costs (5 points)
#
# `Convolution` is the layer that learns filters: the correlation of problem 2, plus a
# number per filter, through an activation $a$:
#
# $$y[b, i, j, f] = a\Big(\text{bias}[f] + \sum_{k, l, c}
# x[b,\; s\,i + k - p,\; s\,j + l - p,\; c]\; \text{kernel}[k, l, c, f]\Big).$$
#
# Its windows are square with an *odd* size $m$, and its padding is one of two words:
# `"valid"` is $p = 0$; `"same"` is $p = (m - 1) / 2$ zeros on each side, so that with
# stride 1 the output is as large as the input. For other strides the checks use
# `"valid"` only.
#
# Here `ops.conv(x, kernel, strides=..., padding="valid", data_format="channels_last")`
# is allowed. **Not allowed**: the layers of `keras.layers` that convolve (`Conv2D` and
# its like), and everything in `kerasdl.layers`.
#
# **Make sure to**
#
# - make both weights in `build`, with `self.add_weight`; the kernel's shape is
#   $(m, m, C, F)$, the bias's is $(F)$;
# - start the kernel at *small random* values (standard deviation below 0.75, not 0);
# - write `call` with `keras.ops`: Keras has to differentiate it.
#
# Before one builds a network, one can count. A network is a list of dicts, its layers:
#
# ```python
# {"kind": "convolution", "size": 5, "stride": 1, "padding": 2, "filters": 6}
# {"kind": "pooling", "size": 2, "stride": 2}
# {"kind": "dense", "units": 120}
# ```
#
# Windows are square, and a side $N$ becomes $\lfloor (N + 2p - m) / s \rfloor + 1$.
# In a dict, `padding` is a number, $p$, not a word. Pooling does not pad: its dict has
# no such key, so there `layer["padding"]` fails. It treats each channel by itself. A
# dense layer takes *all* numbers of what comes before it; after the first one there are
# no windows any more.
#
# - `count_parameters`: all numbers that are learned. Convolutions and dense layers have
#   a **bias** for each filter or unit.
# - `receptive_field`: how many input pixels, along one side, one unit of the last layer
#   can depend on. It is 1 without any layer. A window of size $m$ adds $(m - 1)$ times
#   the distance, in input pixels, of two neighbours of the layer below it. That
#   distance is the product of all strides below. Padding does not matter.


# %% solution="convolution"
class Convolution(keras.layers.Layer):
    """A layer of learned filters, (B, H, W, C) to (B, H', W', filters).

    Args:
        filters: number of filters.
        size: rows and columns of a filter, odd.
        stride: whole number.
        padding: "valid" or "same".
        activation: a function such as `ops.relu`, or None for none.

    Example: `Convolution(4, 3)(tensor(np.zeros((1, 8, 8, 2))))` has shape (1, 6, 6, 4).
    """

    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        """Keeps the arguments."""
        super().__init__()
        ### BEGIN SOLUTION
        self.filters, self.size = filters, size
        self.stride, self.padding = stride, padding
        self.activation = activation
        ### END SOLUTION

    def build(self, input_shape):
        """Makes the weights for inputs of shape (B, H, W, input_shape[-1])."""
        ### BEGIN SOLUTION
        self.kernel = self.add_weight(
            shape=(self.size, self.size, input_shape[-1], self.filters),
            initializer="glorot_uniform",
            name="kernel",
        )
        self.bias = self.add_weight(
            shape=(self.filters,), initializer="zeros", name="bias"
        )
        ### END SOLUTION

    def call(self, x):
        """The layer's output, (B, H', W', filters)."""
        ### BEGIN SOLUTION
        y = ops.conv(
            x,
            self.kernel,
            strides=self.stride,
            padding=self.padding,
            data_format="channels_last",
        )
        y = y + self.bias
        return y if self.activation is None else self.activation(y)
        ### END SOLUTION


# %% solution="counting"
def count_parameters(layers, side, channels):
    """How many numbers a network learns.

    Args:
        layers: list of dicts as above.
        side: rows and columns of the input images.
        channels: channels of the input images.

    Returns:
        A whole number.

    Example: `[{"kind": "dense", "units": 2}]` on images of side 3 with 1 channel has
    2 times 9 weights and 2 biases, together 20.
    """
    ### BEGIN SOLUTION
    total, inputs = 0, side**2 * channels
    for layer in layers:
        if layer["kind"] == "dense":
            total += (inputs + 1) * layer["units"]
            inputs = layer["units"]
            continue
        if layer["kind"] == "convolution":
            total += (layer["size"] ** 2 * channels + 1) * layer["filters"]
            channels = layer["filters"]
        padding = layer.get("padding", 0)
        side = (side + 2 * padding - layer["size"]) // layer["stride"] + 1
        inputs = side**2 * channels
    return total
    ### END SOLUTION


def receptive_field(layers):
    """How many input pixels, along one side, a unit of the last layer depends on.

    Args:
        layers: list of dicts as above, convolutions and pooling only.

    Returns:
        A whole number.

    Example: two convolutions of size 3 and stride 1 see 5 pixels.
    """
    ### BEGIN SOLUTION
    field, distance = 1, 1
    for layer in layers:
        field += (layer["size"] - 1) * distance
        distance *= layer["stride"]
    return field
    ### END SOLUTION


# %% test="layer" points=5
rng = np.random.default_rng(0)
x = tensor(rng.normal(size=(2, 8, 6, 3)))
layer = Convolution(4, 3)
check.shape(layer(x), (2, 6, 4, 4), "A 3 x 3 window fits into 8 x 6 at 6 x 4 places.")
keeping_size = Convolution(4, 3, padding="same")
check.shape(keeping_size(x), (2, 8, 6, 4), "Same keeps the size.")
check.shape(Convolution(5, 3, stride=2)(x), (2, 3, 2, 5), "(8 - 3) // 2 + 1 = 3 rows.")
shapes = sorted(tuple(weight.shape) for weight in layer.trainable_weights)
assert shapes == [(3, 3, 3, 4), (4,)], f"weights {shapes}: make both with add_weight"
kernel_at_start = next(w for w in layer.trainable_weights if len(w.shape) == 4)
start_spread = np.std(ops.convert_to_numpy(kernel_at_start))
assert 0 < start_spread < 0.75, (
    f"the kernel starts with a spread of {start_spread:.2g}: small, not 0"
)
numbers = {len(w.shape): rng.normal(size=w.shape) for w in layer.trainable_weights}
for weight in (*layer.trainable_weights, *keeping_size.trainable_weights):
    weight.assign(numbers[len(weight.shape)])
check.close(
    ops.convert_to_numpy(layer(x))[1, 5, 3],
    np.einsum("klc,klcf->f", ops.convert_to_numpy(x)[1, 5:8, 3:6], numbers[4])
    + numbers[1],
    "With known weights: the last window's correlation plus the bias.",
    tolerance=1e-4,
)
check.close(
    ops.convert_to_numpy(keeping_size(x))[1, 0, 2],
    np.einsum("klc,klcf->f", ops.convert_to_numpy(x)[1, :2, 1:4], numbers[4][1:])
    + numbers[1],
    "With same, a window of the first row has a row of zeros above the image.",
    tolerance=1e-4,
)
squared = Convolution(4, 3, activation=ops.square)
squared(x)
for weight in squared.trainable_weights:
    weight.assign(numbers[len(weight.shape)])
check.close(
    squared(x),
    ops.convert_to_numpy(layer(x)) ** 2,
    "The square of what comes without activation, bias included.",
    tolerance=1e-4,
)

lenet = [
    {"kind": "convolution", "size": 5, "stride": 1, "padding": 0, "filters": 6},
    {"kind": "pooling", "size": 2, "stride": 2},
    {"kind": "convolution", "size": 5, "stride": 1, "padding": 0, "filters": 16},
    {"kind": "pooling", "size": 2, "stride": 2},
    {"kind": "dense", "units": 120},
    {"kind": "dense", "units": 84},
    {"kind": "dense", "units": 10},
]
for part, expected in ((1, 156), (2, 156), (3, 2572), (5, 50692), (7, 61706)):
    assert count_parameters(lenet[:part], 32, 1) == expected, (
        f"the first {part} layers of LeNet learn {expected} numbers, not "
        f"{count_parameters(lenet[:part], 32, 1)}"
    )
with_padding_2 = [{**lenet[0], "padding": 2}, lenet[6]]
count_with_padding_2 = count_parameters(with_padding_2, 8, 1)
assert count_with_padding_2 == 4006, (
    f"padding by 2 keeps a side of 8 with size 5: 4006, not {count_with_padding_2}"
)
assert receptive_field([]) == 1, "without layers a unit is a pixel"
assert receptive_field(lenet[:1]) == 5, "one window of 5"
assert receptive_field(lenet[:2]) == 6, "two neighbours, one pixel apart"
assert receptive_field(lenet[:3]) == 14, "after pooling neighbours are 2 pixels apart"
deeper_lenet = [*lenet[:4], lenet[2]]
assert receptive_field(deeper_lenet) == 32, "after two poolings they are 4 pixels apart"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `self.add_weight(shape=..., initializer="glorot_uniform")` is small and random.
# `ops.conv` knows both words of padding. It has no bias: a bias of shape $(F)$ added to
# $(B, H', W', F)$ is added at every place.
#
# For the counts go through the list once and keep what changes: side and channels for
# the one; field and distance for the other, where a layer's own stride only counts for
# the layers *above* it.
# </details>

# %% picture="layer"
plot.receptive_field([3, 2, 3], [1, 2, 1])
plt.title(
    "3, then pooling by 2, then 3: "
    + str(
        receptive_field(
            [
                {"kind": "convolution", "size": 3, "stride": 1, "padding": 0},
                {"kind": "pooling", "size": 2, "stride": 2},
                {"kind": "convolution", "size": 3, "stride": 1, "padding": 0},
            ]
        )
    )
    + " pixels"
)
plt.show()
# Look at the distances: after pooling a step to the neighbour is two pixels long.

# %% [markdown]
# ## Problem 5 · Pooling (3 points)
#
# Pooling makes images smaller: from each window and each channel *by itself* it keeps
# one number, the largest (`max_pool`) or the mean (`average_pool`). Window
# $(i, j)$ holds the rows $s\,i \dots s\,i + m - 1$ and the columns $s\,j \dots
# s\,j + m - 1$; there is no padding, and what does not fill a window is left out:
#
# $$H' = \Big\lfloor \frac{H - m}{s} \Big\rfloor + 1 .$$
#
# *Adaptive* average pooling turns images of any size into a fixed one, which is what
# lets a network with a dense end take images of any size. It cuts $H$ rows into $q$
# bins. Bin $i = 0 \dots q - 1$ holds the rows from $\lfloor i H / q \rfloor$ up to, but
# not including, $\lceil (i + 1) H / q \rceil$; columns alike. So bins may share a row.
# Each output is the mean of its bin.
#
# **Make sure to**
#
# - get maxima right where all numbers are negative;
# - let windows overlap ($s < m$) or leave gaps ($s > m$);
# - round down for a bin's start and up for its end.
#
# **Not allowed**: layers of `keras.layers` and functions of `keras.ops` that pool, the
# like in other libraries, and everything in `kerasdl.layers`.


# %% solution="pooling"
def max_pool(images, size, stride):
    """The largest number of each window, channel by channel.

    Args:
        images: tensor of shape (B, H, W, C).
        size: whole number: rows and columns of a window, at most H and W.
        stride: whole number, at least 1.

    Returns:
        A tensor of shape (B, (H - size) // stride + 1, (W - size) // stride + 1, C).

    Example: one image of one channel with the rows `[1, 2, 3]` and `[4, 5, 6]`,
    `size = 2` and `stride = 1` give the row `[5, 6]`, of shape (1, 1, 2, 1).
    """
    ### BEGIN SOLUTION
    return windows_of(images, size, stride).max(axis=(-2, -1))
    ### END SOLUTION


def average_pool(images, size, stride):
    """The mean of each window, channel by channel.

    Args, shapes: as for `max_pool`.

    Example: with the image of `max_pool`'s example it gives the row `[3, 4]`.
    """
    ### BEGIN SOLUTION
    return windows_of(images, size, stride).mean(axis=(-2, -1))


def windows_of(images, size, stride):
    """All windows, as (B, H', W', C, size, size)."""
    images = ops.convert_to_numpy(images)
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), (1, 2))
    return windows[:, ::stride, ::stride]
    ### END SOLUTION


# %% solution="adaptive_average_pool"
def adaptive_average_pool(images, bins):
    """Means over a fixed number of bins, whatever the size of the images.

    Args:
        images: tensor of shape (B, H, W, C), H and W at least `bins`.
        bins: whole number q: rows and columns of the output.

    Returns:
        A tensor of shape (B, bins, bins, C).

    Example: three rows `[1, 1, 1]`, `[2, 2, 2]`, `[4, 4, 4]` and `bins = 2` give
    `[[1.5, 1.5], [3, 3]]`: the middle row is in both bins.
    """
    ### BEGIN SOLUTION
    images = ops.convert_to_numpy(images)
    return averages(averages(images, bins, axis=1), bins, axis=2)


def averages(images, bins, axis):
    """The means of the bins along one axis."""
    length = images.shape[axis]
    parts = []
    for i in range(bins):
        start, end = i * length // bins, -(-(i + 1) * length // bins)
        parts.append(np.take(images, range(start, end), axis).mean(axis))
    return np.stack(parts, axis)
    ### END SOLUTION


# %% test="pooling" points=3
image = tensor([[1, 2, 3], [4, 5, 6]])[None, :, :, None]
check.shape(max_pool(image, 2, 1), (1, 1, 2, 1), "Two windows of 2 x 2, side by side.")
check.close(max_pool(image, 2, 1)[0, 0, :, 0], [5, 6], "The largest of each window.")
check.close(average_pool(image, 2, 1)[0, 0, :, 0], [3, 4], "The mean of each window.")
check.close(max_pool(-image, 2, 1)[0, 0, :, 0], [-1, -2], "Nothing is above -1 here.")
rng = np.random.default_rng(0)
images = rng.normal(size=(2, 7, 8, 3))
check.shape(average_pool(tensor(images), 2, 2), (2, 3, 4, 3), "Leave row 6 out.")
check.close(
    average_pool(tensor(images), 3, 2)[1, 2, 1],
    images[1, 4:7, 2:5].mean(axis=(0, 1)),
    "Window (2, 1) of size 3 and stride 2: rows 4 to 6, columns 2 to 4.",
)
check.close(
    max_pool(tensor(images), 3, 2)[1, 2, 1],
    images[1, 4:7, 2:5].max(axis=(0, 1)),
    "Window (2, 1) of size 3 and stride 2: rows 4 to 6, columns 2 to 4.",
)
for sides in ((8, 8), (5, 7)):
    images = rng.normal(size=(1, *sides, 2))
    means_of_5_by_7 = adaptive_average_pool(tensor(images), 3)
    check.shape(
        means_of_5_by_7,
        (1, 3, 3, 2),
        "Three bins make three rows and columns, whatever the size.",
    )
check.close(
    means_of_5_by_7[0, 2, 1],
    images[0, 3:5, 2:5].mean(axis=(0, 1)),
    "Of 5 x 7: bin 2 of the rows holds 3 and 4, bin 1 of the columns 2 to 4.",
)
column = tensor([[1, 1, 1], [2, 2, 2], [4, 4, 4]])[None, :, :, None]
check.close(
    adaptive_average_pool(column, 2)[0, :, :, 0],
    [[1.5, 1.5], [3, 3]],
    "Bin 0 holds rows 0 and 1, bin 1 holds rows 1 and 2.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Loop over the output places $(i, j)$ and take the maximum or the mean of a slice over
# the axes of rows and columns, not over the channels. The bins of adaptive pooling are
# such slices, too, only with starts and ends of their own. In whole numbers,
# $\lceil a / q \rceil$ is `-(-a // q)`.
# </details>

# %% picture="pooling"
picture = data.shapes(4, size=32, noise=0.1, seed=3)[0][:1]
shown = {
    "image": picture,
    "max, 4": max_pool(tensor(picture), 4, 4),
    "average, 4": average_pool(tensor(picture), 4, 4),
    "adaptive, 5": adaptive_average_pool(tensor(picture), 5),
}
figure, axes = plt.subplots(1, 4, figsize=(9, 2.6), layout="tight")
for axis, (name, values) in zip(axes, shown.items(), strict=True):
    values = ops.convert_to_numpy(values)
    axis.imshow(values[0, :, :, 0], cmap="gray", vmin=0, vmax=1)
    axis.set_title(f"{name}: {values.shape[1]} x {values.shape[2]}", fontsize=9)
    axis.axis("off")
plt.show()
# Look at the dark ground: the maximum picks up its noise, the average loses it.

# %% [markdown]
# ## Problem 6 · Dropout, and error bars from it (3 points)
#
# In training, dropout sets each number to 0 with probability `rate` ($r$), each
# independently of the others, and multiplies those that stay by $1 / (1 - r)$. So the
# mean over many draws is the number itself:
#
# $$y = \frac{b\, x}{1 - r}, \qquad b = \begin{cases} 0 & \text{with probability } r \\
# 1 & \text{with probability } 1 - r. \end{cases}$$
#
# Because of that factor there is nothing to do after training: $y = x$.
#
# One may still drop at test time, on purpose. Each draw is then another thinned network
# with another opinion. Of $T$ draws $\hat y_1 \dots \hat y_T$, Monte-Carlo dropout
# reports the mean and, as the error bar, their spread:
#
# $$\bar y = \frac1T \sum_{t=1}^{T} \hat y_t, \qquad
# \sigma = \sqrt{\frac1T \sum_{t=1}^{T} (\hat y_t - \bar y)^2}.$$
#
# **Make sure to**
#
# - draw the mask $b$ from `seed` alone: the same seed and shape, the same mask. Any
#   generator will do (`np.random.default_rng(seed)`, `keras.random.uniform(...,
#   seed=seed)`);
# - return `x` as it is when `training` is False;
# - call `predict` once for each seed, with the whole batch, and keep mean and spread
#   apart for every number that it returns.
#
# **Not allowed**: `keras.layers.Dropout`, `keras.random.dropout`, and everything in
# `kerasdl.layers`.


# %% solution="dropout"
def dropout(x, rate, training, seed):
    """Dropout of each number.

    Args:
        x: tensor of any shape.
        rate: probability of dropping a number, in [0, 1).
        training: True or False.
        seed: whole number that decides the mask.

    Returns:
        A tensor of the same shape.

    Example: `dropout(tensor([3.0, 6.0]), 0.25, True, 0)` is one of `[0, 0]`, `[4, 0]`,
    `[0, 8]`, `[4, 8]`; with `training = False` it is `[3, 6]`.
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    kept = np.random.default_rng(seed).random(tuple(x.shape)) >= rate
    return x * tensor(kept) / (1.0 - rate)
    ### END SOLUTION


# %% solution="mc_dropout"
def mc_dropout(predict, x, seeds):
    """The mean and the spread of a network's answers under dropout.

    Args:
        predict: function (x, seed) to a tensor of shape (B, outputs): one draw.
        x: tensor of shape (B, ...), a batch of inputs.
        seeds: list of T whole numbers, one per draw.

    Returns:
        (mean, spread), both of shape (B, outputs).

    Example: where `predict` returns `[[1.0]]` for one seed and `[[5.0]]` for the other,
    the mean is `[[3.0]]` and the spread `[[2.0]]`.
    """
    ### BEGIN SOLUTION
    draws = np.stack([ops.convert_to_numpy(predict(x, seed)) for seed in seeds])
    return draws.mean(axis=0), draws.std(axis=0)
    ### END SOLUTION


# %% test="dropout" points=3
x = tensor(np.full((50, 40), 3.0))
check.close(dropout(x, 0.25, False, 0), x, "After training nothing is dropped.")
dropped = ops.convert_to_numpy(dropout(x, 0.25, True, 0))
is_zero = dropped == 0
assert np.ptp(np.mean(is_zero, axis=1)) > 0, "every row has the same mask, or none"
assert np.ptp(np.mean(is_zero, axis=0)) > 0, "every column has the same mask"
share = np.mean(is_zero)
assert 0.2 < share < 0.3, f"{share:.0%} are 0, expected about 25 %: look at the mask"
check.close(dropped[dropped != 0].max(), 4.0, "What stays is divided by 1 - rate.")
check.close(dropped[dropped != 0].min(), 4.0, "What stays is divided by 1 - rate.")
check.close(dropout(x, 0.25, True, 0), dropped, "The same seed gives the same mask.")
other = ops.convert_to_numpy(dropout(x, 0.25, True, 1))
assert np.any(other != dropped), "another seed must give another mask"


def two_opinions(x, seed):
    return x * (1.0 + 4.0 * seed)


mean, spread = mc_dropout(two_opinions, tensor([[1.0, -2.0], [0.0, 3.0]]), [0, 1])
check.close(mean, [[3, -6], [0, 9]], "The mean of 1 and 5 times the input.")
check.close(spread, [[2, 4], [0, 6]], "How far the draws are from their mean.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# A uniform number from $[0, 1)$ is at least $r$ with probability $1 - r$. A mask from
# NumPy and `x` must become of one kind before they meet: `tensor(mask)`, or `x` as an
# array.
#
# For the second, collect the draws in a list, stack them along a new first axis, and
# take mean and standard deviation along that axis.
# </details>

# %% picture="dropout"
rng = np.random.default_rng(0)
shown_x = np.concatenate([rng.uniform(-3, -0.5, 60), rng.uniform(0.5, 2, 40)])[:, None]
shown_y = np.sin(2 * shown_x) + 0.1 * rng.normal(size=shown_x.shape)
hidden = [keras.layers.Dense(64, activation="relu") for _ in range(2)]
wave = keras.Sequential(
    [
        keras.Input((1,)),
        hidden[0],
        keras.layers.Dropout(0.1),
        hidden[1],
        keras.layers.Dropout(0.1),
        keras.layers.Dense(1),
    ]
)
wave.compile(keras.optimizers.Adam(0.01), loss="mse")
wave.fit(np.tile(shown_x, (300, 1)), np.tile(shown_y, (300, 1)), 100, verbose=0)


def one_draw(x, seed):
    """The trained network, thinned by your dropout."""
    for number, layer in enumerate(hidden):
        x = dropout(layer(x), 0.1, True, 2 * seed + number)
    return wave.layers[-1](x)


grid = np.linspace(-5, 4, 100)[:, None]
mean, spread = mc_dropout(one_draw, tensor(grid), list(range(50)))
mean, spread = ops.convert_to_numpy(mean)[:, 0], ops.convert_to_numpy(spread)[:, 0]
plt.plot(shown_x, shown_y, ".", label="training data")
plt.plot(grid, mean, label="mean of 50 draws")
plt.fill_between(
    grid[:, 0],
    mean - 2 * spread,
    mean + 2 * spread,
    alpha=0.3,
    label="2 spreads to each side",
)
plt.legend()
plt.show()
# Look at where there were no data: left and right the bars grow. Do they in the gap?

# %% [markdown]
# ## Problem 7 · Batch normalisation (3 points)
#
# Each channel gets mean 0 and variance 1 over the batch, and then a scale $\gamma$ and
# a shift $\beta$ that are learned, one number of each per channel. With $x_1 \dots x_m$
# all $m$ numbers of *one channel*, from all examples and, in images, all places:
#
# $$\mu = \frac1m \sum_i x_i, \qquad \sigma^2 = \frac1m \sum_i (x_i - \mu)^2, \qquad
# y_i = \gamma\, \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta .$$
#
# That needs a batch. To answer for a single example after training, the layer keeps
# running averages, which in each training step become
#
# $$\text{running} \leftarrow \text{momentum} \cdot \text{running} +
# (1 - \text{momentum}) \cdot \text{of this batch},$$
#
# for the mean and for the variance, the latter divided by $m$ (not $m - 1$) here as
# well. In inference they stand in for $\mu$ and $\sigma^2$.
#
# **Make sure to**
#
# - take the statistics over all axes but the last: `x` may have the shape $(B, C)$ or
#   $(B, H, W, C)$;
# - have $\varepsilon$ under the root, in inference, too;
# - return new running averages, and leave those that you were given alone.
#
# **Not allowed**: `keras.layers.BatchNormalization`,
# `keras.ops.batch_normalization`, and everything in `kerasdl.layers`.


# %% solution="batch_norm_training"
def batch_norm_training(
    x, gamma, beta, running_mean, running_variance, momentum, epsilon
):
    """Batch normalisation in a training step.

    Args:
        x: tensor of shape (B, ..., C).
        gamma, beta: tensors of shape (C,).
        running_mean, running_variance: tensors of shape (C,), before this step.
        momentum: number in [0, 1): the share of the old running averages.
        epsilon: small number, above 0.

    Returns:
        (y, new_running_mean, new_running_variance) of shapes (B, ..., C), (C,), (C,).

    Example: `x = [[1], [5]]`, `gamma = [2]`, `beta = [1]`, running averages `[0]` and
    `[1]`, `momentum = 0.75` and a tiny `epsilon` give about `[[-1], [3]]`, `[0.75]`,
    `[1.75]`.
    """
    ### BEGIN SOLUTION
    axes = tuple(range(len(x.shape) - 1))
    mean = ops.mean(x, axis=axes)
    variance = ops.mean((x - mean) ** 2, axis=axes)
    y = gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    return (
        y,
        momentum * running_mean + (1.0 - momentum) * mean,
        momentum * running_variance + (1.0 - momentum) * variance,
    )
    ### END SOLUTION


# %% solution="batch_norm_inference"
def batch_norm_inference(x, gamma, beta, running_mean, running_variance, epsilon):
    """Batch normalisation after training.

    Args:
        x: tensor of shape (B, ..., C).
        gamma, beta: tensors of shape (C,).
        running_mean, running_variance: tensors of shape (C,).
        epsilon: small number, above 0.

    Returns:
        A tensor of the shape of `x`.

    Example: `x = [[3]]`, `gamma = [2]`, `beta = [1]`, running averages `[1]` and `[4]`
    and a tiny `epsilon` give about `[[3]]`.
    """
    ### BEGIN SOLUTION
    scaled = (x - running_mean) / ops.sqrt(running_variance + epsilon)
    return gamma * scaled + beta
    ### END SOLUTION


# %% test="batch_norm" points=3
one, two = tensor([1.0]), tensor([2.0])
y, mean, variance = batch_norm_training(
    tensor([[1.0], [5.0]]), two, one, tensor([0.0]), one, 0.75, 1e-6
)
check.close(y, [[-1], [3]], "The docstring's example: look at gamma and beta.")
check.close(mean, [0.75], "A quarter of the batch's mean 3, three of the old 0.")
check.close(variance, [1.75], "A quarter of the batch's variance 4, the rest old.")
check.close(
    batch_norm_inference(tensor([[3.0]]), two, one, one, tensor([4.0]), 1e-6),
    [[3]],
    "The docstring's example: use the running averages.",
)
y, _, _ = batch_norm_training(
    tensor([[1.0], [5.0]]), two, one, tensor([0.0]), one, 0.75, 5.0
)
check.close(y, [[-1 / 3], [7 / 3]], "With epsilon 5 the root is that of 4 + 5.")
check.close(
    batch_norm_inference(tensor([[3.0]]), two, one, one, tensor([4.0]), 5.0),
    [[7 / 3]],
    "In inference, too, epsilon is added under the root.",
)
rng = np.random.default_rng(0)
x = tensor(3 + 2 * rng.normal(size=(4, 3, 5, 2)))
plain = [tensor(values) for values in ([1, 1], [0, 0], [0, 0], [1, 1])]
y, mean, variance = batch_norm_training(x, *plain, 0.9, 1e-5)
check.shape(y, (4, 3, 5, 2), "Normalisation keeps the shape.")
check.shape(mean, (2,), "One running mean per channel.")
flat = ops.convert_to_numpy(y).reshape(-1, 2)
check.close(flat.mean(axis=0), [0, 0], "Each channel gets mean 0.", tolerance=1e-4)
check.close(flat.var(axis=0), [1, 1], "Each channel gets variance 1.", tolerance=1e-3)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# The axes to average over are all but the last, `tuple(range(len(x.shape) - 1))`. What
# remains has the shape $(C)$, and numbers of shape $(C)$ are applied along the last
# axis of $(B, H, W, C)$ without any reshaping.
# </details>

# %% picture="batch_norm"
rng = np.random.default_rng(0)
stream = [4 + 2 * rng.normal(size=(16, 1)) for _ in range(60)]
states = [(tensor([0.0]), tensor([1.0]))]
for batch in stream:
    _, *state = batch_norm_training(tensor(batch), one, one, *states[-1], 0.9, 1e-5)
    states.append(state)
for place, name in enumerate(("mean", "variance")):
    plt.plot(
        [float(ops.convert_to_numpy(s[place])[0]) for s in states],
        label=f"running {name}",
    )
plt.axhline(4, linestyle="--", color="0.5", label="mean and variance of the data")
plt.xlabel("training step")
plt.legend()
plt.show()
# Look at how long it takes: a network that is tested after ten steps is not ready yet.

# %% [markdown]
# ## Problem 8 · A classifier of the size of LeNet (2 points)
#
# Now a convolutional classifier, with everything that Keras offers. The digits are
# images of $8 \times 8$ pixels with one channel, in $[0, 1]$; the classes are
# $0 \dots 9$. Some 700 images are for training.
#
# `train_classifier` builds a model, trains it, and returns it. Its `predict` must turn
# $(N, 8, 8, 1)$ into $(N, 10)$ class probabilities.
#
# **Make sure to**
#
# - have at least one convolution (a weight of four axes), and at most **20 000
#   parameters**: LeNet, for images sixteen times as large, has three times as many;
# - end in a softmax over *ten* classes, also if some class does not occur in the
#   training labels;
# - learn from `x_train` and `y_train` only. The validation set is for watching;
# - learn the labels that you are *given*. The checks rename the classes, so a model
#   trained elsewhere is of no use;
# - build a new model in every call, and stay below 10 seconds a call on a machine that
#   does nothing else (the checks wait three times as long). Correct solutions get over
#   90 % of unseen digits right; the checks ask for 75 %.


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    """Trains a small convolutional network on digits.

    Args:
        x_train: array of shape (N, 8, 8, 1), values in [0, 1].
        y_train: integer array of shape (N,), values in 0 ... 9.
        x_validation: array of shape (M, 8, 8, 1), to watch only.
        y_validation: integer array of shape (M,), to watch only.

    Returns:
        A trained Keras model; `model.predict(x)` of x (N, 8, 8, 1) has shape (N, 10).

    Example: `train_classifier(...).predict(np.zeros((2, 8, 8, 1))).sum(axis=1)` is
    about `[1.0, 1.0]`.
    """
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(x_train, y_train, batch_size=32, epochs=6, verbose=0)
    return model
    ### END SOLUTION


# %% test="classifier" points=2
images, labels = data.load("digits", "train")
test_images, test_labels = data.load("digits", "test")
model = train_classifier(images[:700], labels[:700], images[700:900], labels[700:900])
probabilities = model.predict(test_images, verbose=0)
check.shape(probabilities, (len(test_images), 10), "predict gives a column per class.")
check.close(
    probabilities.sum(axis=1),
    np.ones(len(test_images)),
    "Each row of predictions sums to 1; look at the last activation.",
    tolerance=1e-3,
)
accuracy = np.mean(probabilities.argmax(axis=1) == test_labels)
print(f"{accuracy:.1%} of the test images right, {model.count_params()} parameters")
assert accuracy > 0.75, f"{accuracy:.0%} right: look at the rate and number of epochs"
assert model.count_params() <= 20_000, "too many parameters: where are most of them?"
assert any(len(w.shape) == 4 for w in model.weights), "there is no convolution"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Convolution, ReLU, pooling, twice; then flatten, a dense layer and the softmax. Eight
# and sixteen filters of $3 \times 3$ are enough. With `padding="same"` the sides go
# 8, 4, 2. Of the parameters, most sit in the first dense layer.
# </details>

# %% picture="classifier"
guesses = probabilities.argmax(axis=1)
shown = np.concatenate([np.flatnonzero(guesses != test_labels)[:6], np.arange(12)])[:12]
plot.image_grid(
    test_images[shown],
    [f"{guesses[i]} (is {test_labels[i]})" for i in shown],
    columns=6,
)
kernel = next(weight for weight in model.weights if len(weight.shape) == 4)
plot.filters(ops.convert_to_numpy(kernel)[:, :, :1, :8])
plt.show()
# Look at the first filters: which of them find edges, and in which direction?

# %% [markdown]
# ## Problem 9 · Where does it look? (3 points)
#
# Two answers to the question which pixels a decision rests on. Both need gradients. The
# library has `autodiff.grad`: it takes a function from a tensor to *one number*, and
# gives the function of the same tensor that returns the gradient. (Whatever gives right
# gradients is fine.)
#
# The **saliency map** says by how much the score of class $c$ would change with each
# pixel. For several channels it takes the largest:
#
# $$S(i, j) = \max_{\text{channels } k}
# \Big| \frac{\partial\, \text{score}_c}{\partial\, x(i, j, k)} \Big| .$$
#
# **Grad-CAM** asks the feature maps $A$ of a convolution, of shape $(h, w, K)$, where
# each $A_k$ has found its pattern at known places. A map counts by how much the score
# grows with it, the *mean* over its $h w$ places, and only what speaks *for* the class
# is shown:
#
# $$\alpha_k = \frac{1}{h w} \sum_{i, j}
# \frac{\partial\, \text{score}_c}{\partial A(i, j, k)}, \qquad
# G(i, j) = \max\Big(0, \sum_k \alpha_k A(i, j, k)\Big) .$$
#
# **Make sure to**
#
# - give `score` and `head` a *batch*: both take one more axis in front than `image` and
#   `features` have, and return scores of shape (B, classes);
# - take the derivative of the class that is asked for, not of the largest score and not
#   of all of them.


# %% solution="saliency"
def saliency(score, image, label):
    """How strongly a class's score depends on each pixel.

    Args:
        score: function, images (B, H, W, C) to scores (B, classes), as a model.
        image: tensor of shape (H, W, C).
        label: whole number, the class c.

    Returns:
        A tensor of shape (H, W), nowhere negative.

    Example: where class 1's score is 2 times the first pixel minus 3 times the second,
    the map of an image of shape (1, 2, 1) for label 1 is `[[2, 3]]`.
    """
    ### BEGIN SOLUTION
    slopes = autodiff.grad(lambda x: score(x[None])[0, label])(image)
    return ops.max(ops.abs(slopes), axis=-1)
    ### END SOLUTION


# %% solution="grad_cam"
def grad_cam(head, features, label):
    """Where feature maps speak for a class.

    Args:
        head: function, feature maps (B, h, w, K) to scores (B, classes).
        features: tensor of shape (h, w, K), the feature maps of one image.
        label: whole number, the class c.

    Returns:
        A tensor of shape (h, w), nowhere negative.

    Example: with features `[[[1], [-2]]]` of shape (1, 2, 1) and a head whose class 0
    is 3 times the *sum* of all features, alpha is `[3]` and the map is `[[3, 0]]`.
    """
    ### BEGIN SOLUTION
    slopes = autodiff.grad(lambda a: head(a[None])[0, label])(features)
    weights = ops.mean(slopes, axis=(0, 1))
    return ops.relu(ops.sum(weights * features, axis=-1))
    ### END SOLUTION


# %% test="saliency" points=3
def two_classes(x):
    """Scores (B, 2): the first is the sum, the second 2 x first - 3 x second pixel."""
    flat = ops.reshape(x, (-1, 2))
    return ops.stack([flat[:, 0] + flat[:, 1], 2 * flat[:, 0] - 3 * flat[:, 1]], axis=1)


check.close(
    saliency(two_classes, tensor([[[5.0], [7.0]]]), 1),
    [[2, 3]],
    "The docstring's example: the slopes of class 1 without their signs.",
)
check.close(
    saliency(two_classes, tensor([[[5.0, 7.0]]]), 1),
    [[3]],
    "One pixel with two channels: the largest of the two.",
)
check.close(
    grad_cam(lambda a: 3 * two_classes(a), tensor([[[1.0], [-2.0]]]), 0),
    [[3, 0]],
    "The docstring's example: alpha is 3; what speaks against the class is 0.",
)
check.close(
    grad_cam(lambda a: 3 * two_classes(a), tensor([[[1.0], [-2.0]]]), 1),
    [[0, 3]],
    "alpha is the mean of 6 and -9.",
)
check.close(
    grad_cam(two_classes, tensor([[[2.0, 1.0]]]), 1),
    [[1]],
    "Two maps at one place, 2 times 2 and -3 times 1: only their sum is cut at 0.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `x[None]` puts an axis in front. The function to differentiate is
# `lambda x: score(x[None])[0, label]`: one number. Take the absolute value *before* the
# largest.
# </details>

# %% picture="saliency"
features = keras.Sequential(
    [
        keras.Input((8, 8, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
    ]
)
head = keras.Sequential(
    [keras.Input((8, 8, 16)), keras.layers.MaxPooling2D(4), keras.layers.Flatten()]
)
head.add(keras.layers.Dense(10))
digits, classes = data.load("digits", "train")
whole = keras.Sequential([keras.Input((8, 8, 1)), features, head])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
whole.compile(keras.optimizers.Adam(0.01), loss)
whole.fit(digits, classes, batch_size=64, epochs=3, verbose=0)
figure, axes = plt.subplots(3, 6, figsize=(8, 4.4), layout="tight")
for column, digit in zip(axes.T, digits[:6], strict=True):
    scores = ops.convert_to_numpy(whole(tensor(digit)[None]))[0]
    label = int(scores.argmax())
    maps = digit[:, :, 0], saliency(whole, tensor(digit), label)
    maps += (grad_cam(head, features(tensor(digit)[None])[0], label),)
    for axis, values in zip(column, maps, strict=True):
        axis.imshow(ops.convert_to_numpy(values), cmap="gray")
        axis.axis("off")
    column[0].set_title(f"it says {label}", fontsize=9)
plt.show()
# Rows: the digit, its saliency, its Grad-CAM. Look at whether the second and third
# agree on where the ink matters, and at pixels that matter *because* they are empty.

# %% [markdown]
# ## Problem 10 · An object that moves (3 points, written)
#
# The digits of $8 \times 8$ pixels now stand in the middle of a dark image of
# $16 \times 16$. Three networks learn them there:
#
# - *dense*: flatten, 64 units, 10 outputs;
# - *convolution, flatten*: two convolutions with a pooling by 2 between them, flatten,
#   10 outputs;
# - *convolution, global maximum*: three convolutions, then the largest value of each
#   feature map over all its places, then 10 outputs.
#
# They are tested on digits that they have not seen, in the middle, and moved to the
# right by 1, 2, 3 and 4 pixels. At 4 they touch the border.
#
# 1. **Predict** before you run the cell: which of the three still work (more than 80 %
#    right) when the digits are moved by 2 pixels?
# 2. **Run** the cell and read off the numbers. They vary by some percent.
# 3. **Explain** in at most 120 words (prediction and numbers do not count). What does a
#    convolution's output do when the object in its input moves? Why is that not enough
#    for the second network? What does the third one gain, and which information does it
#    give away for that? Why does it, too, lose some digits at 4 pixels?


# %% picture="moves"
def moved(digits, pixels):
    """Digits (N, 8, 8, 1) in images (N, 16, 16, 1), to the right of the middle."""
    return np.pad(digits, ((0, 0), (4, 4), (4 + pixels, 4 - pixels), (0, 0)))


def three_networks():
    """By name, the layers of each."""
    convolution = keras.layers.Conv2D
    flatten, pool = keras.layers.Flatten(), keras.layers.MaxPooling2D(2)
    first = [convolution(16, 3, activation="relu"), pool]
    first += [convolution(16, 3, activation="relu"), flatten]
    second = [convolution(n, 3, activation="relu") for n in (16, 24, 32)]
    return {
        "dense": [keras.layers.Flatten(), keras.layers.Dense(64, activation="relu")],
        "convolution, flatten": first,
        "convolution, global maximum": [*second, keras.layers.GlobalMaxPooling2D()],
    }


kerasdl.seed(0)
digits, classes = data.load("digits", "train")
new_digits, new_classes = data.load("digits", "test")
for name, layers in three_networks().items():
    network = keras.Sequential([keras.Input((16, 16, 1)), *layers])
    network.add(keras.layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(0.005), loss)
    network.fit(moved(digits, 0), classes, batch_size=64, epochs=5, verbose=0)
    right = []
    for pixels in range(5):
        scores = network.predict(moved(new_digits, pixels), batch_size=360, verbose=0)
        right.append(100 * np.mean(scores.argmax(axis=1) == new_classes))
    plt.plot(range(5), right, "o-", label=name)
    print(
        f"{name}: right, in %, moved by 0 ... 4:", " ".join(f"{r:.0f}" for r in right)
    )
plt.xlabel("moved by, pixels")
plt.ylabel("right, %")
plt.legend()
plt.show()

# %% [markdown] written="moves" points=3
# **Your prediction, the numbers, and your explanation (that one at most 120 words):**
#
# ### BEGIN SOLUTION
# *Model answer.* Prediction: only the third. Run (0, 1, 2, 3, 4 pixels): dense 94, 37,
# 12, 16, 18 %; convolution and flatten 97, 54, 19, 15, 15 %; global maximum 97, 97, 97,
# 95, 83 %.
#
# Explanation: the same filter looks everywhere, so when the digit moves, each feature
# map moves with it and is otherwise the same (equivariance). After flattening, the
# dense layer has a weight of its own for every place, and those of the new places were
# trained on darkness: the second network is nearly as lost as the first. Pooling by 2
# only softens the first pixel. The maximum over all places does not change when a map
# moves (invariance). It gives away *where* something was found: how far parts stand
# from each other counts only within a receptive field. At 4 pixels windows that would
# reach past the border are missing, as nothing is padded; their answers are lost.
#
# *Marks.* 1 point: a prediction and the numbers of the run, compared (a wrong
# prediction earns it too). 1 point: the maps move with the object, and the dense layer
# after the flattening ties weights to places. 1 point: the global maximum forgets the
# place, with what it gains (no change when a map moves) and what it gives away (where
# it was, or the arrangement of parts); without the border at 4 pixels minus 0.5.
# Beyond 150 words of explanation, minus 0.5.
# ### END SOLUTION
