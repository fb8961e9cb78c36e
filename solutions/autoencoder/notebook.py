# %% [markdown]
# # Assignment 5 · Autoencoders
#
# A network that has to give back its own input, through a bottleneck. You show what the
# simplest one learns, build deep and denoising ones, turn one into a generator (the
# VAE), and give one a code of whole numbers (vector quantisation).
#
# **You will learn to**
#
# - choose a reconstruction loss and know what it sums over;
# - compare *subspaces*, and see that a linear autoencoder finds the one of PCA;
# - train a denoiser without a single clean-up rule;
# - write the sample of a VAE so that gradients pass, its KL term, and its bound;
# - generate, interpolate, and do arithmetic with codes;
# - pass a gradient through a step that has none.
#
# | problem | points | hours, about |
# |---|---|---|
# | 1 Reconstruction losses | 2 | 0.5 |
# | 2 PCA and angles between subspaces | 3 | 0.75 |
# | 3 The linear autoencoder | 4 | 1.25 |
# | 4 Deep and denoising | 4 | 1 |
# | 5 Sample and KL of a VAE | 4 | 0.5 |
# | 6 The evidence lower bound | 4 | 0.75 |
# | 7 What to do with a latent space | 4 | 0.75 |
# | 8 Vector quantisation | 5 | 1 |
# | 9 A code that carries nothing (written) | 3 | 0.75 |
# | **together** | **33** | **7.25** |
#
# **How it is marked.** Each hole says `raise NotImplementedError()`: replace that line.
# The visible tests under a problem are there to help you; they give no points. When
# your notebook is marked, hidden checks with other sizes and other numbers look at one
# idea each, and every idea that is right earns its part of the points. Each problem is
# marked by itself: nothing in problem 6 needs a right problem 5. Problem 9 is marked by
# a person.
#
# **Rules**
#
# - Keep the names and the arguments of the functions. You may add functions, cells and
#   imports of anything that is installed here, with one exception: parts of `kerasdl`
#   hold what you are to write. The problems name them; while such a problem is marked
#   they raise an error, also under another name. The visible tests do not notice.
# - Your functions receive *tensors* of whatever library runs under Keras, float32, or
#   int32 for whole numbers. `keras.ops` takes them as they are. Return tensors, arrays,
#   numbers, or lists and tuples of them, as the text says.
# - Where the checks take **gradients** of your functions (problems 5 and 6; `quantise`
#   and `vq_loss` in problem 8), stay with `keras.ops`: NumPy cuts the gradient off. An
#   error that advises to *detach* a tensor, or speaks of a *tracer*, means that NumPy
#   has touched it. Elsewhere NumPy is fine: begin with `x = ops.convert_to_numpy(x)`,
#   for mixing tensors and arrays fails on some backends.
# - Random numbers are *arguments* (`noise`, `uniform`) wherever that is possible. Use
#   those, and draw none of your own.
# - No cell of yours should run longer than 30 seconds. Before you hand in, restart the
#   kernel and run all cells.

# %% given="setup"
import kerasdl  # isort: skip  (first: it says what to do if the backend is missing)
from collections import namedtuple

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
# ## Problem 1 · Reconstruction losses (2 points)
#
# How far is a reconstruction $\hat x$ from $x$? Two answers, **for each example of the
# batch**, where $i$ runs over all numbers of one example (pixels, rows, channels):
#
# $$\sum_i (x_i - \hat x_i)^2 \qquad\text{and}\qquad
# -\sum_i \big[x_i \log p_i + (1 - x_i) \log(1 - p_i)\big],
# \quad p_i = \frac{1}{1 + e^{-l_i}}.$$
#
# The first is the squared error. The second, for $x_i \in [0, 1]$, is minus the
# log-likelihood of independent coins with probabilities $p_i$; the network gives the
# *logits* $l_i$, and one term can be written without any $p$:
#
# $$-\big[x \log p + (1 - x) \log(1 - p)\big] = \log(1 + e^{l}) - x\,l .$$
#
# **Make sure to**
#
# - **sum** over all axes but the first: `(B, F)` and `(B, 8, 8, 1)` both give `(B,)`.
#   A mean over pixels would weaken the reconstruction against the KL term, later on;
# - get right values for logits of several hundred: float32 ends at $e^{88}$, and
#   $\log(1 - p)$ is $-\infty$ as soon as $p$ is rounded to 1;
# - do without `kerasdl.losses` and `kerasdl.divergences`.


# %% solution="squared_error"
def squared_error(x, reconstruction):
    """Sum of squared differences of each example.

    Args:
        x: tensor of shape (B, ...).
        reconstruction: tensor of the same shape.

    Returns:
        Shape (B,).

    Example: `squared_error(tensor([[1, 2], [0, 0]]), tensor([[1, 4], [3, 4]]))` is
    `[4, 25]`.
    """
    ### BEGIN SOLUTION
    return ops.sum(ops.square(x - reconstruction), axis=tuple(range(1, len(x.shape))))
    ### END SOLUTION


# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    """Minus the log-likelihood of independent coins, of each example.

    Args:
        x: tensor of shape (B, ...), values in [0, 1].
        logits: tensor of the same shape, any values.

    Returns:
        Shape (B,).

    Example: `binary_cross_entropy(tensor([[1, 0]]), tensor([[0, 0]]))` is about
    `[1.386]`, two times the logarithm of 2.
    """
    ### BEGIN SOLUTION
    terms = ops.softplus(logits) - x * logits
    return ops.sum(terms, axis=tuple(range(1, len(x.shape))))
    ### END SOLUTION


# %% test="losses" points=2
check.close(
    squared_error(tensor([[1, 2], [0, 0]]), tensor([[1, 4], [3, 4]])),
    [4.0, 25.0],
    "The docstring's example: one sum per example.",
)
check.close(
    binary_cross_entropy(tensor([[1, 0]]), tensor([[0, 0]])),
    [2 * np.log(2)],
    "Logits of 0 are fair coins: log 2 for each pixel.",
)
rng = np.random.default_rng(0)
images, logits = rng.random((3, 4, 4, 1)), rng.normal(size=(3, 4, 4, 1))
for name, of_images in (
    ("squared_error", squared_error),
    ("binary_cross_entropy", binary_cross_entropy),
):
    flat_losses = of_images(
        tensor(images.reshape(3, 16)), tensor(logits.reshape(3, 16))
    )
    check.shape(flat_losses, (3,), f"{name} gives one number per example.")
    check.close(
        of_images(tensor(images), tensor(logits)),
        flat_losses,
        f"{name} of images is that of the same numbers in a row.",
    )
whiteness = 1 / (1 + np.exp(-logits))
by_formula = -(images * np.log(whiteness) + (1 - images) * np.log(1 - whiteness))
check.close(
    binary_cross_entropy(tensor(images), tensor(logits)),
    by_formula.sum(axis=(1, 2, 3)),
    "Compared with the formula in p.",
    tolerance=1e-4,
)
check.close(
    binary_cross_entropy(tensor([[0, 1, 1]]), tensor([[400, -200, 300]])),
    [600.0],
    "Surely wrong costs |l|, surely right nothing; look for a clipped logarithm.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.softplus(l)` is $\log(1 + e^l)$ and knows what to do with large $l$. By hand:
# $\max(l, 0) + \log(1 + e^{-|l|})$. All axes but the first are
# `tuple(range(1, len(x.shape)))`; or reshape to `(B, -1)` first.
# </details>

# %% picture="losses"
grey = np.linspace(0.02, 0.98, 200)
for target in (0.0, 0.5, 1.0):
    x = tensor(np.full((200, 1), target))
    entropies = binary_cross_entropy(x, tensor(np.log(grey / (1 - grey))[:, None]))
    (line,) = plt.plot(grey, ops.convert_to_numpy(entropies), label=f"x = {target}")
    errors = ops.convert_to_numpy(squared_error(x, tensor(grey[:, None])))
    plt.plot(grey, errors, "--", color=line.get_color())
plt.xlabel("reconstructed pixel")
plt.ylabel("cross-entropy (lines), squared error (dashed)")
plt.legend()
plt.show()
# Look at where each is smallest, and at what a sure mistake costs.

# %% [markdown]
# ## Problem 2 · PCA and angles between subspaces (3 points)
#
# PCA describes each row $x$ of a table $(N, d)$ by $k$ numbers. With the mean $\mu$ of
# the rows and $k$ axes as the *columns* of $W$, of shape $(d, k)$,
#
# $$z = (x - \mu)\, W, \qquad \hat x = \mu + z\, W^\top, \qquad W^\top W = I_k .$$
#
# The axes are the directions of largest variance: the right singular vectors of the
# centred table (or the eigenvectors of its covariance) that belong to the $k$ largest
# values, **largest first**. Their signs are free. (Where $k < d$ only $W^\top W$ can be
# an identity. The $d \times d$ matrix $W W^\top$ never is one: it is the projection.)
#
# Two matrices can look quite different and still span the same plane. What compares
# spans are the **principal angles**: bring both bases to orthonormal columns $Q_1$,
# $Q_2$ (QR decomposition). The singular values of $Q_1^\top Q_2$ are the cosines of the
# $k$ angles. All are 0 exactly where the spans are equal.
#
# **Make sure to**
#
# - subtract the mean before you look for axes;
# - return angles in **degrees**, smallest first. Rounding makes some cosines a little
#   larger than 1: the angle is then 0, not NaN;
# - accept any basis in `principal_angles`: columns of any length, not orthogonal;
# - do without `kerasdl.subspaces`.


# %% solution="pca"
def pca(x, dim):
    """Mean and principal axes of the rows of a table.

    Args:
        x: tensor of shape (N, d), not centred.
        dim: number of axes, at most d.

    Returns:
        (mean, axes) of shapes (d,) and (d, dim).

    Example: for the rows `[1, 0], [3, 0], [2, 1], [2, -1], [0, 0], [4, 0]` and
    `dim = 1`, the mean is `[2, 0]` and the axis `[[1], [0]]` or `[[-1], [0]]`.
    """
    ### BEGIN SOLUTION
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean(axis=0)
    _, _, rows = np.linalg.svd(x - mean, full_matrices=False)
    return mean, rows[:dim].T
    ### END SOLUTION


# %% solution="principal_angles"
def principal_angles(first, second):
    """Angles between the spans of two bases.

    Args:
        first: tensor of shape (d, k); its columns are independent.
        second: tensor of shape (d, k), likewise.

    Returns:
        Shape (k,): degrees in [0, 90], smallest first.

    Example: the x-y plane and the x-z plane of space, `[[1, 0], [0, 1], [0, 0]]` and
    `[[1, 0], [0, 0], [0, 1]]`, share one direction: the angles are `[0, 90]`.
    """
    ### BEGIN SOLUTION
    bases = (ops.convert_to_numpy(basis).astype("float64") for basis in (first, second))
    one, two = (np.linalg.qr(basis)[0] for basis in bases)
    cosines = np.linalg.svd(one.T @ two, compute_uv=False)
    return np.degrees(np.arccos(np.clip(cosines, -1.0, 1.0)))
    ### END SOLUTION


# %% test="subspaces" points=3
rows = [[1, 0], [3, 0], [2, 1], [2, -1], [0, 0], [4, 0]]
mean, axes = pca(tensor(rows), 1)
check.close(mean, [2.0, 0.0], "The docstring's example: the mean of each column.")
check.shape(axes, (2, 1), "axes has a row per feature and a column per axis.")
check.close(
    np.abs(ops.convert_to_numpy(axes)), [[1.0], [0.0]], "It varies most along x."
)
rng = np.random.default_rng(1)
x = rng.normal(size=(50, 4)) * [3.0, 0.5, 2.0, 1.0] + [5.0, 5.0, 0.0, 0.0]
mean, axes = (ops.convert_to_numpy(part) for part in pca(tensor(x), 3))
check.close(axes.T @ axes, np.eye(3), "The columns are orthonormal.", tolerance=1e-4)
variances = np.var((x - mean) @ axes, axis=0)
assert list(variances) == sorted(variances)[::-1], "largest variance first"
left_out = np.var(x, axis=0).sum() - variances.sum()
assert left_out < 0.4, "look at which axes you keep, and whether you centre"

xy = tensor([[1, 0], [0, 1], [0, 0]])
xz = tensor([[1, 0], [0, 0], [0, 1]])
check.close(
    principal_angles(xy, xz),
    [0.0, 90.0],
    "The docstring's example: look at the order, and at degrees.",
    tolerance=0.1,
)
check.close(
    principal_angles(tensor([[3], [0]]), tensor([[2], [2]])),
    [45.0],
    "A line and its diagonal: look at the lengths of the columns, and at degrees.",
    tolerance=1e-3,
)
check.close(
    principal_angles(xy, tensor([[1, 5], [2, 1], [0, 0]])),
    [0.0, 0.0],
    "Another basis of the same plane: make both orthonormal.",
    tolerance=0.5,
)
same = [tensor(rng.normal(size=(6, 2))) for _ in range(100)]
check.close(
    [principal_angles(basis, basis) for basis in same],
    np.zeros((100, 2)),
    "A span and itself, often: watch for cosines a little larger than 1.",
    tolerance=0.5,
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.svd(centred, full_matrices=False)` returns `u, s, rows`: the rows of the
# third part are the axes, largest singular value first. `np.linalg.eigh` returns
# eigenvalues in *ascending* order. `np.linalg.qr(basis)[0]` is an orthonormal basis;
# `np.clip` the cosines before `np.arccos`.
# </details>

# %% picture="subspaces"
images, _ = data.load("digits", "train")
table = images.reshape(-1, 64)
mean, axes = (ops.convert_to_numpy(part) for part in pca(tensor(table), 30))
shown = [table[0]]
for k in (1, 2, 5, 10, 30):
    shown.append(mean + (table[0] - mean) @ axes[:, :k] @ axes[:, :k].T)
titles = ["digit", "1 number", *(f"{k} numbers" for k in (2, 5, 10, 30))]
plot.image_grid(np.reshape(shown, (-1, 8, 8)), titles)
# Look at how few numbers are enough to tell which digit it is.

# %% [markdown]
# ## Problem 3 · The linear autoencoder (4 points)
#
# Encoder and decoder are one matrix each, $W_E$ of shape $(d, k)$ and $W_D$ of shape
# $(k, d)$, without activation. For rows $x_i$ that are centred already,
#
# $$L(W_E, W_D) = \frac1B \sum_{i=1}^{B} \lVert x_i W_E W_D - x_i \rVert^2 .$$
#
# With the table $X$ of shape $(B, d)$ and the residuals $R = X W_E W_D - X$ the
# gradients are
#
# $$\frac{\partial L}{\partial W_D} = \frac2B\, W_E^\top X^\top R, \qquad
# \frac{\partial L}{\partial W_E} = \frac2B\, X^\top R\, W_D^\top .$$
#
# At the minimum, $W_E W_D$ is the projection on the span of the first $k$ principal
# axes, and $W_D W_E = I_k$. Nobody has to demand that: it follows from the loss. But
# the *matrices* are not those of PCA: $W_E A$ and $A^{-1} W_D$ do as well for every
# invertible $A$. So the span of the decoder's rows is what we compare. (What the random
# start leaves in the *encoder*, along directions in which the data hardly vary, dies
# slowly and harms little. So the checks look at the decoder's span and at the
# reconstruction error, not at $W_E W_D$ itself.)
#
# You write the gradients, and the training by gradient descent (Adam, Keras and the
# like count as gradient descent; a closed formula does not).
#
# **Make sure to**
#
# - take the mean over the examples, and the sum over the features;
# - centre in `train_linear`: its `x` is not centred, and it returns the mean. One mean
#   for each feature;
# - start from small random matrices (normal numbers with a standard deviation of 0.01
#   to 0.3 do) that `seed` decides: the same seed must end in the same matrices, another
#   seed in others, with the same span;
# - train long enough. The tables of the checks are like the visible one: 100 to 200
#   rows, 5 to 8 features, standard deviations of at most 1 along the principal axes,
#   and a clear gap behind the first $k$. There, plain gradient descent is stable with
#   learning rates up to about 0.3, and needs some hundred steps with the whole table:
#   a second or two a call;
# - do without `kerasdl.models` and `kerasdl.subspaces`.
#
# `train_linear` is handed the function `gradients`: a right `linear_gradients`, of the
# same arguments and results. Use it, or not. The one that is handed over takes tensors,
# or arrays, and gives back the same kind; yours may return either.


# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    """Gradients of the mean squared reconstruction error.

    Args:
        encoder: tensor of shape (d, k).
        decoder: tensor of shape (k, d).
        x: tensor of shape (B, d), centred.

    Returns:
        (d_encoder, d_decoder) of shapes (d, k) and (k, d).

    Example: `encoder = [[1], [0]]`, `decoder = [[0.5, 0]]` and `x = [[2, 1]]` have the
    residuals `[[-1, -1]]`, and give `[[-2], [-1]]` and `[[-4, -4]]`.
    """
    ### BEGIN SOLUTION
    codes = ops.matmul(x, encoder)
    residuals = ops.matmul(codes, decoder) - x
    scaled = residuals * (2.0 / x.shape[0])
    d_decoder = ops.matmul(ops.transpose(codes), scaled)
    d_codes = ops.matmul(scaled, ops.transpose(decoder))
    return ops.matmul(ops.transpose(x), d_codes), d_decoder
    ### END SOLUTION


# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    """Trains a linear autoencoder by gradient descent.

    Args:
        x: tensor of shape (N, d), not centred.
        dim: k, the number of codes.
        seed: integer that decides the initial matrices.
        gradients: function (encoder, decoder, x) to (d_encoder, d_decoder).

    Returns:
        (mean, encoder, decoder) of shapes (d,), (d, k), (k, d), such that
        `(x - mean) @ encoder @ decoder + mean` is the reconstruction of x.

    Example: `mean, encoder, decoder = train_linear(x, 2, 0, gradients)`; then
    `decoder @ encoder` is nearly the identity.
    """
    ### BEGIN SOLUTION
    x = ops.convert_to_numpy(x)
    mean = x.mean(axis=0)
    rng = np.random.default_rng(seed)
    encoder = rng.normal(0, 0.3, (x.shape[1], dim)).astype("float32")
    decoder = rng.normal(0, 0.3, (dim, x.shape[1])).astype("float32")
    for _ in range(600):
        d_encoder, d_decoder = gradients(encoder, decoder, x - mean)
        encoder = encoder - 0.15 * d_encoder
        decoder = decoder - 0.15 * d_decoder
    return mean, encoder, decoder
    ### END SOLUTION


# %% test="linear" points=4
rng = np.random.default_rng(2)
directions = np.linalg.qr(rng.normal(size=(6, 6)))[0]
numbers = rng.normal(size=(150, 6)) * [1.0, 0.8, 0.2, 0.15, 0.1, 0.1]
table = numbers @ directions.T + rng.normal(size=6)
best = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)[2][:2]


def error_of_tensors(encoder, decoder, rows):
    residuals = ops.matmul(ops.matmul(rows, encoder), decoder) - rows
    return ops.sum(ops.square(residuals)) / rows.shape[0]


slopes_of_error = autodiff.jit(autodiff.grad(error_of_tensors, argnums=(0, 1)))


def right_gradients(encoder, decoder, x):
    """What the checks hand to `train_linear`, by automatic differentiation."""
    given = [ops.convert_to_tensor(part, "float32") for part in (encoder, decoder, x)]
    slopes = slopes_of_error(*given)
    if isinstance(encoder, np.ndarray):
        slopes = tuple(ops.convert_to_numpy(slope) for slope in slopes)
    return slopes


found = linear_gradients(tensor([[1], [0]]), tensor([[0.5, 0]]), tensor([[2, 1]]))
check.close(found[0], [[-2.0], [-1.0]], "The docstring's example: d_encoder.")
check.close(found[1], [[-4.0, -4.0]], "The docstring's example: d_decoder.")
encoder, decoder, x = (rng.normal(size=size) for size in ((5, 2), (2, 5), (7, 5)))


def error_of_pair(encoder, decoder):
    return np.sum((x @ encoder @ decoder - x) ** 2) / len(x)


found = linear_gradients(tensor(encoder), tensor(decoder), tensor(x))
for name, part, number in (("encoder", encoder, 0), ("decoder", decoder, 1)):
    check.shape(found[number], part.shape, f"d_{name} has the shape of {name}.")
    moved = [encoder.copy(), decoder.copy()]
    moved[number][1, 0] += 1e-4
    slope = (error_of_pair(*moved) - error_of_pair(encoder, decoder)) / 1e-4
    check.close(
        ops.convert_to_numpy(found[number])[1, 0],
        slope,
        f"d_{name} is not the slope of L: look at the factor 2 / B and at its parts.",
        tolerance=1e-2,
    )

mean, encoder, decoder = (
    ops.convert_to_numpy(part)
    for part in train_linear(tensor(table), 2, 0, right_gradients)
)
check.shape(encoder, (6, 2), "The encoder has a row per feature.")
check.shape(decoder, (2, 6), "The decoder has a row per code.")
check.close(mean, table.mean(axis=0), "Look at the axis of the mean.", tolerance=1e-4)
check.close(
    decoder @ encoder, np.eye(2), "Train longer: W_D W_E is not I.", tolerance=0.05
)
outside = decoder - decoder @ best.T @ best  # what is left after projecting
assert np.abs(outside).max() < 0.02, "the decoder's rows leave the span of PCA"
other = train_linear(tensor(table), 2, 1, right_gradients)[2]
moved = np.abs(ops.convert_to_numpy(other) - decoder).max()
assert moved > 1e-3, "seed 1 ends where seed 0 does: is the start random, by `seed`?"
again = train_linear(tensor(table), 2, 0, right_gradients)[2]
moved = np.abs(ops.convert_to_numpy(again) - decoder).max()
assert moved < 1e-3, "seed 0 ends elsewhere when called again: draw the start by `seed`"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# With codes $Z = X W_E$ the decoder's gradient is $\frac2B Z^\top R$, as for linear
# regression from $Z$; the error then travels back through $W_D^\top$. In the loop:
# `encoder = encoder - rate * d_encoder`, 500 times, with a rate of about 0.1. If an
# axis is missing after that, look at how small the random start was.
# </details>

# %% picture="linear"
for seed, marker in ((1, "o"), (2, "s")):
    _, _, rows = train_linear(tensor(table), 2, seed, right_gradients)
    rows = ops.convert_to_numpy(rows)
    in_plane = rows @ best.T  # coordinates in the plane of the principal axes
    for row in in_plane:
        plt.plot([0, row[0]], [0, row[1]], marker=marker, label=f"seed {seed}")
    print(
        f"seed {seed}: out of the plane by {np.abs(rows - in_plane @ best).max():.1e}"
    )
plt.plot([0, 1], [0, 0], "k--", label="principal axes")
plt.plot([0, 0], [0, 1], "k--")
plt.axis("equal")
plt.legend()
plt.show()
# Look at the rows of the decoder: other arrows for each seed, all in the same plane.
# That they are nearly orthogonal is due to the small start; the loss allows any A.

# %% [markdown]
# ## Problem 4 · Deep and denoising (4 points)
#
# With hidden layers the code can follow curved surfaces. For sizes $(n_0, \dots, n_L)$
# the encoder has fully connected layers $n_0 \to n_1 \to \dots \to n_L$ and the decoder
# is its mirror image, $n_L \to \dots \to n_1 \to n_0$, all with biases. Every layer has
# a ReLU **but the last one of each half**: code and output may be any number.
#
# If the code is wide, copying is too easy. A *denoising* autoencoder $f$ gets the noisy
# input and has to return the clean one, so that copying does not pay:
#
# $$\frac1B \sum_{i=1}^{B} \lVert f(x_i + \varepsilon_i) - x_i \rVert^2 .$$
#
# **Make sure to**
#
# - use `keras.layers.Dense` and the like as you wish: two Keras models are asked for.
#   Do without `kerasdl.models`. Another activation than the ReLU is accepted if it is
#   not linear;
# - in `denoising_loss`: add the noise that is given, call `reconstruct` on the result,
#   sum over the features, take the mean over the examples;
# - in `train_denoiser`: any model that learns from `x`, in any way; what it returns may
#   give tensors or arrays. `x` is a NumPy array of 500 to 1000 images of digits,
#   flattened to 64 numbers in $[0, 1]$. The checks shuffle the *pixels*, all images in
#   the same way: convolutions do not help, nor does a model that was trained elsewhere;
# - stay below about 10 seconds a call; the checks wait 30. At the noise level of the
#   checks, about 0.5, the error on noisy images that it has not seen must be below 85 %
#   of the error of always answering the mean image. Correct solutions get to between 40
#   and 70 %; without learning to denoise one hardly gets below 95 %.
#   (`kerasdl.seed(seed)` decides the initial weights of Keras's layers, too, and is
#   quicker than `keras.utils.set_random_seed`.)


# %% solution="build_autoencoder"
def build_autoencoder(sizes):
    """Encoder and decoder that mirror each other.

    Args:
        sizes: list of layer sizes, from the input to the code, at least two.

    Returns:
        (encoder, decoder), two Keras models: `encoder` maps (B, sizes[0]) to
        (B, sizes[-1]), `decoder` the other way round.

    Example: `build_autoencoder([64, 32, 2])` has an encoder 64-32-2 and a decoder
    2-32-64, with 2146 and 2208 parameters.
    """
    ### BEGIN SOLUTION
    sizes = list(sizes)

    def half(sizes):
        layers = [keras.Input((sizes[0],))]
        layers += [keras.layers.Dense(size, activation="relu") for size in sizes[1:-1]]
        return keras.Sequential([*layers, keras.layers.Dense(sizes[-1])])

    return half(sizes), half(sizes[::-1])
    ### END SOLUTION


# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    """How well the clean input is found from the noisy one.

    Args:
        reconstruct: function of a tensor (B, d) to a tensor (B, d).
        x: tensor of shape (B, d), clean.
        noise: tensor of shape (B, d), already of the right size.

    Returns:
        A number (or a tensor of one element).

    Example: with `reconstruct = lambda x: 2 * x`, `x = [[1, 1]]` and
    `noise = [[0, -2]]` it is 10: the reconstruction is `[[2, -2]]`.
    """
    ### BEGIN SOLUTION
    errors = ops.sum(ops.square(reconstruct(x + noise) - x), axis=-1)
    return ops.mean(errors)
    ### END SOLUTION


# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    """Trains something that removes noise.

    Args:
        x: array of shape (N, 64), clean images.
        noise_level: standard deviation of the Gaussian noise to be removed.
        seed: integer, for your random numbers.

    Returns:
        A function or a Keras model; called with a tensor (M, 64) of noisy images, it
        returns clean ones, (M, 64).

    Example: `denoiser = train_denoiser(x, 0.5, 0)`; then `denoiser(noisy)` has the
    shape of `noisy`.
    """
    ### BEGIN SOLUTION
    kerasdl.seed(seed)
    rng = np.random.default_rng(seed)
    clean = np.tile(x, (8, 1)).astype("float32")
    noisy = clean + rng.normal(0, noise_level, clean.shape).astype("float32")
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(64),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), loss="mse")
    model.fit(noisy, clean, batch_size=64, epochs=1, verbose=0)
    return model
    ### END SOLUTION


# %% test="deep" points=4
encoder, decoder = build_autoencoder([64, 32, 2])
rng = np.random.default_rng(3)


def look_at_layers(name, model, before, after):
    """Shape, last layer and hidden layers of one of the two models."""
    one, two = 1000.0 * rng.normal(size=(2, 40, before))
    rows = tensor(np.concatenate([one, two, one + two, 0.0 * one]))
    check.shape(model(rows), (160, after), f"Look at the last size: the {name}.")
    model.set_weights([10.0 * weight for weight in model.get_weights()])
    values = ops.convert_to_numpy(model(rows))  # large, unless something limits them
    limited = values.min() > -1.5 or values.max() < 1.5
    assert not limited, f"the {name} has an activation: leave it out"
    one, two, both, none = np.split(values, 4)
    bend = np.abs(one + two - both - none).max()
    assert bend > 1e-3 * np.abs(values).max(), "linear: activate the hidden layers"


look_at_layers("code", encoder, 64, 2)
look_at_layers("output", decoder, 2, 64)
counts = (encoder.count_params(), decoder.count_params())
assert counts == (2146, 2208), f"parameters {counts}: look at the hidden layers"

check.close(
    denoising_loss(lambda x: 2.0 * x, tensor([[1, 1]]), tensor([[0, -2]])),
    10.0,
    "The docstring's example: look at what is compared with what.",
)
x, noise = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
check.close(
    denoising_loss(lambda x: 0.0 * x, tensor(x), tensor(noise)),
    np.sum(x**2) / 6,
    "Sum over the features, mean over the examples.",
    tolerance=1e-4,
)

images, _ = data.load("digits", "train")
unseen, _ = data.load("digits", "test")
clean, unseen = images.reshape(-1, 64)[:800], unseen.reshape(-1, 64)[:200]
denoiser = train_denoiser(clean, 0.5, 0)
noisy = unseen + rng.normal(0, 0.5, unseen.shape)
cleaned = ops.convert_to_numpy(denoiser(tensor(noisy)))
check.shape(cleaned, (200, 64), "The denoiser keeps the shape.")
share = np.sum((cleaned - unseen) ** 2) / np.sum((clean.mean(axis=0) - unseen) ** 2)
print(f"error: {share:.0%} of that of the mean image")
assert share < 0.85, "look at what is input and what is target, and train longer"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# One function that builds half an autoencoder from a list of sizes builds the other
# half from `sizes[::-1]`. For the denoiser, `np.tile(x, (8, 1))` gives each image eight
# times, with eight different noises in one `fit`. A wide hidden layer (100 and more)
# and Adam at 0.005 do in a few seconds; at 0.001 take more epochs.
# </details>

# %% picture="deep"
images, labels = data.load("digits", "train")
table = images.reshape(-1, 64)
denoiser = train_denoiser(table[:800], 0.5, 0)
original = table[800:808]
noisy = original + np.random.default_rng(4).normal(0, 0.5, original.shape)
cleaned = ops.convert_to_numpy(denoiser(tensor(noisy)))
plot.image_grid(
    np.concatenate([noisy, cleaned, original]).reshape(-1, 8, 8),
    ["noisy"] * 8 + ["cleaned"] * 8 + ["original"] * 8,
)
kerasdl.seed(1)
encoder, decoder = build_autoencoder([64, 64, 2])
both = keras.Sequential([keras.Input((64,)), encoder, decoder])
both.compile(keras.optimizers.Adam(0.01), loss="mse")
both.fit(table, table, batch_size=128, epochs=25, verbose=0)
plot.latent_space(ops.convert_to_numpy(encoder(tensor(table[:600]))), labels[:600])
# Look at which digits lie apart although nobody told the network any label.

# %% [markdown]
# ## Problem 5 · Sample and KL of a VAE (4 points)
#
# A variational autoencoder does not encode an image as a point but as a Gaussian. The
# encoder gives, for each of the $k$ latent numbers, a mean $\mu_j$ and the **logarithm
# of the variance** $v_j = \log \sigma_j^2$. The decoder gets a sample. Written as
#
# $$z_j = \mu_j + \sigma_j\, \varepsilon_j, \qquad \varepsilon_j \sim N(0, 1),$$
#
# the randomness comes from outside ($\varepsilon$), and $z$ is a smooth function of
# $\mu$ and $v$: gradients pass. That is the *reparametrisation*.
#
# A second term keeps the Gaussians near the standard one, so that one can generate from
# it later. It has a closed form:
#
# $$\mathrm{KL}\big(N(\mu, \sigma^2) \,\|\, N(0, I)\big)
# = \frac12 \sum_{j=1}^{k} \big(\mu_j^2 + \sigma_j^2 - 1 - \log \sigma_j^2\big).$$
#
# **Make sure to**
#
# - get from $v$ to $\sigma$ and to $\sigma^2$: they are two different functions of $v$;
# - use the `noise` that is given; with the same noise the result is the same;
# - sum the KL over the last axis only: **one number for each example**;
# - write both with `keras.ops`: the checks take gradients by `mean` and
#   `log_variance`;
# - do without `kerasdl.divergences`, `kerasdl.layers` and `kerasdl.models`.


# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    """A sample of each Gaussian, from given standard normal noise.

    Args:
        mean: tensor of shape (B, k).
        log_variance: tensor of shape (B, k).
        noise: tensor of shape (B, k).

    Returns:
        Shape (B, k).

    Example: mean 1, log variance `log(4)` and noise 0.5 give 2: the standard deviation
    is 2.
    """
    ### BEGIN SOLUTION
    return mean + ops.exp(0.5 * log_variance) * noise
    ### END SOLUTION


# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    """KL from each Gaussian to the standard normal, in nats.

    Args:
        mean: tensor of shape (B, k).
        log_variance: tensor of shape (B, k).

    Returns:
        Shape (B,), no number below 0.

    Example: means `[[3, 4]]` with log variances `[[0, 0]]` give `[12.5]`; means
    `[[0]]` with log variance `[[log(4)]]` about `[0.807]`.
    """
    ### BEGIN SOLUTION
    terms = ops.square(mean) + ops.exp(log_variance) - 1.0 - log_variance
    return 0.5 * ops.sum(terms, axis=-1)
    ### END SOLUTION


# %% test="latent" points=4
check.close(
    sample_latent(tensor([[1]]), tensor([[np.log(4)]]), tensor([[0.5]])),
    [[2.0]],
    "The docstring's example: a variance of 4 is a standard deviation of 2.",
)
check.close(
    kl_divergence(tensor([[3, 4], [0, 0]]), tensor([[0, 0], [0, 0]])),
    [12.5, 0.0],
    "Half the squared distance from 0; and 0 for a standard normal.",
)
check.close(
    kl_divergence(tensor([[0]]), tensor([[np.log(4)]])),
    [0.5 * (4 - 1 - np.log(4))],
    "The docstring's example: look at where the variance stands, where its log.",
)
# The KL is a mean of differences of log densities: estimate it from many samples.
noise = np.random.default_rng(4).normal(size=(20000, 1))
samples = ops.convert_to_numpy(
    sample_latent(
        tensor(np.full((20000, 1), 0.7)), tensor(np.full((20000, 1), -1)), tensor(noise)
    )
)
density = -0.5 * ((samples - 0.7) ** 2 / np.exp(-1.0) - 1.0)
estimate = np.mean(density - -0.5 * samples**2)
check.close(
    kl_divergence(tensor([[0.7]]), tensor([[-1.0]])),
    [estimate],
    "Compared with an estimate from samples.",
    tolerance=0.05,
)


def sum_of_sample(mean, log_variance):
    return ops.sum(sample_latent(mean, log_variance, tensor([[0.5, -2.0]])))


slopes = autodiff.grad(sum_of_sample, argnums=(0, 1))(
    tensor([[1, 2]]), tensor([[0, 0]])
)
check.close(slopes[0], [[1.0, 1.0]], "z moves with the mean, one to one.")
check.close(
    slopes[1], [[0.25, -1.0]], "The slope by the log variance is half of sigma epsilon."
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# $\sigma = e^{v/2}$ and $\sigma^2 = e^{v}$. In the KL the logarithm needs no `ops.log`:
# it is $v$ itself.
# </details>

# %% picture="latent"
noise = np.random.default_rng(5).normal(size=(300, 2))
for mean, spread in (((0, 0), (1, 1)), ((3, 3), (1, 1)), ((0, 0), (0.1, 0.1))):
    means = np.tile(np.array(mean, "float32"), (300, 1))
    variances = np.tile(2 * np.log(np.array(spread, "float32")), (300, 1))
    z = sample_latent(tensor(means), tensor(variances), tensor(noise))
    kl = kl_divergence(tensor(means[:1]), tensor(variances[:1]))
    kl = float(ops.convert_to_numpy(kl)[0])
    plt.scatter(*ops.convert_to_numpy(z).T, s=6, label=f"KL {kl:.1f}")
plt.axis("equal")
plt.legend()
plt.show()
# Look at what costs more: to lie apart from 0, or to be ten times as narrow?

# %% [markdown]
# ## Problem 6 · The evidence lower bound (4 points)
#
# Now all parts together. For an image $x$ with code distribution $q(z|x)$, prior
# $p(z) = N(0, I)$ and decoder $p(x|z)$,
#
# $$\log p(x) \;\ge\; \underbrace{\mathbb E_{z \sim q(z|x)} \log p(x|z)}_{\text{
# likelihood}} \;-\; \underbrace{\mathrm{KL}\big(q(z|x) \,\|\, p(z)\big)}_{\text{KL}}
# = \mathrm{ELBO}(x).$$
#
# The expectation is estimated as the **mean over $S$ samples**. Training maximises the
# ELBO, so the loss is its negative, averaged over the batch; a factor $\beta$ weighs
# the KL (1 is the bound itself):
#
# $$L_\beta = \frac1B \sum_{i=1}^{B} \big[ -\text{likelihood}_i
# + \beta\, \mathrm{KL}_i \big].$$
#
# The parts are handed to you as the five functions of `vae`, all for one batch:
#
# | function | result |
# |---|---|
# | `vae.encode(x)` | `(mean, log_variance)`, each (B, k) |
# | `vae.sample(mean, log_variance, noise)` | z, (B, k); its noise is (B, k) |
# | `vae.decode(z)` | logits, of the shape of x |
# | `vae.log_likelihood(x, logits)` | $\log p(x \mid z)$, (B,) |
# | `vae.kl(mean, log_variance)` | (B,) |
#
# **Make sure to**
#
# - give the decoder the sample, not the mean;
# - take the sample number $s$ with `noise[s]`: the noise has shape $(S, B, k)$. The
#   mean is over the log-likelihoods, not over the noises;
# - watch the signs: the first part that you return is a log-likelihood, not a loss;
# - stay with `keras.ops` and the functions of `vae`: gradients have to reach the
#   encoder through the sample. Do without `kerasdl.divergences`.

# %% given="parts"
Parts = namedtuple("Parts", "encode sample decode log_likelihood kl")


# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    """The two terms of the bound, for each example.

    Args:
        x: tensor of shape (B, d).
        noise: tensor of shape (S, B, k), standard normal.
        vae: has the five functions of the table.

    Returns:
        (likelihood, kl), each of shape (B,); the ELBO is the first minus the second.

    Example: if the log-likelihoods of the only image are -3 for the first sample and
    -5 for the second, and its KL is 1, the result is `[-4], [1]`.
    """
    ### BEGIN SOLUTION
    mean, log_variance = vae.encode(x)
    total = 0.0
    for number in range(noise.shape[0]):
        z = vae.sample(mean, log_variance, noise[number])
        total = total + vae.log_likelihood(x, vae.decode(z))
    return total / noise.shape[0], vae.kl(mean, log_variance)
    ### END SOLUTION


# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    """What training makes small: a number for the whole batch.

    Args:
        likelihood: tensor of shape (B,), log-likelihoods.
        kl: tensor of shape (B,).
        beta: number, the weight of the KL.

    Returns:
        A number (or a tensor of one element).

    Example: with likelihoods `[-4, -6]`, KLs `[1, 3]` and `beta = 0.5` it is 6.
    """
    ### BEGIN SOLUTION
    return ops.mean(beta * kl - likelihood)
    ### END SOLUTION


# %% test="elbo" points=4
toy = Parts(  # easy numbers: no network, no logarithm
    encode=lambda x: (x, 0.0 * x),
    sample=lambda mean, log_variance, noise: mean + noise,
    decode=lambda z: 2.0 * z,
    log_likelihood=lambda x, logits: -ops.sum(ops.square(x - logits) + x, axis=-1),
    kl=lambda mean, log_variance: ops.sum(ops.square(mean), axis=-1) / 2,
)
x = tensor([[1, 0], [0, 2]])
noise = tensor([[[0, 0], [0, 0]], [[-1, 0], [0, 1]]])
first_term, second_term = elbo_terms(x, noise[:1], toy)
check.close(first_term, [-2.0, -6.0], "Without noise: z = x, logits = 2 x.")
check.close(second_term, [0.5, 2.0], "The KL is that of mean and log variance.")
first_term, second_term = elbo_terms(x, noise, toy)
check.close(
    first_term,
    [-(2 + 2) / 2, -(6 + 18) / 2],
    "Two samples: the mean of their log-likelihoods; does each use its own noise?",
)
check.close(second_term, [0.5, 2.0], "The KL is the same for any number of samples.")
first_term, second_term = tensor([-4, -6]), tensor([1, 3])
check.close(vae_loss(first_term, second_term, 0.5), 6.0, "The docstring's example.")
check.close(
    vae_loss(first_term, second_term, 0.0), 5.0, "beta = 0: minus the mean likelihood."
)
check.close(
    vae_loss(tensor([-4, -6, -5]), tensor([1, 3, 5]), 2.0),
    11.0,
    "A batch of three: the mean over it; beta weighs the KL, nothing else.",
)


def bound_of_scale(scale):
    """The bound for an encoder with one weight, summed over the batch."""
    scaled = toy._replace(encode=lambda x: (scale * x, 0.0 * x))
    first_term, second_term = elbo_terms(x, noise, scaled)
    return ops.sum(first_term) - ops.sum(second_term)


slope = autodiff.grad(bound_of_scale)(tensor(1.0))
below, above = (bound_of_scale(tensor(value)) for value in (0.99, 1.01))
check.close(
    slope,
    (ops.convert_to_numpy(above) - ops.convert_to_numpy(below)) / 0.02,
    "The gradient does not reach the encoder: look for NumPy or a cut.",
    tolerance=1e-2,
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Encode once; then a loop over $S$: sample, decode, log-likelihood. Add them up and
# divide by $S$. The loss needs nothing but the two terms.
# </details>


# %% picture="elbo"
# Your functions of problems 1, 5 and 6 in one model; Keras trains it.
class DigitsVAE(keras.Model):
    """The targets of `fit` are the noise: (B, 8)."""

    def __init__(self):
        super().__init__()
        self.encoder = kerasdl.MLP(units=(64,), outputs=16)
        self.decoder = kerasdl.MLP(units=(64,), outputs=64)
        self.functions = Parts(
            encode=lambda x: ops.split(self.encoder(x), 2, axis=-1),
            sample=sample_latent,
            decode=self.decoder,
            log_likelihood=lambda x, logits: -binary_cross_entropy(x, logits),
            kl=kl_divergence,
        )

    def call(self, x):
        return self.decoder(self.encoder(x)[:, :8])

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, **other):
        likelihood, kl = elbo_terms(x, ops.expand_dims(y, 0), self.functions)
        return vae_loss(likelihood, kl, 1.0)


images, _ = data.load("digits", "train")
binary = np.tile((images.reshape(-1, 64) > 0.5).astype("float32"), (10, 1))
noise = np.random.default_rng(6).normal(size=(len(binary), 8)).astype("float32")
kerasdl.seed(2)
digits_vae = DigitsVAE()
digits_vae.compile(keras.optimizers.Adam(0.005))
history = digits_vae.fit(binary, noise, batch_size=128, epochs=3, verbose=0)
print("minus ELBO, nats per image:", np.round(history.history["loss"], 1))
new = ops.sigmoid(digits_vae.decoder(tensor(noise[:16])))
plot.image_grid(ops.convert_to_numpy(new).reshape(-1, 8, 8))
# Look at these digits: nobody wrote them. They are decoded from pure noise.

# %% [markdown]
# ## Problem 7 · What to do with a latent space (4 points)
#
# A trained VAE is a generator, and its codes can be computed with. `encode(x)` gives
# `(mean, log_variance)`, each (B, k), for images (B, d); `decode(z)` gives logits
# (B, d) for codes (B, k). **Where the code of an image is asked for, take the mean.**
# Images are the probabilities $1 / (1 + e^{-l})$ of the logits.
#
# 1. *Generate*: decode noise from the prior. That is all.
# 2. *Black and white*: a pixel is 1 with its probability $p$. With a uniform number
#    $u \in [0, 1)$ for each pixel, it is 1 exactly if $u < p$ (so never for $p = 0$).
# 3. *Interpolate* between two images: codes at even steps on the straight line from the
#    code of the first to that of the second, both ends included, all decoded. A mixture
#    of the pixels would be a double exposure.
# 4. *Arithmetic*: the direction of an attribute is the mean code of the examples that
#    have it, minus the mean code of those that do not. Added to a code, it gives the
#    attribute to an image.
# 5. *Which latents are in use?* A latent number that the decoder ignores is pushed to
#    mean 0 and variance 1 for every image by the KL: its mean no longer depends on
#    the image. That is *posterior collapse*. A latent counts as active where the
#    variance of its **mean**, over the examples, is above a threshold.
#
# **Make sure to**
#
# - return images, not logits, from `generate` and `interpolate`;
# - call `encode` and `decode` with a batch: a single image is (d,), so give it a first
#   axis;
# - use the biased variance (divided by N) in `active_latents`.


# %% solution="generate"
def generate(decode, noise):
    """New images from noise.

    Args:
        decode: function of codes (n, k) to logits (n, d).
        noise: tensor of shape (n, k), standard normal.

    Returns:
        Shape (n, d): probabilities of the pixels.

    Example: with `decode = lambda z: z` and noise `[[0, 2]]` it is about
    `[[0.5, 0.881]]`.
    """
    ### BEGIN SOLUTION
    return ops.sigmoid(decode(noise))
    ### END SOLUTION


# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    """Black and white images from probabilities.

    Args:
        probabilities: tensor of shape (n, d), values in [0, 1].
        uniform: tensor of shape (n, d), uniform in [0, 1).

    Returns:
        Shape (n, d), each 0 or 1 (or False and True).

    Example: probabilities `[[0.9, 0.2]]` and uniform numbers `[[0.5, 0.5]]` give
    `[[1, 0]]`.
    """
    ### BEGIN SOLUTION
    return ops.where(uniform < probabilities, 1.0, 0.0)
    ### END SOLUTION


# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    """Images on the way from one to another, through the latent space.

    Args:
        encode: function of images (B, d) to (mean, log_variance), each (B, k).
        decode: function of codes (B, k) to logits (B, d).
        first: tensor of shape (d,), an image.
        second: tensor of shape (d,), an image.
        steps: number of images to return, at least 2.

    Returns:
        Shape (steps, d): probabilities; the first row is the first image encoded and
        decoded, the last row the second.

    Example: with codes `[0, 0]` and `[4, 2]` and 3 steps, the codes that are decoded
    are `[0, 0], [2, 1], [4, 2]`.
    """
    ### BEGIN SOLUTION
    means, _ = encode(ops.stack([first, second]))
    share = ops.expand_dims(ops.linspace(0.0, 1.0, steps), -1)
    codes = (1.0 - share) * means[:1] + share * means[1:]
    return ops.sigmoid(decode(codes))
    ### END SOLUTION


# %% solution="attribute_direction"
def attribute_direction(codes, has):
    """From without to with, in the latent space.

    Args:
        codes: tensor of shape (N, k), the codes of N images.
        has: integer tensor of shape (N,): 1 where an image has the attribute, else 0;
            both occur.

    Returns:
        Shape (k,).

    Example: codes `[[1, 0], [3, 0], [0, 5]]` with `has = [1, 1, 0]` give `[2, -5]`.
    """
    ### BEGIN SOLUTION
    codes, has = ops.convert_to_numpy(codes), ops.convert_to_numpy(has)
    return codes[has == 1].mean(axis=0) - codes[has == 0].mean(axis=0)
    ### END SOLUTION


# %% solution="active_latents"
def active_latents(means, threshold):
    """How many latent numbers depend on the image.

    Args:
        means: tensor of shape (N, k), the encoder's means of N images.
        threshold: number, the variance above which a latent is active.

    Returns:
        An integer in 0 ... k.

    Example: means `[[0, 7], [2, 7]]` with threshold 0.1 give 1: the second latent is
    always 7.
    """
    ### BEGIN SOLUTION
    variances = ops.var(means, axis=0)
    return ops.sum(ops.cast(variances > threshold, "int32"))
    ### END SOLUTION


# %% test="generation" points=4
check.close(
    generate(lambda z: z, tensor([[0, 2]])),
    [[0.5, 1 / (1 + np.exp(-2))]],
    "The docstring's example: decode gives logits.",
)
check.close(
    draw_pixels(tensor([[0.9, 0.2]]), tensor([[0.5, 0.5]])),
    [[1.0, 0.0]],
    "1 where the uniform number lies below the probability.",
)
check.close(
    draw_pixels(tensor([[0, 1, 0.9, 0.2]]), tensor([[0, 0, 0.95, 0.1]])),
    [[0.0, 1.0, 0.0, 1.0]],
    "Probability 0 is never 1; all else is up to the uniform number, too.",
)
seen = []


def encode_toy(x):
    assert len(x.shape) == 2, "encode takes a batch: give an image a first axis"
    return ops.square(x[:, :2]), ops.ones_like(x[:, :2])


def decode_toy(z):
    assert len(z.shape) == 2, "decode takes a batch: give a code a first axis"
    seen.append(ops.convert_to_numpy(z))
    return ops.concatenate([z, z], axis=-1)


path = interpolate(
    encode_toy, decode_toy, tensor([0, 0, 1, 1]), tensor([2, 1, 0, 0]), 3
)
check.shape(path, (3, 4), "One image per step.")
check.close(
    np.concatenate(seen).reshape(-1, 2),
    [[0.0, 0.0], [2.0, 0.5], [4.0, 1.0]],
    "Look at the codes that reach decode: from [0, 0] to [4, 1], both ends included.",
)
values = ops.convert_to_numpy(path)
check.close(values[0], [0.5] * 4, "The first image: probabilities of logits 0.")
check.close(
    attribute_direction(
        tensor([[1, 0], [3, 0], [0, 5]]), ops.convert_to_tensor([1, 1, 0])
    ),
    [2.0, -5.0],
    "With minus without, of the mean codes.",
)
check.close(
    active_latents(tensor([[0, 7], [2, 7]]), 0.1),
    1.0,
    "The docstring's example: the variance over the examples, not over the latents.",
)
check.close(
    [active_latents(tensor([[0, 7], [4, 7]]), level) for level in (3.0, 5.0)],
    [1.0, 0.0],
    "The first latent has the variance 4: divide by N, and take no root.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.stack([first, second])` is a batch of two images, `first[None]` a batch of one.
# `ops.linspace(0.0, 1.0, steps)` gives the shares of the second image; with shape
# (steps, 1) they multiply a code of shape (1, k).
# </details>

# %% picture="generation"
from kerasdl.models import VAE

images, labels = data.load("digits", "train")
binary = (images.reshape(-1, 64) > 0.5).astype("float32")
kerasdl.seed(3)
plane = VAE((64, 64, 2))
plane.compile(keras.optimizers.Adam(0.01))
plane.fit(np.tile(binary, (10, 1)), batch_size=256, epochs=5, verbose=0)
plot.latent_grid(lambda z: ops.reshape(generate(plane.decode, z), (-1, 8, 8)))
zero, one = (tensor(binary[np.flatnonzero(labels == digit)[0]]) for digit in (0, 1))
way = interpolate(plane.encode, plane.decode, zero, one, 8)
plot.image_grid(ops.convert_to_numpy(way).reshape(-1, 8, 8))
means, _ = plane.encode(tensor(binary))
print("active latents:", int(ops.convert_to_numpy(active_latents(means, 0.01))), "of 2")
# Look at which digits are neighbours, and at what the way from 0 to 1 passes.

# %% [markdown]
# ## Problem 8 · Vector quantisation (5 points)
#
# A code of whole numbers: a *codebook* has $K$ vectors $e_1 \dots e_K$ of $D$ numbers,
# as rows, and each vector $z$ that the encoder gives is replaced by the nearest one,
#
# $$q(z) = e_n, \qquad n = \arg\min_m \lVert z - e_m \rVert^2 .$$
#
# An image may have many vectors: z is $(\dots, D)$, the numbers $n$ are $(\dots)$.
#
# The derivative of that step by $z$ is zero almost everywhere, so the encoder would
# learn nothing. The *straight-through* trick: forward, the value is $e_n$; backward,
# the gradient that arrives is passed to $z$ **unchanged**, and nothing to the codebook.
# With $\mathrm{sg}$ (`ops.stop_gradient`), which has the value of its argument and no
# gradient, $z + \mathrm{sg}(e_n - z)$ is such a thing.
#
# The codebook learns from a term of its own, and a second one ties the encoder to the
# code that it chose. As the **mean over all vectors** of the **sum over the $D$
# numbers**:
#
# $$L = \overline{\lVert \mathrm{sg}(z) - e_n \rVert^2}
# + \beta\, \overline{\lVert z - \mathrm{sg}(e_n) \rVert^2} .$$
#
# Codes that no vector is near to never move: they are *dead*. With $p_m$ the fraction
# of the vectors that choose the code $m$, the *perplexity*
# $\exp(-\sum_m p_m \log p_m)$, from 1 to $K$, says how many codes are in even use
# ($0 \log 0$ counts as 0).
#
# **Make sure to**
#
# - accept z with any number of axes, $(B, D)$ and $(B, H, W, D)$;
# - stop the gradients exactly where the formulas do. Two of the terms have the same
#   value: only the gradients tell them apart;
# - take the `numbers` that are given in `quantise` and `vq_loss`: there is no need to
#   search again;
# - do without `kerasdl.layers` and `kerasdl.models`.


# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    """The number of the nearest code, for each vector.

    Args:
        z: tensor of shape (..., D).
        codebook: tensor of shape (K, D).

    Returns:
        Integers of shape (...), each in 0 ... K - 1.

    Example: vectors `[[0, 1], [9, 9]]` and codes `[[5, 5], [0, 0]]` give `[1, 0]`.
    """
    ### BEGIN SOLUTION
    differences = ops.expand_dims(z, -2) - codebook
    return ops.argmin(ops.sum(ops.square(differences), axis=-1), axis=-1)
    ### END SOLUTION


# %% solution="quantise"
def quantise(z, codebook, numbers):
    """The chosen codes, with the straight-through gradient.

    Args:
        z: tensor of shape (..., D).
        codebook: tensor of shape (K, D).
        numbers: integer tensor of shape (...).

    Returns:
        Shape (..., D): the codes' values. By z its derivative is the identity, by the
        codebook 0.

    Example: `z = [[4.0]]`, `codebook = [[1.0], [3.0]]` and `numbers = [1]` give
    `[[3.0]]`; the gradient of its square by z is `[[6.0]]`.
    """
    ### BEGIN SOLUTION
    return z + ops.stop_gradient(ops.take(codebook, numbers, axis=0) - z)
    ### END SOLUTION


# %% solution="vq_loss"
def vq_loss(z, codebook, numbers, beta):
    """Codebook term plus beta times the commitment term.

    Args:
        z: tensor of shape (..., D).
        codebook: tensor of shape (K, D).
        numbers: integer tensor of shape (...).
        beta: number.

    Returns:
        A number (or a tensor of one element).

    Example: `z = [[4.0]]`, `codebook = [[1.0], [3.0]]`, `numbers = [1]` and
    `beta = 0.5` give 1.5; the gradient by z is `[[1.0]]`, by the codebook
    `[[0.0], [-2.0]]`.
    """
    ### BEGIN SOLUTION
    chosen = ops.take(codebook, numbers, axis=0)
    codebook_term = ops.sum(ops.square(ops.stop_gradient(z) - chosen), axis=-1)
    commitment = ops.sum(ops.square(z - ops.stop_gradient(chosen)), axis=-1)
    return ops.mean(codebook_term) + beta * ops.mean(commitment)
    ### END SOLUTION


# %% solution="perplexity"
def perplexity(numbers, codes):
    """How many codes are in even use.

    Args:
        numbers: integer tensor of any shape, values in 0 ... codes - 1.
        codes: K, the size of the codebook.

    Returns:
        A number in [1, K].

    Example: `[0, 1, 0, 1]` of 8 codes has perplexity 2; `[3, 3]` has 1.
    """
    ### BEGIN SOLUTION
    counts = np.bincount(ops.convert_to_numpy(numbers).ravel(), minlength=codes)
    fractions = counts[counts > 0] / counts.sum()
    return float(np.exp(-np.sum(fractions * np.log(fractions))))
    ### END SOLUTION


# %% test="vq" points=5
def int_tensor(values):
    """An int32 tensor of the backend."""
    return ops.convert_to_tensor(np.asarray(values, dtype="int32"))


found = nearest_codes(tensor([[0, 1], [9, 9]]), tensor([[5, 5], [0, 0]]))
check.close(found, [1, 0], "The docstring's example: the smallest distance.")
rng = np.random.default_rng(8)
z, codebook = rng.normal(size=(2, 3, 3, 4)), rng.normal(size=(6, 4))
gaps_to_codes = [[np.sum((v - e) ** 2) for e in codebook] for v in z.reshape(-1, 4)]
check.close(
    nearest_codes(tensor(z), tensor(codebook)),
    np.argmin(gaps_to_codes, axis=1).reshape(2, 3, 3),
    "One number per vector: look at the axes of the sum and of the minimum.",
)
z, codebook, numbers = tensor([[4.0]]), tensor([[1.0], [3.0]]), int_tensor([1])
check.close(quantise(z, codebook, numbers), [[3.0]], "Forward it is the code.")
check.close(vq_loss(z, codebook, numbers, 0.5), 1.5, "Both terms are 1 here.")


def square_of_codes(z, codebook):
    return ops.sum(ops.square(quantise(z, codebook, numbers)))


def loss_of_both(z, codebook):
    return ops.sum(vq_loss(z, codebook, numbers, 0.5))


by_z, by_codebook = autodiff.grad(square_of_codes, argnums=(0, 1))(z, codebook)
check.close(by_z, [[6.0]], "Backward, z gets the gradient that arrives at the output.")
check.close(by_codebook, [[0.0], [0.0]], "Backward, the codebook gets nothing here.")
by_z, by_codebook = autodiff.grad(loss_of_both, argnums=(0, 1))(z, codebook)
check.close(by_z, [[1.0]], "Only the commitment term moves z.")
check.close(by_codebook, [[0.0], [-2.0]], "Only the codebook term moves the codes.")
many = tensor(rng.normal(size=(2, 5, 3)))
check.close(
    vq_loss(many, tensor(np.zeros((2, 3))), int_tensor(np.zeros((2, 5))), 0.0),
    np.sum(ops.convert_to_numpy(many) ** 2) / 10,
    "Sum over D, mean over all vectors.",
    tolerance=1e-4,
)
check.close(
    perplexity(int_tensor([0, 1, 0, 1]), 8), 2.0, "Unused codes count as nothing."
)
check.close(perplexity(int_tensor([[3], [3]]), 4), 1.0, "One code in use.")
check.close(
    perplexity(int_tensor([0, 0, 0, 1]), 8),
    (256 / 27) ** 0.25,
    "Two codes, one of them rare, count as less than two.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.take(codebook, numbers, axis=0)` picks rows, for numbers of any shape. For the
# distances put a new axis into z, `ops.expand_dims(z, -2)`, (..., 1, D), and subtract
# the codebook (K, D): the result is (..., K, D). For the perplexity keep only the
# fractions above 0.
# </details>

# %% picture="vq"
points, _ = data.toys.blobs(400, classes=4, seed=1)
z = tensor(points)
figure, panels = plt.subplots(1, 2, figsize=(9, 4))
starts = {"codes start far away": 5.0, "codes start at points": None}
by_codebook = autodiff.grad(lambda e, n: vq_loss(z, e, n, 0.25))
for axes, (name, offset) in zip(panels, starts.items(), strict=True):
    start = np.random.default_rng(9).normal(size=(12, 2)) + (offset or 0.0)
    codebook = tensor(points[:12] if offset is None else start)
    for _ in range(150):
        numbers = ops.cast(ops.convert_to_tensor(nearest_codes(z, codebook)), "int32")
        codebook = codebook - 0.5 * by_codebook(codebook, numbers)
    used = float(perplexity(numbers, 12))
    axes.scatter(*points.T, s=5, c=ops.convert_to_numpy(numbers), cmap="tab20")
    axes.scatter(*ops.convert_to_numpy(codebook).T, marker="x", color="black")
    axes.set_title(f"{name}: perplexity {used:.1f} of 12", fontsize=9)
plt.show()
# Look at the crosses without points: these codes are dead.

# %% [markdown]
# ## Problem 9 · A code that carries nothing (3 points, written)
#
# A VAE with **16** latent numbers is trained on black and white digits three times,
# from the same start and with the same noise, with $\beta = 0.01$, $1$ and $10$ in
# front of the KL. A latent number counts as used if its KL, averaged over the images,
# is above 0.05 nats.
#
# 1. **Predict** before you run the cell: how many of the 16 are used for each $\beta$,
#    and for which $\beta$ do images that are decoded from noise $z \sim N(0, I)$ look
#    most like digits?
# 2. **Run** the cell and read off the numbers. Each row of images is decoded from
#    noise, for one $\beta$.
# 3. **Explain** in at most 150 words: why does the largest $\beta$ leave no latent in
#    use, and what does the decoder then return? Why are the images for the smallest
#    $\beta$ poor, although it reconstructs best?


# %% picture="collapse"
from kerasdl.divergences import bernoulli_log_likelihood, gaussian_kl


class WeighedVAE(kerasdl.models.VAE):
    """A VAE whose KL counts `beta` times."""

    beta = 1.0

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, **other):
        logits, mean, log_variance = y_pred
        kl = self.beta * gaussian_kl(mean, log_variance)
        return ops.mean(kl - bernoulli_log_likelihood(x, logits))


images, _ = data.load("digits", "train")
binary = (images.reshape(-1, 64) > 0.5).astype("float32")
rows = []
for beta in (0.01, 1.0, 10.0):
    kerasdl.seed(4)
    weighed = WeighedVAE((64, 64, 16))
    weighed.beta = beta
    weighed.compile(keras.optimizers.Adam(0.01))
    weighed.fit(
        np.tile(binary, (10, 1)), batch_size=256, epochs=5, shuffle=False, verbose=0
    )
    mean, log_variance = weighed.encode(tensor(binary))
    alone = [ops.reshape(part, (-1, 1)) for part in (mean, log_variance)]
    each = ops.convert_to_numpy(gaussian_kl(*alone)).reshape(-1, 16).mean(axis=0)
    likelihood = bernoulli_log_likelihood(tensor(binary), weighed.decode(mean))
    error = -float(ops.convert_to_numpy(ops.mean(likelihood)))
    print(
        f"beta {beta:5}: used {np.sum(each > 0.05)} of 16, KL {each.sum():4.1f} nats, "
        f"reconstruction from the mean {error:4.1f} nats"
    )
    rows.append(ops.convert_to_numpy(weighed.generate(10, seed=0)))
plot.image_grid(np.concatenate(rows).reshape(-1, 8, 8), columns=10)

# %% [markdown] written="collapse" points=3
# **Your prediction, the numbers, and your explanation (this in at most 150 words):**
#
# ### BEGIN SOLUTION
# *Model answer.* Prediction: most are used for the smallest $\beta$, fewest for the
# largest; $\beta = 1$ generates best. Run: used are 16, about 7 and 0 of 16; the KL is
# 76, 5 and 0 nats, the reconstruction costs about 2.5, 11 and 24.5 nats. (They differ a
# little from machine to machine.)
#
# Explanation: a latent that tells something about the image must have a mean that
# depends on it, or a variance below 1; that costs KL. With $\beta = 10$ a nat of KL
# costs ten, more than it saves in reconstruction, so every $q(z|x)$ becomes the prior:
# KL 0. Then $z$ is noise without information, the decoder ignores it and returns the
# best constant: each pixel's mean over all images, the same blur for every noise. With
# $\beta = 0.01$ the code is nearly free: each image gets a narrow Gaussian, far from
# 0, and reconstruction is best. But noise from $N(0, I)$ mostly falls into gaps between
# these, where the decoder was never trained.
#
# *Marks.* 1 point: a prediction for both questions and the numbers of the run,
# compared (a wrong prediction earns it too). 1 point: collapse is the cheapest way to
# pay no KL, the latents no longer depend on the image, and the decoder returns the mean
# image. 1 point: for the small $\beta$, the codes of the images do not fill the prior,
# so noise decodes from places that training never saw ("the two distributions differ"
# is enough). No half points for length; beyond 180 words, minus 0.5.
# ### END SOLUTION
