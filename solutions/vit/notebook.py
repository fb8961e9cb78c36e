# %% [markdown]
# # Assignment 4 · The vision transformer
#
# You build a vision transformer from its smallest parts. It begins with a weighted mean
# whose weights nobody learns, and ends with a network that reads handwritten digits
# without a single sliding window.
#
# **You will learn to**
#
# - see attention as a kernel smoother, first with a fixed kernel, then with learned
#   projections;
# - hide tokens by masks, and build causal attention;
# - run several heads at once with two reshapes;
# - say what attention does not see (the order of its tokens), measure it, and mend it
#   with sinusoidal and learned positions;
# - turn images into tokens, and stack pre-norm encoder blocks into a classifier.
#
# | problem | points | hours, about |
# |---|---|---|
# | 1 A kernel smoother | 3 | 0.5 |
# | 2 Attention with learned projections | 4 | 0.75 |
# | 3 Masks | 3 | 1 |
# | 4 Several heads | 3 | 0.75 |
# | 5 Positions | 3 | 0.75 |
# | 6 The order of the tokens | 2 | 0.5 |
# | 7 Images as tokens | 3 | 0.75 |
# | 8 An encoder block | 4 | 0.75 |
# | 9 A vision transformer | 4 | 1.75 |
# | 10 Shuffled images (written) | 3 | 0.75 |
# | **together** | **32** | **8.25** |
#
# **How it is marked.** Each hole says `raise NotImplementedError()`: replace that line.
# The visible tests under a problem are there to help you; they give no points. When
# your notebook is marked, hidden checks with other sizes and other numbers look at one
# idea each, and every idea that is right earns its part of the points. Each problem is
# marked by itself: what an earlier problem provides is handed to you as an argument.
# Problem 10 is marked by a person.
#
# **Rules**
#
# - Keep the names and the arguments of the functions. You may add functions, cells and
#   imports of anything that is installed here.
# - Write with `keras.ops`, with NumPy or with loops: the values count, not the style.
#   Tuples or lists, tensors or arrays: all are fine. Only the two Keras classes
#   (problems 5 and 9) must compute with `keras.ops` and Keras layers, since Keras has
#   to differentiate them. If the functions of problems 2, 4 and 8 do so as well, the
#   picture of problem 9 trains them; otherwise parts of it stay untrained, or it stops,
#   and that costs no points.
# - Your functions receive *tensors* of whatever library runs under Keras. `keras.ops`
#   takes them as they are. If you prefer NumPy, begin with
#   `x = ops.convert_to_numpy(x)`: mixing tensors and arrays fails on some backends.
# - Attention is to be written, not called. **Forbidden in all problems** are
#   `keras.layers.MultiHeadAttention`, `keras.layers.Attention`,
#   `keras.layers.AdditiveAttention`, `keras.layers.GroupQueryAttention`,
#   `ops.dot_product_attention`, and everything in `kerasdl.layers` and
#   `kerasdl.models`. Problem 8 also forbids `keras.layers.LayerNormalization` and
#   `ops.layer_normalization`; problem 9 allows them. `ops.softmax` is allowed
#   everywhere. What is forbidden raises an error while your notebook is marked.
# - No cell of yours should run longer than 30 seconds. Before you hand in, restart the
#   kernel and run all cells.
#
# **Shapes.** $B$ examples, $T$ tokens of $d$ features each: `(B, T, d)`. Attention has
# queries and keys, and their weights have a *row per query* and a *column per key*:
# `(..., Q, K)`. Three dots stand for any axes in front, also none. Images are
# `(B, height, width, channels)`. What $d$ counts, each problem says again.

# %% given="setup"
import kerasdl  # isort: skip  (first: it says what to do if the backend is missing)
import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import ops

from kerasdl import check, data, plot

kerasdl.seed(0)
print("backend", keras.backend.backend(), "· keras", keras.__version__)
print("numpy", np.__version__, "· kerasdl", kerasdl.__version__)


def tensor(values):
    """A float32 tensor of the backend, as the hidden checks hand them to you."""
    return ops.convert_to_tensor(np.asarray(values, dtype="float32"))


def integers(values):
    """An int32 tensor."""
    return ops.convert_to_tensor(np.asarray(values, dtype="int32"))


def array(values):
    """A NumPy array of a tensor, for the tests and pictures."""
    return np.asarray(ops.convert_to_numpy(values))


def either(function):
    """A function of tensors as one of tensors or arrays, which gives back their kind.

    The functions that problems 4, 6 and 8 hand to you are such functions.
    """

    def part(*given):
        tensors = [ops.convert_to_tensor(x, dtype="float32") for x in given]
        result = ops.convert_to_tensor(function(*tensors), dtype="float32")
        return array(result) if isinstance(given[0], np.ndarray) else result

    return part


# %% [markdown]
# ## Problem 1 · A kernel smoother (3 points)
#
# Every attention layer takes weighted means. A *query* $q$ is compared with each of the
# *keys* $x_1 \dots x_K$ by a kernel $\kappa$, and the answer is the mean of their
# *values* $v_1 \dots v_K$, in which near keys count more:
#
# $$a_{qk} = \frac{\kappa(q, x_k)}{\sum_{j=1}^{K} \kappa(q, x_j)}, \qquad
# q' = \sum_{k=1}^{K} a_{qk}\, v_k .$$
#
# Nothing is learned yet: the kernel is the lecture's fixed one,
#
# $$\kappa(q, x) = \exp(-\theta^2 \lVert q - x \rVert^2) .$$
#
# Its parameter $\theta$ says how quickly a key is forgotten with its distance.
#
# **Make sure to**
#
# - normalise over the *keys*: each query's weights sum to 1;
# - use $\theta^2$ and the squared distance, summed over the features and not averaged;
# - get *right* weights for a query that is far from all keys: 30 units away every
#   kernel value is 0 in the computer, and 0/0 is not a number. A small number in the
#   denominator is finite, but wrong.


# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    """How much each query takes from each key.

    Args:
        queries: tensor of shape (Q, d).
        keys: tensor of shape (K, d).
        theta: number, not negative.

    Returns:
        A tensor of shape (Q, K), whose rows sum to 1.

    Example: for `queries = [[0.0]]`, `keys = [[0.0], [2.0]]` and `theta = 0.5` the
    kernel values are `1` and `exp(-1)`, and the weights about `[[0.731, 0.269]]`.
    """
    ### BEGIN SOLUTION
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    squared_distances = ops.sum(differences**2, axis=-1)
    return ops.softmax(-(theta**2) * squared_distances, axis=-1)
    ### END SOLUTION


# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    """The weighted means of the values.

    Args:
        queries: tensor of shape (Q, d).
        keys: tensor of shape (K, d).
        values: tensor of shape (K, v), a row per key.
        theta: number, not negative.

    Returns:
        A tensor of shape (Q, v).

    Example: with the queries, keys and theta above and `values = [[10.0], [20.0]]` the
    result is about `[[12.69]]`.
    """
    ### BEGIN SOLUTION
    return ops.matmul(smoothing_weights(queries, keys, theta), values)
    ### END SOLUTION


# %% test="smoother" points=3
weights = smoothing_weights(tensor([[0.0]]), tensor([[0.0], [2.0]]), 0.5)
check.close(
    weights, [[0.731059, 0.268941]], "The docstring's example: look at the kernel."
)
check.close(
    smoothing_weights(tensor([[0, 0]]), tensor([[0, 0], [1, 1]]), 0.5),
    [[0.622459, 0.377541]],
    "Two features: their squared differences are summed.",
)
rng = np.random.default_rng(1)
queries, keys = tensor(rng.normal(size=(4, 2))), tensor(rng.normal(size=(3, 2)))
weights = smoothing_weights(queries, keys, 1.5)
check.shape(weights, (4, 3), "A row per query, a column per key.")
check.close(array(weights).sum(axis=1), np.ones(4), "Each query's weights sum to 1.")
check.close(
    smoothing_weights(queries, keys, 0.0),
    np.full((4, 3), 1 / 3),
    "With theta 0 distance does not matter: all keys count alike.",
)
check.close(
    smoothing_weights(tensor([[30.0], [0.0]]), tensor([[0.0], [-1.0]]), 1.0),
    [[1.0, 0.0], [0.731059, 0.268941]],
    "A far query: which number can you subtract from a query's exponents?",
    tolerance=1e-3,
)
check.close(
    kernel_smoother(
        tensor([[0.0]]), tensor([[0.0], [2.0]]), tensor([[10.0], [20.0]]), 0.5
    ),
    [[12.68941]],
    "The docstring's example: look at the weights of the mean.",
)
values = tensor(rng.normal(size=(3, 5)))
check.shape(kernel_smoother(queries, keys, values, 1.5), (4, 5), "A mean per query.")
check.close(
    kernel_smoother(queries, keys, tensor(np.ones((3, 5))), 1.5),
    np.ones((4, 5)),
    "The mean of equal values is that value; look at what is averaged.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)` has shape $(Q, K, d)$: all
# differences at once. $e^{s_k} / \sum_j e^{s_j}$ with $s_k = -\theta^2 \lVert\cdot
# \rVert^2$ is a softmax, and a softmax stays the same if one subtracts each row's
# largest $s_k$ first; `ops.softmax` does.
# </details>

# %% picture="smoother"
rng = np.random.default_rng(0)
x = np.sort(rng.uniform(0, 6, 40))[:, None]
y = np.sin(2 * x) + 0.3 * rng.normal(size=x.shape)
grid = np.linspace(-0.5, 6.5, 300)[:, None]
plt.plot(x, y, "k.", label="keys and their values")
for theta in (0.3, 2.0, 30.0):
    smooth = array(kernel_smoother(tensor(grid), tensor(x), tensor(y), theta))
    plt.plot(grid, smooth, label=f"theta {theta}")
plt.xlabel("query")
plt.ylabel("mean of the values")
plt.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.show()
# Look at both extremes: the mean of nearly everything, and the value of the nearest.

# %% [markdown]
# ## Problem 2 · Attention with learned projections (4 points)
#
# A fixed kernel can only ask who is near. Attention learns what to look for: matrices
# turn a token into a query, a key and a value, and the kernel compares queries with
# keys,
#
# $$q = x W_q, \qquad k = c\, W_k, \qquad v = c\, W_v, \qquad
# \kappa(x, c) = \exp\Big(\frac{\langle q, k \rangle}{\sqrt d}\Big),$$
#
# so that, with all queries in the rows of $Q$, all keys in those of $K$ and all values
# in those of $V$, the weights are $A = \mathrm{softmax}(Q K^\top / \sqrt d)$ and the
# result is $A V$. Here $d$ is the number of features of *queries and keys*, the last
# axis of both.
#
# The tokens `x` ask, the tokens `context` are asked. In self-attention both are the
# same; in cross-attention they are not, and there may be a different number of them.
# There is no bias.
#
# **Make sure to**
#
# - sum to 1 over the *keys*, the last axis, also with more axes in front;
# - divide by $\sqrt d$, not by $d$ and not by the root of the number of tokens;
# - survive scores around $\pm 1000$ in some rows and around 0 in others.


# %% solution="attention_weights"
def attention_weights(queries, keys):
    """The softmax over the keys of the scaled dot products.

    Args:
        queries: tensor of shape (..., Q, d).
        keys: tensor of shape (..., K, d).

    Returns:
        A tensor of shape (..., Q, K), whose last axis sums to 1.

    Example: `queries = [[1, 1, 1, 1]]` and `keys = [[1, 1, 0, 0], [0, 0, 0, 0]]` have
    dot products 2 and 0, scores 1 and 0, and weights of about `[[0.731, 0.269]]`.
    """
    ### BEGIN SOLUTION
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(scores / queries.shape[-1] ** 0.5, axis=-1)
    ### END SOLUTION


# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    """Attention of the tokens `x` to the tokens `context`.

    Args:
        x: tensor of shape (B, Q, n), the tokens that ask.
        context: tensor of shape (B, K, m), the tokens that are asked.
        w_q: tensor of shape (n, d).
        w_k: tensor of shape (m, d).
        w_v: tensor of shape (m, v).

    Returns:
        A tensor of shape (B, Q, v): a mean of values per token of `x`.

    Example: with `x = [[[1]]]`, `context = [[[1], [0]]]`, `w_q = [[1]]`, `w_k = [[1]]`
    and `w_v = [[10]]` the weights are about 0.731 and 0.269, the values 10 and 0, and
    the result is about `[[[7.31]]]`.
    """
    ### BEGIN SOLUTION
    queries = ops.matmul(x, w_q)
    keys = ops.matmul(context, w_k)
    values = ops.matmul(context, w_v)
    return ops.matmul(attention_weights(queries, keys), values)
    ### END SOLUTION


# %% test="attention" points=4
check.close(
    attention_weights(tensor([[1, 1, 1, 1]]), tensor([[1, 1, 0, 0], [0, 0, 0, 0]])),
    [[0.731059, 0.268941]],
    "The docstring's example: look at the product and at the root of d.",
)
rng = np.random.default_rng(2)
queries, keys = tensor(rng.normal(size=(2, 4, 3))), tensor(rng.normal(size=(2, 5, 3)))
weights = attention_weights(queries, keys)
check.shape(weights, (2, 4, 5), "A row per query, a column per key.")
check.close(
    array(weights).sum(axis=-1),
    np.ones((2, 4)),
    "Each query's weights sum to 1; look at the axis.",
)
check.finite(attention_weights(300.0 * queries, 300.0 * keys), "Look at large scores.")
check.close(
    attention_weights(tensor([[0], [1000]]), tensor([[1.0], [0.999]])),
    [[0.5, 0.5], [0.731059, 0.268941]],
    "Scores of 1000 and 999 differ by 1: subtract, but cut nothing off.",
    tolerance=1e-3,
)
check.close(
    attention(*map(tensor, ([[[1]]], [[[1], [0]]], [[1]], [[1]], [[10]]))),
    [[[7.31059]]],
    "The docstring's example: look at what the values are.",
)
x, context = tensor(rng.normal(size=(2, 4, 3))), tensor(rng.normal(size=(2, 5, 2)))
w_q, w_k, w_v = (tensor(rng.normal(size=s)) for s in ((3, 6), (2, 6), (2, 7)))
result = array(attention(x, context, w_q, w_k, w_v))
check.shape(result, (2, 4, 7), "A token of v features for each token that asks.")
values = array(context) @ array(w_v)
assert np.all(result <= values.max(axis=1, keepdims=True) + 1e-4), (
    "a mean cannot be larger than the largest value: look at the values"
)
fewer = attention(x, context[:, :3], w_q, w_k, w_v)
assert np.abs(array(fewer) - result).max() > 1e-4, "all tokens of the context count"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# All dot products at once are `ops.matmul(queries, keys transposed)`, where only the
# last two axes change places: `ops.swapaxes(keys, -1, -2)`. `x.shape[-1] ** 0.5` is a
# Python number and goes with every tensor.
# </details>

# %% picture="attention"
letters = "ATTENTION"
places = np.eye(len(letters))  # each token knows where it stands, and nothing else
w_q = 12 * np.roll(np.eye(len(letters)), -1, axis=1)  # place i asks for place i - 1
weights = attention_weights(tensor(places @ w_q), tensor(places))
plot.attention_map(weights, list(letters))
plt.show()
# Look beside the diagonal: each letter attends to the one before it (the first one to
# the last), which does not attend back. No kernel of the distance alone could do that.

# %% [markdown]
# ## Problem 3 · Masks (3 points)
#
# Sometimes a query must not look at every key. A *mask* is a table of booleans that
# says what is allowed: `True` in row $i$ and column $j$ where query $i$ **may** look at
# key $j$. What is not allowed counts as if the key were not there:
#
# $$a_{ij} = \frac{m_{ij}\, e^{s_{ij}}}{\sum_{l} m_{il}\, e^{s_{il}}}, \qquad
# m_{ij} = 1 \text{ where allowed, else } 0 .$$
#
# Two masks are used everywhere. A *causal* one lets token $i$ look at itself and at the
# tokens before it: whoever predicts the next word must not see it. A *padding* one
# hides what was only added so that all examples of a batch have the same length.
#
# **Make sure to**
#
# - give booleans, `True` for *allowed*;
# - let the mask broadcast to the scores: `(T, T)` or `(B, 1, 1, T)` for scores of shape
#   `(B, H, T, T)`, for example;
# - return a row of *zeros* for a query that may look at nothing, not NaN and not equal
#   weights;
# - survive scores around $\pm 1000$, also where the largest score of a row is hidden.


# %% solution="masks"
def causal_mask(tokens):
    """Which token may look at which, if nobody may look ahead.

    Args:
        tokens: number T of tokens.

    Returns:
        Booleans of shape (T, T).

    Example: `causal_mask(2)` is `[[True, False], [True, True]]`.
    """
    ### BEGIN SOLUTION
    places = ops.arange(tokens)
    return ops.expand_dims(places, 1) >= ops.expand_dims(places, 0)
    ### END SOLUTION


def padding_mask(lengths, tokens):
    """Which tokens are there, if example b has only its first `lengths[b]`.

    Args:
        lengths: integer tensor of shape (B,), values in 0 ... T.
        tokens: number T of tokens, padding included.

    Returns:
        Booleans of shape (B, T).

    Example: `padding_mask(integers([1, 3]), 3)` is
    `[[True, False, False], [True, True, True]]`.
    """
    ### BEGIN SOLUTION
    return ops.arange(tokens) < ops.expand_dims(ops.cast(lengths, "int32"), 1)
    ### END SOLUTION


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    """The softmax over the last axis, of the allowed keys alone.

    Args:
        scores: tensor of shape (..., Q, K).
        mask: boolean tensor that broadcasts to the shape of the scores.

    Returns:
        A tensor of the scores' shape: 0 where the mask is False; each row sums to 1, or
        is all 0 where its mask is all False.

    Example: `scores = [[1, 0, 5]]` with `mask = [[True, True, False]]` gives about
    `[[0.731, 0.269, 0]]`.
    """
    ### BEGIN SOLUTION
    hidden = ops.where(mask, scores, -1e30)
    return ops.where(mask, ops.softmax(hidden, axis=-1), 0.0)
    ### END SOLUTION


# %% test="masks" points=3
check.close(causal_mask(2), [[1, 0], [1, 1]], "The docstring's example: row i asks.")
check.shape(causal_mask(5), (5, 5), "A row and a column per token.")
check.close(
    padding_mask(integers([1, 3]), 3),
    [[1, 0, 0], [1, 1, 1]],
    "The docstring's example: the first `length` tokens are there.",
)
for made in (causal_mask(3), padding_mask(integers([1, 3]), 3)):
    assert array(made).dtype == bool, "a mask holds booleans: compare two numbers"
allowed = ops.convert_to_tensor(np.array([[True, True, False]]))
check.close(
    masked_softmax(tensor([[1, 0, 5]]), allowed),
    [[0.731059, 0.268941, 0.0]],
    "The docstring's example: the hidden key counts for nothing, the others sum to 1.",
)
rng = np.random.default_rng(3)
scores = tensor(rng.normal(size=(2, 3, 4, 4)))
mask = ops.convert_to_tensor(np.tri(4, dtype=bool))
weights = array(masked_softmax(scores, mask))
check.shape(weights, (2, 3, 4, 4), "The mask broadcasts, the scores keep their shape.")
check.close(weights[:, :, 0, 1:], np.zeros((2, 3, 3)), "Token 0 sees itself alone.")
check.close(weights.sum(axis=-1), np.ones((2, 3, 4)), "Each row sums to 1.")
nothing = ops.convert_to_tensor(np.zeros((1, 3), dtype=bool))
check.close(
    masked_softmax(tensor([[1, 0, 5]]), nothing),
    [[0, 0, 0]],
    "A query that may look at nothing gets zeros.",
)
check.close(
    masked_softmax(tensor([[-1000, -1001, 1000]]), allowed),
    [[0.731059, 0.268941, 0.0]],
    "Large scores, and the largest one is hidden.",
    tolerance=1e-3,
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.where(mask, a, b)` takes from `a` where the mask is True. A score that is hugely
# negative before the softmax has weight 0 after it, unless all of a row are: use
# `ops.where` once more, after the softmax. Infinity minus infinity is not a number, so
# take a large finite one. For the masks compare places: `ops.arange(T)` as a column and
# as a row.
# </details>

# %% picture="masks"
scores = tensor(np.random.default_rng(0).normal(size=(6, 6)))
_, panels = plt.subplots(1, 2, figsize=(11, 4))
plot.attention_map(
    masked_softmax(scores, causal_mask(6)), list("causal"), axes=panels[0]
)
there = padding_mask(integers([4]), 6)
plot.attention_map(masked_softmax(scores, there), list("pads··"), axes=panels[1])
plt.show()
# Look at the first row on the left: who has no past can only attend to itself.

# %% [markdown]
# ## Problem 4 · Several heads (3 points)
#
# One softmax can look at one thing at a time. With $H$ *heads* the features of the
# queries, of the keys and of the values are cut into $H$ equal parts, and every head
# attends with its own part. Head $h = 0 \dots H - 1$ owns the features
# $h\,d/H \dots (h+1)\,d/H - 1$, where $d$ is the number of features (`dim`).
#
# The results, put side by side again in the same order, go through one more matrix:
#
# $$\mathrm{head}_h = \mathrm{attend}\big((xW_q)_h, (xW_k)_h, (xW_v)_h\big), \qquad
# y = [\mathrm{head}_0, \dots, \mathrm{head}_{H-1}]\, W_o .$$
#
# What a head does with its three parts is handed to you: `attend(q, k, v)` takes three
# tensors (or three arrays) of shape `(..., T, f)` for any number $f$ of features and
# any axes in front, and gives back one of the same shape and kind. Usually that is
# softmax attention, which divides by $\sqrt{d/H}$, since a head's queries have $d/H$
# features. (The lecture's notebook divides by $\sqrt d$.) The test below hands you
# another one.
#
# **Make sure to**
#
# - keep tokens apart: a reshape alone to `(B, H, T, d/H)` has the right shape and the
#   wrong numbers;
# - call `attend` for each head by itself, or once for all with the heads on an axis of
#   their own; never on all `dim` features at once;
# - use all four matrices; there is no bias.

# %% given="hard-attention"


@either
def hard_attention(q, k, v):
    """Each query takes the value of the one key with the largest dot product."""
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2))
    choice = ops.one_hot(ops.argmax(scores, axis=-1), k.shape[-2])
    return ops.matmul(choice, v)


# %% solution="split_heads"
def split_heads(x, heads):
    """Gives each head its part of the features.

    Args:
        x: tensor of shape (B, T, dim).
        heads: number H of heads; it divides dim.

    Returns:
        A tensor of shape (B, H, T, dim / H).

    Example: `[[[1, 2, 3, 4], [5, 6, 7, 8]]]` with two heads becomes
    `[[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]]`.
    """
    ### BEGIN SOLUTION
    batch, tokens, dim = x.shape
    parts = ops.reshape(x, (-1, tokens, heads, dim // heads))
    return ops.transpose(parts, (0, 2, 1, 3))
    ### END SOLUTION


def merge_heads(x):
    """Puts the heads' features side by side again: undoes `split_heads`.

    Args:
        x: tensor of shape (B, H, T, f).

    Returns:
        A tensor of shape (B, T, H * f).

    Example: `[[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]]` becomes
    `[[[1, 2, 3, 4], [5, 6, 7, 8]]]`.
    """
    ### BEGIN SOLUTION
    batch, heads, tokens, features = x.shape
    return ops.reshape(ops.transpose(x, (0, 2, 1, 3)), (-1, tokens, heads * features))
    ### END SOLUTION


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    """Self-attention with several heads.

    Args:
        x: tensor of shape (B, T, dim).
        weights: tuple (w_q, w_k, w_v, w_o), each of shape (dim, dim).
        heads: number H of heads; it divides dim.
        attend: function (q, k, v), each (..., T, f), to (..., T, f).

    Returns:
        A tensor of shape (B, T, dim).

    Example: if all four matrices are the identity and `attend` is
    `lambda q, k, v: 2 * v`, the result is `2 * x` for any number of heads.
    """
    ### BEGIN SOLUTION
    w_q, w_k, w_v, w_o = weights
    parts = [split_heads(ops.matmul(x, w), heads) for w in (w_q, w_k, w_v)]
    return ops.matmul(merge_heads(attend(*parts)), w_o)
    ### END SOLUTION


# %% test="heads" points=3
example = tensor([[[1, 2, 3, 4], [5, 6, 7, 8]]])
parts = tensor([[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]])
check.close(
    split_heads(example, 2), parts, "The docstring's example: which axes change places?"
)
check.close(merge_heads(parts), example, "The docstring's example, backwards.")
rng = np.random.default_rng(4)
x = tensor(rng.normal(size=(2, 5, 6)))
check.shape(split_heads(x, 3), (2, 3, 5, 2), "Three heads of two features each.")
identity = [tensor(np.eye(6))] * 4
check.close(
    multi_head_attention(x, identity, 3, lambda q, k, v: 2 * v),
    2 * array(x),
    "Heads that double their values: merging must undo splitting.",
)
turn = np.roll(np.eye(6), 1, axis=1)  # x @ turn moves the features by one place
check.close(
    multi_head_attention(
        x,
        [*(tensor(n * turn) for n in (1, 10, 100)), identity[3]],
        2,
        lambda q, k, v: q + 2 * k + 3 * v,
    ),
    321 * np.roll(array(x), 1, axis=-1),
    "Look at which matrix makes the queries, the keys and the values, and how.",
)
check.close(
    multi_head_attention(x, [*identity[:3], tensor(turn)], 3, lambda q, k, v: v),
    np.roll(array(x), 1, axis=-1),
    "The last matrix comes after the heads are side by side again.",
)
one, three = (multi_head_attention(x, identity, n, hard_attention) for n in (1, 3))
check.close(
    one, hard_attention(x, x, x), "One head is plain attention.", tolerance=1e-4
)
check.close(
    array(three)[..., 2:4],
    hard_attention(x[..., 2:4], x[..., 2:4], x[..., 2:4]),
    "Head 1 of 3 has features 2 and 3 of 6, and sees no others.",
    tolerance=1e-4,
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Splitting the *last* axis by a reshape is safe: `(B, T, dim)` to `(B, T, H, dim / H)`.
# Then exchange two axes with `ops.transpose`. Merging does the same backwards. `attend`
# works on the last two axes, so one call serves all heads.
# </details>

# %% picture="heads"
rng = np.random.default_rng(0)
x = np.concatenate([np.eye(5), np.eye(5)], axis=1)[None]
ahead, back = np.roll(np.eye(5), 1, axis=1), np.roll(np.eye(5), -1, axis=1)
w_q = np.block([[ahead, np.zeros((5, 5))], [np.zeros((5, 5)), back]])
weights = [tensor(w) for w in (w_q, np.eye(10), np.eye(10), np.eye(10))]
y = array(multi_head_attention(tensor(x), weights, 2, hard_attention))[0]
_, panels = plt.subplots(1, 2, figsize=(10, 3.6))
for number, axes in enumerate(panels):
    found = y[:, 5 * number : 5 * number + 5]
    plot.attention_map(found, list("ABCDE"), axes=axes)
    axes.set_title(f"head {number}")
plt.show()
# Look at the two heads: in one layer each token asks the next one and the one before,
# where A comes after E again.

# %% [markdown]
# ## Problem 5 · Positions (3 points)
#
# Nothing so far knows *where* a token stands. So a position is added to each token,
# $x_t + p_t$ for $t = 0, 1, \dots, T - 1$.
#
# **Sinusoidal** positions are fixed. Each pair of features is a clock hand that turns
# at its own speed, from fast to slow. With $i = 0, 1, \dots, d/2 - 1$,
#
# $$p_{t,\,2i} = \sin(\omega_i t), \qquad p_{t,\,2i+1} = \cos(\omega_i t), \qquad
# \omega_i = 10000^{-2i/d} .$$
#
# So sines and cosines take turns: columns 0 and 1 are the hand of $\omega_0 = 1$. The
# number of features $d$ is even.
#
# **Learned** positions are a table of $T \times d$ weights, the same for all examples.
#
# **Make sure to**
#
# - begin with $t = 0$, whose position is $0, 1, 0, 1, \dots$;
# - make the learned table in `build`, with `self.add_weight`, as one weight of shape
#   `(T, d)` with `T` and `d` of the first input (an extra first axis of 1 is fine). Any
#   start is fine;
# - add it, and compute with `keras.ops`: Keras has to differentiate the layer.


# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    """The positions that are not learned.

    Args:
        tokens: number T of tokens.
        dim: number d of features, even.

    Returns:
        A tensor (or an array) of shape (T, d), values in [-1, 1].

    Example: `sinusoidal_positions(2, 4)` is about
    `[[0, 1, 0, 1], [0.841, 0.540, 0.010, 1.000]]`.
    """
    ### BEGIN SOLUTION
    frequencies = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    angles = np.arange(tokens)[:, None] * frequencies
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(tokens, dim).astype("float32")
    ### END SOLUTION


# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    """Adds a learned position to each token: (B, T, d) to the same shape.

    Example: `LearnedPositions()(tensor(np.zeros((8, 3, 2))))` has shape (8, 3, 2), and
    its eight examples are equal.
    """

    def build(self, input_shape):
        """Makes the table for inputs of shape `input_shape`, (B, T, d)."""
        ### BEGIN SOLUTION
        self.table = self.add_weight(
            shape=tuple(input_shape[1:]),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
            name="table",
        )
        ### END SOLUTION

    def call(self, x):
        """The tokens with their positions: (B, T, d) to (B, T, d)."""
        ### BEGIN SOLUTION
        return x + self.table
        ### END SOLUTION


# %% test="positions" points=3
table = sinusoidal_positions(2, 4)
check.shape(table, (2, 4), "A row per token, a column per feature.")
check.close(array(table)[0], [0, 1, 0, 1], "The first token stands at t = 0.")
check.close(
    array(table)[1],
    [0.841471, 0.540302, 0.0099998, 0.99995],
    "The docstring's example: look at the frequencies, and at who takes turns.",
)
table = array(sinusoidal_positions(7, 6))
check.close(
    table[:, 0::2] ** 2 + table[:, 1::2] ** 2,
    np.ones((7, 3)),
    "Columns 2i and 2i + 1 are sine and cosine of one angle.",
)
rng = np.random.default_rng(5)
x = tensor(rng.normal(size=(3, 4, 2)))
positions = LearnedPositions()
check.shape(positions(x), (3, 4, 2), "Adding a position changes no shape.")
shapes = [tuple(weight.shape) for weight in positions.trainable_weights]
assert shapes in ([(4, 2)], [(1, 4, 2)]), f"weights {shapes}: one table of (T, d)"
numbers = rng.normal(size=(4, 2))
positions.trainable_weights[0].assign(numbers.reshape(shapes[0]))
check.close(positions(x), array(x) + numbers, "Token t gets row t of the table.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Make the angles as a column of $t$ times a row of $\omega_i$, $(T, d/2)$. Stacking
# sine and cosine on a *new last* axis gives $(T, d/2, 2)$, and a reshape to $(T, d)$
# then lets them take turns. A weight of shape $(T, d)$ added to $(B, T, d)$ is added to
# every example.
# </details>

# %% picture="positions"
table = array(sinusoidal_positions(40, 16))
_, panels = plt.subplots(1, 2, figsize=(11, 4))
panels[0].imshow(table.T, aspect="auto", cmap="RdBu")
panels[0].set(xlabel="token t", ylabel="feature", title="positions")
drawn = panels[1].imshow(table @ table.T)
panels[1].set(xlabel="token", ylabel="token", title="dot products")
plt.colorbar(drawn)
plt.show()
# Look at the stripes on the right: the product depends on the distance alone.

# %% [markdown]
# ## Problem 6 · The order of the tokens (2 points)
#
# A set has no order. A layer for sets is *equivariant*: if its tokens come in another
# order, its results come in that other order, and are otherwise the same,
#
# $$f(\pi x) = \pi f(x) \quad \text{for every order } \pi .$$
#
# You write the test. Here $\pi$ is given as the numbers of the old places: token $t$ of
# $\pi x$ is token `order[t]` of $x$, in every example.
#
# The gap is the **largest absolute difference** between the two sides, over all
# examples, tokens and features. It is 0 (but for rounding) for self-attention, and it
# is not for a layer that knows positions. Problem 10 will use that.
#
# `layer` is any function from `(B, T, d)` to `(B, T, e)`. It takes a tensor or an array
# and gives back the same kind.
#
# **Make sure to**
#
# - put the *tokens* into the other order, not the examples;
# - do it on both sides, once before the layer and once after it;
# - take the largest difference of either sign.


# %% solution="permute_tokens"
def permute_tokens(x, order):
    """The tokens in another order.

    Args:
        x: tensor of shape (B, T, d).
        order: integer tensor of shape (T,), every number in 0 ... T - 1 once.

    Returns:
        A tensor of shape (B, T, d), whose token t is token order[t] of x.

    Example: `[[[10], [11], [12]]]` in the order `[2, 0, 1]` is `[[[12], [10], [11]]]`.
    """
    ### BEGIN SOLUTION
    return ops.take(x, order, axis=1)
    ### END SOLUTION


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    """How far a layer is from not seeing the order of its tokens.

    Args:
        layer: function of a tensor (B, T, d), which gives (B, T, e).
        x: tensor of shape (B, T, d).
        order: integer tensor of shape (T,).

    Returns:
        A number: the largest |layer(x in that order) - layer(x) in that order|.

    Example: with `x = [[[10], [20], [30]]]`, the order `[2, 0, 1]` and a layer that
    adds 0 to the first token, 2 to the second and 5 to the third, the two sides are
    `[[[30], [12], [25]]]` and `[[[35], [10], [22]]]`, and the gap is 5.
    """
    ### BEGIN SOLUTION
    before = layer(permute_tokens(x, order))
    after = permute_tokens(layer(x), order)
    return ops.max(ops.abs(before - after))
    ### END SOLUTION


# %% test="permutation" points=2
order = integers([2, 0, 1])
check.close(
    permute_tokens(tensor([[[10], [11], [12]]]), order),
    [[[12], [10], [11]]],
    "The docstring's example: token t is token order[t].",
)
rng = np.random.default_rng(6)
x = tensor(rng.normal(size=(4, 3, 2)))
check.close(
    equivariance_gap(lambda x: x * x - 1.0, x, order),
    0.0,
    "What looks at each token alone has no gap: is the order changed on both sides?",
)
for steps in tensor([[0], [2], [5]]), tensor([[0], [-2], [-5]]):
    check.close(
        equivariance_gap(
            either(lambda x, steps=steps: x + steps),
            tensor([[[10], [20], [30]]]),
            order,
        ),
        5.0,
        "The docstring's example, and less: the largest difference, of either sign.",
    )
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.take(x, order, axis=1)` picks along the second axis. Write the two sides of
# $f(\pi x) = \pi f(x)$ on two lines, then their difference.
# </details>

# %% picture="permutation"
rng = np.random.default_rng(0)
x, order = tensor(rng.normal(size=(2, 6, 4))), integers(rng.permutation(6))
table = tensor(rng.normal(size=(6, 4)))
kinds = {
    "each token alone": ops.tanh,
    "token minus mean of all": lambda x: x - ops.mean(x, axis=1, keepdims=True),
    "sorted features": lambda x: ops.sort(x, axis=-1),
    "token plus its position": lambda x: x + table,
    "token minus the one before": lambda x: x - ops.roll(x, 1, axis=1),
    "sum of all tokens so far": lambda x: ops.cumsum(x, axis=1),
}
gaps = [equivariance_gap(either(layer), x, order) for layer in kinds.values()]
gaps = [float(array(gap).squeeze()) for gap in gaps]
plt.barh(list(kinds), gaps)
plt.gca().invert_yaxis()
plt.xlabel("equivariance gap")
plt.show()
# Look at which ones see the order: those that know places or neighbours.

# %% [markdown]
# ## Problem 7 · Images as tokens (3 points)
#
# A transformer reads a list of tokens, so the image becomes one. It is cut into squares
# of $P \times P$ pixels, and each is flattened to a vector of $P \cdot P \cdot C$
# numbers. There are $N = (\text{height} / P) \cdot (\text{width} / P)$ of them.
#
# One matrix, the same for all patches, turns them into tokens of $d$ features. Before
# them stands a *class token*, a learned vector that is the same for every image: the
# blocks that follow collect in it what the image shows.
#
# $$\text{tokens} = [\,\text{class token},\; p_0 W + b,\; \dots,\; p_{N-1} W + b\,] .$$
#
# **Make sure to**
#
# - take the patches row by row, from the top left: first along the width;
# - flatten each patch in the same way: its rows from the top, in a row the pixels from
#   the left, of a pixel its channels;
# - work on images that are not square;
# - leave the class token as it is: neither the matrix nor the bias is for it.


# %% solution="cut_patches"
def cut_patches(images, patch):
    """Cuts images into flattened squares.

    Args:
        images: tensor of shape (B, height, width, C).
        patch: side P of the squares; it divides height and width.

    Returns:
        A tensor of shape (B, N, P * P * C).

    Example: one grey image of 2 x 4 pixels, `[[1, 2, 3, 4], [5, 6, 7, 8]]`, with
    `patch = 2` gives `[[[1, 2, 5, 6], [3, 4, 7, 8]]]`.
    """
    ### BEGIN SOLUTION
    _, height, width, channels = images.shape
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images, (-1, rows, patch, columns, patch, channels))
    squares = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
    return ops.reshape(squares, (-1, rows * columns, patch * patch * channels))
    ### END SOLUTION


# %% solution="embed_patches"
def embed_patches(images, w, b, class_token, patch):
    """Images to tokens, the class token first.

    Args:
        images: tensor of shape (B, height, width, C).
        w: tensor of shape (P * P * C, d), the matrix.
        b: tensor of shape (d,), the bias.
        class_token: tensor of shape (d,).
        patch: side P of the squares.

    Returns:
        A tensor of shape (B, 1 + N, d).

    Example: for the image above with a matrix of ones of shape (4, 1), `b = [100]` and
    `class_token = [-1]` the result is `[[[-1], [114], [122]]]`.
    """
    ### BEGIN SOLUTION
    tokens = ops.matmul(cut_patches(images, patch), w) + b
    first = ops.broadcast_to(class_token, (tokens.shape[0], 1, tokens.shape[2]))
    return ops.concatenate([first, tokens], axis=1)
    ### END SOLUTION


# %% test="patches" points=3
image = tensor(np.arange(1, 9).reshape(1, 2, 4, 1))
check.close(
    cut_patches(image, 2),
    [[[1, 2, 5, 6], [3, 4, 7, 8]]],
    "The docstring's example: which pixels are in one square?",
)
images = tensor(np.arange(2 * 6 * 4 * 3).reshape(2, 6, 4, 3))
patches = cut_patches(images, 2)
check.shape(patches, (2, 6, 12), "Three rows of two patches; 2 x 2 pixels, 3 channels.")
check.close(
    array(patches)[1, 3].reshape(2, 2, 3),
    array(images)[1, 2:4, 2:4],
    "Patch 3 is the second of the second row.",
)
tokens = embed_patches(
    image, tensor(np.ones((4, 1))), tensor([100]), tensor([-1]), patch=2
)
check.close(
    tokens, [[[-1], [114], [122]]], "The docstring's example: the class token is first."
)
rng = np.random.default_rng(7)
w, b, first = (tensor(rng.normal(size=s)) for s in ((12, 5), (5,), (5,)))
tokens = embed_patches(images, w, b, first, 2)
check.shape(tokens, (2, 7, 5), "Six patches and the class token, for two images.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# A reshape to $(B, \text{rows}, P, \text{columns}, P, C)$ names all parts of the image.
# One transpose brings the two that say *which patch* to the front, a second reshape
# flattens. Or two loops with `images[:, top : top + P, left : left + P]`. For the class
# token, `ops.broadcast_to` makes a copy for each image.
# </details>

# %% picture="patches"
digits, labels = data.load("digits", "train")
digits = digits.reshape(-1, 8, 8, 1)
eight = digits[labels == 8][:1]
patches = array(cut_patches(tensor(eight), 2)).reshape(16, 2, 2)
plot.image_grid(eight)
plot.image_grid(patches, [f"patch {n}" for n in range(16)], columns=4)
# Look at the patches in rows of four: they are the image again, cut and not shuffled.
# Among the tokens patch n is number n + 1, since the class token is number 0.

# %% [markdown]
# ## Problem 8 · An encoder block (4 points)
#
# The block of which transformers are stacked has two halves. Attention lets the tokens
# exchange what they know, and a small network then works on each token by itself. Each
# half is *added* to what came in, and each looks at a *normalised* copy. That the norm
# comes first is called pre-norm:
#
# $$u = x + \mathrm{attend}(\mathrm{norm}_1(x)), \qquad
# y = u + \mathrm{feed}(\mathrm{norm}_2(u)) .$$
#
# **Layer normalisation** works on each token by itself, over its $d$ features. With
# their mean $\mu$ and variance $\sigma^2 = \frac1d \sum_i (x_i - \mu)^2$,
#
# $$\mathrm{norm}(x)_i = \gamma_i\, \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}} +
# \beta_i, \qquad \varepsilon = 10^{-5} .$$
#
# **The feed-forward network** has one hidden layer of GELU units and acts on the last
# axis: $\mathrm{gelu}(x W_1 + b_1)\, W_2 + b_2$. Both forms of `ops.gelu`, exact and
# approximate, are fine.
#
# In `encoder_block` the four parts are handed to you as functions of a tensor (or an
# array) `(B, T, d)`, each of which gives back the same shape and kind: you say in which
# order they come and what is added to what.
#
# **Make sure to**
#
# - divide the variance by $d$, not by $d - 1$;
# - put $\varepsilon$ *inside* the root, which a token of nearly equal features tells;
#   one of equal features becomes $\beta$;
# - write the norm yourself: no `keras.layers.LayerNormalization`, no
#   `ops.layer_normalization`;
# - add $u$, not $x$, in the second half.


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    """Layer normalisation over the last axis, with epsilon = 1e-5.

    Args:
        x: tensor of shape (B, T, d).
        gamma: tensor of shape (d,).
        beta: tensor of shape (d,).

    Returns:
        A tensor of shape (B, T, d).

    Example: the token `[1, 3]` with `gamma = [1, 10]` and `beta = [0, 5]` has mean 2
    and variance 1, and becomes about `[-1, 15]`.
    """
    ### BEGIN SOLUTION
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / ops.sqrt(variance + 1e-5) + beta
    ### END SOLUTION


# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    """One hidden layer of GELU units, for each token by itself.

    Args:
        x: tensor of shape (B, T, d).
        w_1: tensor of shape (d, p).
        b_1: tensor of shape (p,).
        w_2: tensor of shape (p, d).
        b_2: tensor of shape (d,).

    Returns:
        A tensor of shape (B, T, d).

    Example: with `x = [[[1]]]`, `w_1 = [[2]]`, `b_1 = [-1]`, `w_2 = [[10]]` and
    `b_2 = [3]` the hidden unit is gelu(1), about 0.841, and the result `[[[11.41]]]`.
    """
    ### BEGIN SOLUTION
    hidden = ops.gelu(ops.matmul(x, w_1) + b_1)
    return ops.matmul(hidden, w_2) + b_2
    ### END SOLUTION


# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    """A pre-norm encoder block.

    Args:
        x: tensor of shape (B, T, d).
        norm_1, attend, norm_2, feed: functions of one tensor, (B, T, d) to (B, T, d).

    Returns:
        A tensor of shape (B, T, d).

    Example: if `norm_1` divides by 10, `attend` adds 3, `norm_2` subtracts 4 and `feed`
    doubles, then `x = [[[10]]]` gives $u = 10 + 4$ and $y = 14 + 20$, so `[[[34]]]`.
    """
    ### BEGIN SOLUTION
    x = x + attend(norm_1(x))
    return x + feed(norm_2(x))
    ### END SOLUTION


# %% test="block" points=4
one_token = layer_norm(tensor([[[1, 3]]]), tensor([1, 10]), tensor([0, 5]))
check.close(
    one_token,
    [[[-1, 15]]],
    "The docstring's example: look at the variance, gamma and beta.",
    tolerance=1e-3,
)
rng = np.random.default_rng(8)
x = tensor(3 + 2 * rng.normal(size=(2, 4, 6)))
normal = array(layer_norm(x, tensor(np.ones(6)), tensor(np.zeros(6))))
check.shape(normal, (2, 4, 6), "The norm keeps the shape.")
check.close(
    normal.mean(axis=-1), np.zeros((2, 4)), "Each token has mean 0.", tolerance=1e-4
)
check.close(
    normal.var(axis=-1), np.ones((2, 4)), "Each token has variance 1.", tolerance=1e-3
)
check.close(
    layer_norm(tensor([[[4, 4, 4]]]), tensor([1, 1, 1]), tensor([1, 2, 3])),
    [[[1, 2, 3]]],
    "Features that are all equal become beta.",
)
check.close(
    layer_norm(tensor([[[-0.003, 0.003]]]), tensor([1, 1]), tensor([0, 0])),
    [[[-0.688247, 0.688247]]],
    "Features that are nearly equal: look at epsilon, its size and its place.",
    tolerance=1e-3,
)
check.close(
    feed_forward(*map(tensor, ([[[1]]], [[2]], [-1], [[10]], [3]))),
    [[[11.41]]],
    "The docstring's example: look at the order of the steps.",
    tolerance=1e-2,
)
parts = tensor(np.eye(2)), tensor([0, 0]), tensor(np.eye(2)), tensor([0, 0])
check.close(
    feed_forward(tensor([[[-10, 10]]]), *parts),
    [[[0, 10]]],
    "GELU passes large numbers and stops large negative ones.",
    tolerance=1e-3,
)
check.close(
    encoder_block(
        tensor([[[10]]]),
        lambda x: 0.1 * x,
        lambda x: x + 3.0,
        lambda x: x - 4.0,
        lambda x: 2.0 * x,
    ),
    [[[34]]],
    "The docstring's example: what is normalised, and what is added to what?",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.mean(..., axis=-1, keepdims=True)` keeps an axis of 1, so that it can be
# subtracted from every feature. The variance is the mean of the squares of what is left
# then. In the block, give $u$ a name.
# </details>

# %% picture="block"
rng = np.random.default_rng(0)
start = tensor(rng.normal(size=(1, 6, 16)))
ones, zeros = tensor(np.ones(16)), tensor(np.zeros(16))
for name, norm in {
    "pre-norm": lambda x: layer_norm(x, ones, zeros),
    "no norm": lambda x: x,
}.items():
    x, sizes = start, []
    draw = np.random.default_rng(1)
    for _ in range(12):
        w, w_1, w_2 = (tensor(0.4 * draw.normal(size=(16, 16))) for _ in range(3))
        x = encoder_block(
            x,
            either(norm),
            either(
                lambda x, w=w: ops.matmul(x - ops.mean(x, axis=1, keepdims=True), w)
            ),
            either(norm),
            either(lambda x, a=w_1, b=w_2: feed_forward(x, a, zeros, b, zeros)),
        )
        sizes.append(float(np.sqrt(np.mean(array(x) ** 2))))
    plt.semilogy(range(1, 13), sizes, "o-", label=name)
plt.xlabel("blocks")
plt.ylabel("size of a feature (root mean square)")
plt.legend()
plt.show()
# Look at the slopes: with norms each block adds about as much as the one before it.

# %% [markdown]
# ## Problem 9 · A vision transformer (4 points)
#
# Now all together, as a Keras model. From images `(B, height, width, C)` to logits
# `(B, classes)`:
#
# 1. patches of $P \times P$ pixels, each through the same dense layer with bias, to $N$
#    tokens of $d$ features;
# 2. one learned class token before them, the same for every image;
# 3. one learned position for each of the $1 + N$ places, added;
# 4. `depth` blocks, one after the other;
# 5. a layer normalisation with scale and shift;
# 6. a dense layer with bias, of the *class token alone*, to the logits.
#
# The blocks are handed to you: each call of `make_block()` gives a new Keras layer from
# `(B, T, d)` to `(B, T, d)`. For the rest use whatever Keras has. Nothing here needs
# your problem 7: a `keras.layers.Conv2D` whose `kernel_size` and `strides` are $P$ is a
# dense layer of patches.
#
# So the number of weights is
# $P^2 C\, d + d$ (patches) $+\; d$ (class token) $+\; (1 + N)\, d$ (positions)
# $+\; 2d$ (norm) $+\; (d + 1) \cdot \text{classes}$ (logits), and those of the blocks.
#
# **Make sure to**
#
# - call `make_block` `depth` times, in the constructor, and keep the blocks in an
#   attribute: Keras trains only what it knows of;
# - make the class token and the positions with `add_weight`, in `build`: there the size
#   of the images is known. Any small start will do;
# - return logits: no softmax at the end;
# - compute with `keras.ops` and Keras layers: all of it has to be differentiated.

# %% given="mixing-block"


class MixingBlock(keras.layers.Layer):
    """A stand-in for an encoder block: tokens exchange means, not attention."""

    def __init__(self, units=16):
        super().__init__()
        self.mix = keras.layers.Dense(units, activation="tanh")

    def build(self, input_shape):
        self.mix.build(input_shape)

    def call(self, x):
        return x + ops.mean(self.mix(x), axis=1, keepdims=True)


# %% solution="vit"
class ViT(keras.Model):
    """A vision transformer: images (B, height, width, C) to logits (B, classes).

    Args:
        patch: side P of the patches; it divides height and width.
        dim: number d of features of a token.
        depth: number of blocks.
        classes: number of classes.
        make_block: function without arguments that gives a new block.

    Example: `ViT(2, 16, 3, 10, MixingBlock)(tensor(np.zeros((5, 8, 8, 1))))` has shape
    (5, 10).
    """

    def __init__(self, patch, dim, depth, classes, make_block):
        """Makes the layers, and keeps the numbers that `build` needs."""
        super().__init__()
        ### BEGIN SOLUTION
        self.patch, self.dim = patch, dim
        self.embed = keras.layers.Dense(dim)
        self.blocks = [make_block() for _ in range(depth)]
        self.norm = keras.layers.LayerNormalization()
        self.head = keras.layers.Dense(classes)
        ### END SOLUTION

    def build(self, input_shape):
        """Makes the class token and the positions, for images of `input_shape`."""
        ### BEGIN SOLUTION
        _, height, width, channels = input_shape
        self.rows, self.columns = height // self.patch, width // self.patch
        self.pixels = self.patch * self.patch * channels
        places = 1 + self.rows * self.columns
        small = keras.initializers.RandomNormal(stddev=0.02)
        self.class_token = self.add_weight(shape=(1, 1, self.dim), initializer=small)
        self.positions = self.add_weight(shape=(places, self.dim), initializer=small)
        self.embed.build((None, places - 1, self.pixels))
        for layer in [*self.blocks, self.norm]:
            layer.build((None, places, self.dim))
        self.head.build((None, self.dim))
        ### END SOLUTION

    def call(self, images):
        """The logits of images: (B, height, width, C) to (B, classes)."""
        ### BEGIN SOLUTION
        side, rows, columns = self.patch, self.rows, self.columns
        cut = ops.reshape(images, (-1, rows, side, columns, side, images.shape[-1]))
        squares = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
        patches = ops.reshape(squares, (-1, rows * columns, self.pixels))
        tokens = self.embed(patches)
        shape = (ops.shape(tokens)[0], 1, self.dim)
        first = ops.broadcast_to(self.class_token, shape)
        x = ops.concatenate([first, tokens], axis=1) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])
        ### END SOLUTION


# %% test="vit" points=4
kerasdl.seed(1)
model = ViT(2, 16, 3, 10, MixingBlock)
rng = np.random.default_rng(9)
logits = model(tensor(rng.random((5, 4, 6, 1))))
check.shape(logits, (5, 10), "A row of logits per image.")
count = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
expected = 4 * 16 + 16 + 16 + 7 * 16 + 3 * (16 * 16 + 16) + 32 + 17 * 10
shapes = [tuple(weight.shape) for weight in model.trainable_weights]
assert count == expected, f"{count} weights, expected {expected}; their shapes {shapes}"
off = np.abs(array(logits).sum(axis=-1) - 1).max()
assert off > 1e-3, "logits are asked for, not probabilities: no softmax at the end"
model = ViT(2, 16, 1, 10, keras.layers.Identity)
logits = array(model(tensor(rng.random((5, 4, 6, 1)))))
check.close(
    logits,
    logits[[0] * 5],
    "Behind blocks that do nothing the class token is still the same for all images.",
    tolerance=1e-4,
)


def bright_patch(number):
    """Noisy images of 4 x 6 pixels with one bright patch, and its place, 0 to 5."""
    places = rng.integers(0, 6, number)
    images = 0.3 * rng.random((number, 4, 6, 1))
    for image, place in zip(images, places, strict=True):
        row, column = divmod(place, 3)
        image[2 * row : 2 * row + 2, 2 * column : 2 * column + 2] += 0.7
    return images.astype("float32"), places


kerasdl.seed(1)
model = ViT(2, 16, 1, 6, MixingBlock)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.02), loss)
images, places = bright_patch(640)
model.fit(images, places, batch_size=64, epochs=20, verbose=0)
images, places = bright_patch(200)
found = model.predict(images, batch_size=200, verbose=0).argmax(axis=1)
share = np.mean(found == places)
print(f"the bright patch was found in {share:.0%} of new images")
assert share > 0.5, f"found in {share:.0%}: do the tokens know where they stand?"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.shape(tokens)[0]` is the number of images also while Keras compiles; with it
# `ops.broadcast_to(self.class_token, (batch, 1, dim))` makes the copies of the class
# token. Positions of shape `(1 + N, d)` are added to `(B, 1 + N, d)`. `x[:, 0]` is the
# class token again, after the blocks.
# </details>

# %% picture="vit"


class OwnBlock(keras.layers.Layer):
    """Your problems 2, 4 and 8 as a layer, if they are written with `keras.ops`."""

    def build(self, input_shape):
        d, p = input_shape[-1], 2 * input_shape[-1]
        self.matrices = [self.add_weight(shape=(d, d)) for _ in range(4)]
        self.norms = [
            self.add_weight(shape=(d,), initializer=start)
            for start in ("ones", "zeros", "ones", "zeros")
        ]
        self.network = [self.add_weight(shape=s) for s in ((d, p), (p,), (p, d), (d,))]

    def call(self, x):
        def attend(q, k, v):
            return ops.matmul(attention_weights(q, k), v)

        return encoder_block(
            x,
            lambda x: layer_norm(x, *self.norms[:2]),
            lambda x: multi_head_attention(x, self.matrices, 4, attend),
            lambda x: layer_norm(x, *self.norms[2:]),
            lambda x: feed_forward(x, *self.network),
        )


kerasdl.seed(0)
digits, labels = data.load("digits", "train")
new_digits, new_labels = data.load("digits", "test")
model = ViT(2, 32, 1, 10, OwnBlock)
model.compile(
    keras.optimizers.Adam(0.005),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
digits, labels = digits[:1408].reshape(-1, 8, 8, 1), labels[:1408]  # 22 full batches
try:
    model(digits[:64])
    before = [np.array(weight) for weight in model.get_weights()]
    model.fit(digits, labels, batch_size=64, epochs=6, verbose=0)
    logits = model.predict(new_digits.reshape(-1, 8, 8, 1), batch_size=360, verbose=0)
except Exception as error:
    print(f"Stopped, which costs no points: {error!r}\nNumPy in 2, 4 or 8?")
else:
    pairs = zip(before, model.get_weights(), strict=True)
    learned = sum(not np.array_equal(old, new) for old, new in pairs)
    print(f"{learned} of {len(before)} arrays of weights have learned")
    guesses = logits.argmax(axis=1)
    print(f"right on {np.mean(guesses == new_labels):.1%} of new digits")
    wrong = np.flatnonzero(guesses != new_labels)[:6]
    shown = np.concatenate([wrong, np.arange(12)])[:12]
    plot.image_grid(
        new_digits[shown].reshape(-1, 8, 8),
        [f"{guesses[i]} (is {new_labels[i]})" for i in shown],
        columns=6,
    )
# Look at what it took: where all have learned, each line of this model is yours.

# %% [markdown]
# ## Problem 10 · Shuffled images (3 points, written)
#
# Two vision transformers learn the digits, cut into 16 patches. They are alike but for
# one thing: the second has no positions. Then both are asked about the test images
# twice: as they are, and with the 16 patches of every image in another order, the same
# for all images.
#
# 1. **Predict** the four accuracies before you run the cell, roughly: chance is 10 %.
# 2. **Run** the cell and read off the numbers.
# 3. **Explain** the two numbers of the net without positions, in at most 120 words
#    (the prediction and the numbers do not count). Use the equation of problem 6, where
#    $\pi$ is now an order of all 17 tokens that leaves the class token in its place,
#    and say which part of the net turns equivariance into *invariance*. Why is it still
#    better than chance?
#
# The cell takes layers of the library that the rules forbid to you.


# %% picture="shuffled"
import kerasdl.layers as ready


def trained(with_positions):
    """A vision transformer of the library, trained on the digits."""
    kerasdl.seed(3)
    images = keras.Input((8, 8, 1))
    x = ready.ClassToken()(ready.PatchEmbedding(2, 32)(images))
    if with_positions:
        x = ready.LearnedPositions()(x)
    x = ready.TransformerBlock(32, heads=4, units=64)(x)
    x = ready.LayerNormalization()(x)
    model = keras.Model(images, keras.layers.Dense(10)(x[:, 0]))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.005), loss)
    digits, labels = data.load("digits", "train")
    digits = digits[:1408].reshape(-1, 8, 8, 1)  # 22 full batches
    batches = data.Batches(digits, labels[:1408], 64, seed=3)
    model.fit(batches, epochs=8, verbose=0)
    return model


def shuffled(images, order):
    """The images with their 16 patches in another order."""
    parts = images.reshape(-1, 4, 2, 4, 2).transpose(0, 1, 3, 2, 4)
    parts = parts.reshape(-1, 16, 2, 2)[:, order].reshape(-1, 4, 4, 2, 2)
    return parts.transpose(0, 1, 3, 2, 4).reshape(-1, 8, 8, 1)


images, labels = data.load("digits", "test")
images = images.reshape(-1, 8, 8, 1)
other = shuffled(images, np.random.default_rng(0).permutation(16))
plot.image_grid(np.concatenate([images[:6], other[:6]]).squeeze(-1), columns=6)
for name, with_positions in (("with positions", True), ("without", False)):
    model = trained(with_positions)
    shares = [
        np.mean(model.predict(x, batch_size=360, verbose=0).argmax(axis=1) == labels)
        for x in (images, other)
    ]
    print(
        f"{name}: {shares[0]:.1%} of the images, {shares[1]:.1%} of the shuffled ones"
    )

# %% [markdown] written="shuffled" points=3
# **Your prediction, the numbers, and your explanation (this in at most 120 words):**
#
# ### BEGIN SOLUTION
# *Model answer.* Prediction: high as they are, near chance when shuffled, with
# positions; without, the same number twice. Run: with positions about 93 % and 10 to
# 20 %; without, about 50 % both times, the same to the last image.
#
# Explanation: attention, norms and the feed-forward network treat all tokens alike, so
# without positions each block is equivariant, $f(\pi x) = \pi f(x)$, and so is a stack
# of them. Reading the logits from the class token alone, which no shuffle moves, turns
# this into invariance: the token's sums run over the same patches in another order.
# So both predictions are equal. It beats chance since it still sees *which* patches
# occur, though not where: a bag of strokes, edges and empty squares, whose numbers
# differ between digits. With positions a shuffle puts each patch at a place it has
# never been seen at.
#
# *Marks.* 1 point: a prediction for all four and the numbers of the run, compared (a
# wrong prediction earns it too). 1 point: equivariance of every part without positions,
# and that the class token (or a mean, or any fixed or symmetric way to read) makes it
# invariance; half of it for "attention does not see the order" alone. 1 point: the set
# of patches still tells something about the digit. Beyond 150 words, minus 0.5.
# ### END SOLUTION
