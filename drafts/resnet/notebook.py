# %% [markdown]
# # Assignment 3 · Residual networks
#
# You build the block that made networks of a hundred layers trainable, measure why it
# does, and adapt a trained network to a new task by a handful of numbers.
#
# **You will learn to**
#
# - write a residual block, with the identity or a projection as its shortcut;
# - say where the sum and the activation have to stand, and what goes wrong otherwise;
# - plan a ResNet of depth $6n + 2$, count what it learns, and build it;
# - measure the gradient in every layer of plain and residual networks;
# - train nothing but the batch normalisations of a network of random filters;
# - freeze, exchange and fine-tune parts of a trained network;
# - adapt frozen filters to a new domain by residual adapters.
#
# | problem | points | hours, about |
# |---|---|---|
# | 1 A residual block | 5 | 1.25 |
# | 2 Where the sum goes | 3 | 0.75 |
# | 3 A plan of depth 6n + 2, and its cost | 4 | 0.75 |
# | 4 A ResNet | 4 | 1 |
# | 5 Gradients against depth | 4 | 1 |
# | 6 Batch normalisation alone | 2 | 0.5 |
# | 7 Freezing and fine-tuning | 4 | 1 |
# | 8 Residual adapters | 3 | 0.75 |
# | 9 Deeper and worse (written) | 3 | 0.5 |
# | **together** | **32** | **7.5** |
#
# **How it is marked.** Each hole says `raise NotImplementedError()`: replace that line.
# The visible tests under a problem are there to help you; they give no points. When
# your notebook is marked, hidden checks with other sizes and other numbers look at one
# idea each, and every idea that is right earns its part of the points. Each problem is
# marked by itself: what an earlier problem provides is handed to you as an argument.
# Problem 9 is marked by a person.
#
# **Rules**
#
# - Keep the names and the arguments of the functions. You may add functions, cells and
#   imports of anything that is installed here.
# - Write with `keras.ops`, with NumPy or with loops: the values count, not the style.
#   Where something is **not allowed** the problem says so, and using it, under whatever
#   name, counts as no answer there. Tuples or lists, tensors or arrays: all are fine.
#   Only layers and models (problems 1, 4 and 8) must compute with `keras.ops` and Keras
#   layers, since Keras has to differentiate them.
# - Your functions receive *tensors* of whatever library runs under Keras. `keras.ops`
#   takes them as they are. If you prefer NumPy, begin with
#   `x = ops.convert_to_numpy(x)`: mixing tensors and arrays fails on some backends. No
#   function may change its arguments in place, except where it is asked to.
# - Images are **channels last**: a batch has the shape (B, height, width, channels).
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
# ## Problem 1 · A residual block (5 points)
#
# Two layers are to learn a mapping $H(x)$. A residual block has them learn only the
# difference to its input, $F(x) = H(x) - x$, and adds the input again:
#
# $$F(x) = \text{norm}\big(W_2 * \text{relu}(\text{norm}(W_1 * x))\big), \qquad
# y = \text{relu}\big(F(x) + S(x)\big).$$
#
# $W_1 * x$ is a convolution as `keras.layers.Conv2D` makes it, with windows of
# $3 \times 3$, `padding="same"` and **no bias**. $W_1$ moves by the block's `stride`,
# $W_2$ by 1. Both have `filters` filters. The two norms are different batch
# normalisations, `keras.layers.BatchNormalization()` as it is, each with its own
# $\gamma$ and $\beta$; so a bias would be of no use.
#
# The **shortcut** $S$ is
#
# - the identity, $S(x) = x$, where $F(x)$ has the same shape as $x$: the stride is 1
#   and $x$ has `filters` channels. It has no weights;
# - otherwise a projection, $S(x) = \text{norm}(P * x)$, a convolution with windows of
#   $1 \times 1$, `filters` filters, the block's stride, no bias, and a third batch
#   normalisation.
#
# A block on $(B, H, W, C)$ gives $(B, \lceil H / \text{stride} \rceil, \lceil W /
# \text{stride} \rceil, \text{filters})$.
#
# **Make sure to**
#
# - add before the last ReLU, and nothing but $F(x)$ and $S(x)$: no ReLU stands at the
#   end of $F$ or of $S$;
# - feed the projection with the block's input $x$;
# - let Keras decide between the statistics of the batch (in training) and the running
#   ones: pass `training` on, or leave it out, but do not set it to a fixed value.
#
# How many channels $x$ has is known when Keras calls `build` with its shape. Layers
# that you make in `build` and keep as attributes are known to Keras.
#
# **Not allowed**: everything in `kerasdl.layers` and `kerasdl.models`.


# %% solution="block"
class ResidualBlock(keras.layers.Layer):
    """Two convolutions and a shortcut, (B, H, W, C) to (B, H', W', filters).

    Args:
        filters: number of filters of both convolutions.
        stride: whole number, of the first convolution and of the projection.

    Example: `ResidualBlock(4, stride=2)(tensor(np.ones((1, 8, 8, 3))))` has the shape
    (1, 4, 4, 4).
    """

    def __init__(self, filters, stride=1):
        """Keeps the arguments."""
        super().__init__()
        ### BEGIN SOLUTION
        self.filters, self.stride = filters, stride
        ### END SOLUTION

    def build(self, input_shape):
        """Makes the parts for inputs of shape (B, H, W, input_shape[-1])."""
        ### BEGIN SOLUTION
        self.first = self.convolution(3, self.stride)
        self.first_norm = keras.layers.BatchNormalization()
        self.second = self.convolution(3, 1)
        self.second_norm = keras.layers.BatchNormalization()
        self.projected = self.stride != 1 or input_shape[-1] != self.filters
        if self.projected:
            self.projection = self.convolution(1, self.stride)
            self.projection_norm = keras.layers.BatchNormalization()
        ### END SOLUTION

    def call(self, x, training=None):
        """The block's output, (B, H', W', filters)."""
        ### BEGIN SOLUTION
        y = ops.relu(self.first_norm(self.first(x), training=training))
        y = self.second_norm(self.second(y), training=training)
        if self.projected:
            x = self.projection_norm(self.projection(x), training=training)
        return ops.relu(y + x)

    def convolution(self, size, stride):
        """One of its convolutions."""
        return keras.layers.Conv2D(
            self.filters, size, strides=stride, padding="same", use_bias=False
        )
        ### END SOLUTION


# %% test="block" points=5
def shapes_of(layer):
    """The shapes of what a layer learns, in alphabetical order."""
    return sorted(tuple(weight.shape) for weight in layer.trainable_weights)


def without_kernels(layer, x):
    """The layer, once it is built, with zeros in its convolutions of 3 x 3."""
    layer(x)
    for weight in layer.trainable_weights:
        if tuple(weight.shape[:2]) == (3, 3):
            weight.assign(ops.zeros_like(weight.value))
    return layer


x = tensor(np.random.default_rng(0).uniform(1, 2, (2, 6, 6, 3)))
narrow, wide = ResidualBlock(3), ResidualBlock(5, stride=2)
check.shape(narrow(x), (2, 6, 6, 3), "Stride 1 and same padding keep the size.")
check.shape(wide(x), (2, 3, 3, 5), "Stride 2 halves the sides.")
expected = [(3,)] * 4 + [(3, 3, 3, 3)] * 2
assert shapes_of(narrow) == expected, (
    f"with the identity as shortcut it learns {expected}, not {shapes_of(narrow)}: two "
    "kernels without bias, a gamma and a beta in each of two norms"
)
expected = [(1, 1, 3, 5), (3, 3, 3, 5), (3, 3, 5, 5)] + [(5,)] * 6
assert sorted(shapes_of(wide), key=len) == sorted(expected, key=len), (
    f"with a projection it learns {expected}, not {shapes_of(wide)}"
)
check.close(
    without_kernels(narrow, x)(x),
    x,
    "If all kernels are 0 then F(x) is 0, and the block hands its input on.",
)
check.close(
    narrow(-x), ops.zeros_like(x), "The sum goes through a ReLU: nothing is below 0."
)
before = [ops.convert_to_numpy(w) for w in narrow.non_trainable_weights]
narrow(x, training=True)
after = [ops.convert_to_numpy(w) for w in narrow.non_trainable_weights]
moved = sum(np.any(a != b) for a, b in zip(before, after, strict=True))
assert moved >= 1, "in training the running averages move: look at `training`"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `keras.layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)` is
# the first convolution. Make five or six layers in `build`, depending on the last
# number of `input_shape`, and use them in `call` in the order of the equations. Keep
# the input under its own name until the sum.
# </details>

# %% picture="block"
kerasdl.seed(0)
digits, _ = data.load("digits", "train")
streams = {"F + S": [tensor(np.repeat(digits[:6], 8, axis=-1))]}
streams["F alone"] = streams["F + S"][:]
for _ in range(8):
    block = ResidualBlock(8)
    x = streams["F + S"][-1]
    streams["F + S"].append(block(x))
    x = streams["F alone"][-1]
    streams["F alone"].append(ops.abs(block(x) - x))
figure, axes = plt.subplots(5, 6, figsize=(6, 5.4), layout="tight")
rows = [(0, "F + S"), (2, "F + S"), (8, "F + S"), (2, "F alone"), (8, "F alone")]
for row, (number, name) in zip(axes, rows, strict=True):
    images = ops.convert_to_numpy(streams[name][number]).mean(axis=-1)
    for axis, image in zip(row, images, strict=True):
        axis.imshow(image, cmap="gray")
        axis.set(xticks=[], yticks=[])
    row[0].set_ylabel(f"{name}, {number}", fontsize=8)
plt.show()
# Digits behind 0, 2 and 8 new blocks, whose kernels are random, with their shortcuts
# and without. Look at where you could still read them: that is where learning starts.

# %% [markdown]
# ## Problem 2 · Where the sum goes (3 points)
#
# The numbers that pass from block to block are a *stream* $x_0, x_1, \dots, x_L$. Block
# $l = 0 \dots L - 1$ has a branch $F_l$ (a function, tensor to tensor of the same
# shape) and a ReLU. There are three places for the ReLU, and each has a name here:
#
# | `order` | $x_{l+1}$ | |
# |---|---|---|
# | `"sum_first"` | $\text{relu}(x_l + F_l(x_l))$ | as in problem 1 |
# | `"relu_first"` | $x_l + \text{relu}(F_l(x_l))$ | the sum after the activation |
# | `"pre"` | $x_l + F_l(\text{relu}(x_l))$ | the activation first of all |
#
# Backpropagation goes from $x_L$ to $x_0$ along every path there is, through a branch
# or past it. `direct_gradient` looks at the one path that passes *all* branches by.
# What it multiplies the gradient by is, for each number by itself,
#
# - in `"sum_first"`: 1 if that number is above 0 in *all* of $x_1 \dots x_L$, else 0: a
#   ReLU whose output is 0 lets nothing back. Its input $x_0$ does not matter;
# - in the other two: 1, since no ReLU stands on that path.
#
# **Make sure to**
#
# - hand each branch what the block before it returned;
# - return the whole stream, $x_0$ too: $L + 1$ tensors;
# - return from `direct_gradient` a tensor of the shape of one $x_l$.


# %% solution="stream"
def residual_stream(x, branches, order):
    """What passes from block to block.

    Args:
        x: tensor of shape (B, d), the first x_0.
        branches: list of L functions, each from a tensor (B, d) to a tensor (B, d).
        order: "sum_first", "relu_first" or "pre".

    Returns:
        A list of the L + 1 tensors x_0 ... x_L.

    Example: with x = [[1, -2]] and one branch that multiplies by -3, x_1 is [[0, 4]] in
    the order "sum_first", [[1, 4]] in "relu_first" and [[-2, -2]] in "pre".
    """
    ### BEGIN SOLUTION
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(ops.relu(x))
        stream.append(x)
    return stream
    ### END SOLUTION


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    """What the direct path multiplies the gradient by.

    Args:
        stream: list of L + 1 tensors of shape (B, d), as `residual_stream` returns.
        order: "sum_first", "relu_first" or "pre".

    Returns:
        A tensor of shape (B, d) of zeros and ones.

    Example: for the stream [[-1, 5, 2]], [[3, 0, 1]], [[2, 4, 6]] it is [[1, 0, 1]] in
    the order "sum_first" and [[1, 1, 1]] in "pre".
    """
    ### BEGIN SOLUTION
    gradient = ops.ones_like(stream[0])
    if order == "sum_first":
        for x in stream[1:]:
            gradient = gradient * ops.cast(x > 0, "float32")
    return gradient
    ### END SOLUTION


# %% test="stream" points=3
x = tensor([[1.0, -2.0]])
for order, expected in (
    ("sum_first", [[0, 4]]),
    ("relu_first", [[1, 4]]),
    ("pre", [[-2, -2]]),
):
    stream = residual_stream(x, [lambda x: -3.0 * x], order)
    assert len(stream) == 2, f"{order}: one branch makes a stream of 2, x_0 and x_1"
    check.close(stream[0], x, f"{order}: the stream begins with x.")
    check.close(stream[1], expected, f"{order}: the docstring's example.")
stream = residual_stream(x, [lambda x: x, lambda x: 10.0 + x], "relu_first")
check.close(stream[2], [[14, 6]], "The second branch gets what the first block gave.")
stream = [tensor([[-1, 5, 2]]), tensor([[3, 0, 1]]), tensor([[2, 4, 6]])]
check.close(
    direct_gradient(stream, "sum_first"), [[1, 0, 1]], "Above 0 in x_1 and in x_2."
)
check.close(direct_gradient(stream, "relu_first"), [[1, 1, 1]], "Nothing in the way.")
check.close(direct_gradient(stream, "pre"), [[1, 1, 1]], "Nothing in the way.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Keep a list that begins with `x`, and append to it in a loop over the branches. For
# the direct path multiply masks: `ops.cast(x > 0, "float32")` is 1 where x is above 0.
# </details>

# %% picture="stream"
rng = np.random.default_rng(0)
width, blocks = 64, 40
x = tensor(rng.normal(size=(100, width)))
matrices = [tensor(rng.normal(0, 0.3 / width**0.5, (width, width))) for _ in range(40)]
branches = [lambda x, w=w: ops.matmul(x, w) for w in matrices]
figure, axes = plt.subplots(1, 3, figsize=(10, 3), layout="tight")
for order in ("sum_first", "relu_first", "pre"):
    stream = residual_stream(x, branches, order)
    passed = [
        np.mean(ops.convert_to_numpy(direct_gradient(stream[: n + 1], order)))
        for n in range(blocks + 1)
    ]
    stream = [ops.convert_to_numpy(part) for part in stream]
    axes[0].plot([part.mean() for part in stream], label=order)
    axes[1].plot([part.std() for part in stream], label=order)
    axes[2].plot(passed, label=order)
names = ("mean", "spread", "share that passes directly")
for axis, name in zip(axes, names, strict=True):
    axis.set(xlabel="block", ylabel=name)
for axis in axes[:2]:
    axis.set_yscale("symlog", linthresh=1)
axes[2].legend()
plt.show()
# Look at "relu_first": a branch that can only add drives the stream away. And look at
# what "sum_first" costs the direct path: which order would you take for 1000 blocks?

# %% [markdown]
# ## Problem 3 · A plan of depth 6n + 2, and its cost (4 points)
#
# The ResNets for small images have a *stem*, one convolution; then three stages of $n$
# residual blocks each; then one dense layer. Every block has two convolutions, so the
# depth (the number of layers with weights, projections not counted) is
#
# $$1 + 3 \cdot n \cdot 2 + 1 = 6 n + 2, \qquad n \ge 1.$$
#
# With $f$ = `filters`, the blocks of the first stage have $f$ filters, those of the
# second $2f$, those of the third $4f$. The first block of the second stage and the
# first block of the third have stride 2; all others have stride 1.
#
# `resnet_plan` lists the blocks as pairs (filters, stride), from input to output, and
# raises a `ValueError` for a depth that is no $6n + 2$ with $n \ge 1$.
#
# `count_weights` counts what a network of that plan has, for images with $C$ =
# `channels` channels and $K$ = `classes` classes:
#
# - the stem: a convolution of $3 \times 3$ from $C$ channels to $f$ filters, and a
#   batch normalisation;
# - every block as in problem 1: two convolutions of $3 \times 3$, each followed by a
#   batch normalisation; and, only where the number of channels or the size changes, a
#   projection of $1 \times 1$ with a batch normalisation;
# - the mean over all places, which has no weights, and a dense layer from $4f$ numbers
#   to $K$, the only part **with a bias**.
#
# A batch normalisation of $c$ channels *learns* $2c$ numbers and *keeps* $2c$ more, its
# running averages, which nobody learns. The two are counted apart.


# %% solution="plan"
def resnet_plan(depth, filters):
    """The blocks of a ResNet.

    Args:
        depth: whole number.
        filters: whole number f: filters of the first stage.

    Returns:
        A list of pairs (filters, stride), one per block, from input to output.

    Raises:
        ValueError: the depth is not 6 n + 2 with n = 1, 2, ...

    Example: `resnet_plan(8, 16)` is `[(16, 1), (32, 2), (64, 2)]`.
    """
    ### BEGIN SOLUTION
    n, rest = divmod(depth - 2, 6)
    if rest or n < 1:
        raise ValueError(f"A depth is 8, 14, 20, ... Received: {depth}")
    plan = []
    for stage in range(3):
        for number in range(n):
            stride = 2 if stage > 0 and number == 0 else 1
            plan.append((filters * 2**stage, stride))
    return plan
    ### END SOLUTION


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    """How many numbers a ResNet learns, and how many running averages it keeps.

    Args:
        depth: 8, 14, 20, ...
        filters: whole number f: filters of the first stage.
        channels: channels C of the images.
        classes: number of classes K.

    Returns:
        (learned, running), two whole numbers.

    Example: for depth 8 with 1 filter, 1 channel and 2 classes, stem and head have
    (9 + 2) + (4 * 2 + 2) = 21 learned numbers, the three blocks 22 + 68 + 248, together
    359; and the running averages are 2 + 4 + 12 + 24 = 42.
    """
    ### BEGIN SOLUTION
    learned, running = (9 * channels + 2) * filters, 2 * filters
    before = filters
    for stage in range(3):
        width = filters * 2**stage
        for number in range((depth - 2) // 6):
            learned += 9 * before * width + 9 * width**2 + 4 * width
            running += 4 * width
            if stage > 0 and number == 0:
                learned += before * width + 2 * width
                running += 2 * width
            before = width
    return learned + (4 * filters + 1) * classes, running
    ### END SOLUTION


# %% test="plan" points=4
assert [tuple(pair) for pair in resnet_plan(8, 16)] == [(16, 1), (32, 2), (64, 2)], (
    "depth 8: one block in each stage"
)
assert [tuple(pair) for pair in resnet_plan(14, 5)] == [
    *[(5, 1), (5, 1)],
    *[(10, 2), (10, 1)],
    *[(20, 2), (20, 1)],
], "depth 14: two blocks in each stage, the first of a later stage has stride 2"
for depth in (2, 9, 18):
    try:
        resnet_plan(depth, 16)
    except ValueError:
        continue
    raise AssertionError(f"{depth} is no 6 n + 2 with n of 1 or more: ValueError")
check.close(count_weights(8, 1, 1, 2), (359, 42), "The docstring's example.")
learned, running = count_weights(20, 16, 3, 10)
assert learned == 272_474, f"ResNet-20 learns 272 474 numbers, not {learned}"
assert running == 1_568, f"ResNet-20 keeps 1568 running averages, not {running}"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `divmod(depth - 2, 6)` gives $n$ and what is left over. For the counts go through the
# blocks of the plan and keep the number of channels that come in. A projection stands
# where it differs from the block's filters. The docstring's second block, from 1
# channel to 2: the convolutions have $9 \cdot 1 \cdot 2 + 9 \cdot 2 \cdot 2 = 54$, the
# norms $2 \cdot 4 = 8$, and the projection with its norm $1 \cdot 2 + 4 = 6$.
# </details>

# %% picture="plan"
depths = [8, 14, 20, 32, 44, 56, 110]
counts = [count_weights(depth, 16, 3, 10)[0] for depth in depths]
plt.plot(depths, np.array(counts) / 1e6, "o-")
plt.xlabel("depth")
plt.ylabel("learned numbers, millions")
plt.show()
# Look at how straight it is: depth is cheap. What would doubling `filters` cost?

# %% [markdown]
# ## Problem 4 · A ResNet (4 points)
#
# `resnet` puts a network together, as a Keras model that turns images $(B, H, W, C)$ of
# any size into logits $(B, K)$:
#
# 1. the stem: `keras.layers.Conv2D` with windows of $3 \times 3$, `padding="same"`,
#    stride 1, **no bias**, and as many filters as the first block of the plan; then
#    `keras.layers.BatchNormalization()`, then ReLU;
# 2. the blocks of the plan, one after the other. `make_block(filters, stride)` makes
#    one, a Keras layer such as that of problem 1;
# 3. the mean over all places (rows and columns) of each channel, $(B, F)$;
# 4. a dense layer with bias from these $F$ numbers to $K$ **logits**: no softmax, since
#    the loss takes the logits.
#
# **Make sure to**
#
# - return a `keras.Model` of any kind: Sequential, functional (sides that are not known
#   are `None` in `keras.Input`), or a class of yours. It may make its weights when it
#   is first called;
# - call `make_block` once for each entry of the plan, in its order;
# - not flatten: what follows the blocks must not depend on the size of the images.
#
# **Not allowed**: everything in `kerasdl.models`.


# %% solution="resnet"
def resnet(plan, channels, classes, make_block):
    """A residual network.

    Args:
        plan: list of pairs (filters, stride), one per block, not empty.
        channels: number of channels of the images, C.
        classes: number of classes K.
        make_block: function (filters, stride) to a new Keras layer.

    Returns:
        A Keras model, images (B, H, W, C) to logits (B, K).

    Example: `resnet([(4, 1), (8, 2)], 1, 10, make_block)` turns images (3, 8, 8, 1)
    into logits (3, 10).
    """
    ### BEGIN SOLUTION
    filters, _ = plan[0]
    return keras.Sequential(
        [
            keras.Input((None, None, channels)),
            keras.layers.Conv2D(filters, 3, padding="same", use_bias=False),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            *[make_block(filters, stride) for filters, stride in plan],
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(classes),
        ]
    )
    ### END SOLUTION


# %% test="resnet" points=4
class Halving(keras.layers.Layer):
    """In place of a block: every second place, and channels that are copies."""

    def __init__(self, filters, stride):
        super().__init__()
        self.filters, self.stride = filters, stride

    def call(self, x):
        x = ops.mean(x[:, :: self.stride, :: self.stride], axis=-1, keepdims=True)
        return ops.repeat(x, self.filters, axis=-1)


made = []


def make_halving(filters, stride):
    """Notes what was asked for."""
    made.append((filters, stride))
    return Halving(filters, stride)


tiny_plan = [(4, 1), (4, 1), (6, 2)]
model = resnet(tiny_plan, 3, 5, make_halving)
x = tensor(np.random.default_rng(0).normal(size=(2, 8, 6, 3)))
logits = model(x)
check.shape(logits, (2, 5), "A row of logits per image.")
assert made == tiny_plan, f"make_block was called with {made}, the plan is {tiny_plan}"
shapes = sorted((tuple(w.shape) for w in model.trainable_weights), key=len)
assert sorted(shapes) == sorted([(3, 3, 3, 4), (4,), (4,), (6, 5), (5,)]), (
    f"besides its blocks it learns {shapes}: look at the stem, the pooling and the head"
)
check.shape(model(x[:, :4]), (2, 5), "Images of another size have logits, too.")
for weight in model.trainable_weights:
    if tuple(weight.shape) == (6, 5):
        weight.assign(ops.zeros((6, 5)))
    if tuple(weight.shape) == (5,):
        weight.assign([-3.0, -2.0, -1.0, 0.0, 1.0])
check.close(
    model(x), [[-3, -2, -1, 0, 1]] * 2, "With weights of 0 the logits are the biases."
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `keras.Sequential` takes a list of layers: three for the stem, `make_block(...)` for
# every entry of the plan, `keras.layers.GlobalAveragePooling2D()`, and a
# `keras.layers.Dense` without activation.
# </details>

# %% picture="resnet"
from kerasdl.layers import ResidualBlock as LibraryBlock

kerasdl.seed(0)
digits, classes = data.load("digits", "train")
model = resnet([(8, 1), (16, 2), (32, 2)], 1, 10, LibraryBlock)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.005), loss, metrics=["accuracy"])
history = model.fit(
    digits[:1152], classes[:1152], validation_split=0.1, epochs=4, verbose=0
)
plot.learning_curves(history)
plt.show()
for name, training in (("running averages", False), ("this batch's statistics", True)):
    logits = ops.convert_to_numpy(model(tensor(digits[1152:]), training=training))
    right = np.mean(logits.argmax(axis=1) == classes[1152:])
    print(f"new images, norms with {name}: {right:.0%} right")
# A ResNet of 8 layers. Look at how far validation lags behind: is that overfitting? The
# two numbers say no. After 130 steps the running averages are not there yet.
# (The blocks are the library's; put your own `ResidualBlock` in their place.)

# %% [markdown]
# ## Problem 5 · Gradients against depth (4 points)
#
# What a layer learns from is the gradient that reaches it. So measure it. A chain of
# $L$ layers with matrices $W_1 \dots W_L$, all of shape $(d, d)$, begins with
# $h_0 = x$:
#
# $$\text{plain: } h_l = \tanh(h_{l-1} W_l), \qquad
# \text{residual: } h_l = h_{l-1} + \tanh(h_{l-1} W_l) .$$
#
# With targets $t$ of the shape of $x$, and $B$ examples, the loss is
#
# $$E = \frac1B \sum_{b=1}^{B} \frac12 \sum_{j=1}^{d} (h_L[b, j] - t[b, j])^2 .$$
#
# `gradient_norms` returns for each layer the norm of the gradient,
# $\lVert \partial E / \partial W_l \rVert$: the root of the sum of the squares of its
# $d^2$ numbers.
#
# `factor_per_layer` makes one number of them: by what factor the norm changes, on the
# (geometric) average, on the way *back* by one layer,
#
# $$q = \left(\frac{\lVert \partial E / \partial W_1 \rVert}
# {\lVert \partial E / \partial W_L \rVert}\right)^{1 / (L - 1)} .$$
#
# Below 1 gradients vanish, above 1 they explode: after 50 layers 0.9 becomes 0.005.
#
# **Why shortcuts help** shows best with one number per layer and no tanh. Each plain
# layer multiplies by its weight $w_l$, and the gradient is one product
# $w_1 w_2 \cdots w_L$. Each residual layer multiplies by $1 + w_l$, and the product
#
# $$\prod_{l=1}^{L} (1 + w_l) = \sum_{k=0}^{L} c_k$$
#
# is a sum over all $2^L$ paths, where $c_k$ collects the paths through exactly $k$
# branches: $c_0 = 1$ (past all of them), $c_1 = w_1 + \dots + w_L$, and so on to
# $c_L = w_1 w_2 \cdots w_L$, the plain network's only term. `path_lengths` returns all
# $c_k$.
#
# **Make sure to**
#
# - list the norms from the first layer to the last;
# - use `residual`: True for the second kind of chain;
# - find $c_k$ without going through all $2^L$ paths: the checks have 25 layers, and one
#   more layer changes the list of all $c_k$ in a simple way.


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):
    """The norm of the gradient in every layer of a chain.

    Args:
        x: tensor of shape (B, d).
        targets: tensor of shape (B, d).
        weights: list of L tensors of shape (d, d), from input to output.
        residual: True or False.

    Returns:
        L numbers, none negative, from the first layer to the last.

    Example: for x = [[1]], targets = [[0]] and the weights [[0.5]] and [[2]] they are
    about 0.538 and 0.158 if plain, 1.976 and 0.041 if residual.
    """
    ### BEGIN SOLUTION

    def error(weights):
        h = x
        for w in weights:
            step = ops.tanh(ops.matmul(h, w))
            h = h + step if residual else step
        return ops.sum((h - targets) ** 2) / (2 * x.shape[0])

    gradients = autodiff.grad(error)(list(weights))
    return [float(ops.sqrt(ops.sum(gradient**2))) for gradient in gradients]
    ### END SOLUTION


def factor_per_layer(norms):
    """By what factor the norm changes on the way back by one layer.

    Args:
        norms: tensor of shape (L,), all above 0, from the first layer to the last;
            L is at least 2.

    Returns:
        A number.

    Example: for the norms [1, 20, 4] it is 0.5: a quarter in two steps.
    """
    ### BEGIN SOLUTION
    norms = ops.convert_to_numpy(norms)
    return float(norms[0] / norms[-1]) ** (1 / (len(norms) - 1))
    ### END SOLUTION


# %% solution="path_lengths"
def path_lengths(slopes):
    """What the paths through k branches contribute to the gradient.

    Args:
        slopes: tensor of shape (L,), the w_l.

    Returns:
        L + 1 numbers, c_0 ... c_L.

    Example: for the slopes [2, 3] they are [1, 5, 6].
    """
    ### BEGIN SOLUTION
    total = np.ones(1)
    for slope in ops.convert_to_numpy(slopes):
        total = np.append(total, 0) + slope * np.append(0, total)
    return total
    ### END SOLUTION


# %% test="gradients" points=4
one = tensor([[1.0]])
pair = [tensor([[0.5]]), tensor([[2.0]])]
h_1 = np.tanh(0.5)
h_2 = np.tanh(2 * h_1)
back = h_2 * (1 - h_2**2)
check.close(
    gradient_norms(one, 0 * one, pair, False),
    [back * 2 * (1 - h_1**2), back * h_1],
    "One number, two plain layers: look at the chain rule and at the order.",
    tolerance=1e-4,
)
r_1 = 1 + h_1
step = np.tanh(2 * r_1)
r_2 = r_1 + step
check.close(
    gradient_norms(one, 0 * one, pair, True),
    [r_2 * (1 + 2 * (1 - step**2)) * (1 - h_1**2), r_2 * (1 - step**2) * r_1],
    "One number, two residual layers: each adds to its input.",
    tolerance=1e-4,
)
rng = np.random.default_rng(0)
x, targets = tensor(rng.normal(size=(6, 4))), tensor(rng.normal(size=(6, 4)))
weights = [tensor(rng.normal(0, 0.5, (4, 4))) for _ in range(3)]
norms = [float(norm) for norm in gradient_norms(x, targets, weights, False)]
check.shape(norms, (3,), "One norm per layer.")
twice = [ops.concatenate([part, part]) for part in (x, targets)]
check.close(
    gradient_norms(*twice, weights, False),
    norms,
    "Every example twice changes nothing: the loss is a mean over the examples.",
    tolerance=1e-4,
)
check.close(factor_per_layer(tensor([1, 20, 4])), 0.5, "A quarter in two steps.")
check.close(path_lengths(tensor([2, 3])), [1, 5, 6], "1, then 2 + 3, then 2 times 3.")
check.close(
    np.sum(ops.convert_to_numpy(path_lengths(tensor([0.1] * 10)))),
    1.1**10,
    "All paths together make the product of all 1 + w.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Write the loss as a function of the list of weights; `autodiff.grad(loss)(weights)`
# has the shape of that list. By hand it is the backpropagation of Assignment 1: with
# $g = \partial E / \partial h_l$ and $\delta = g \tanh'$, the gradient of $W_l$ is
# $h_{l-1}^T \delta$, and what goes further back is $\delta W_l^T$, plus $g$ itself if
# there is a shortcut.
#
# Multiplying a sum by $1 + w$ gives each path twice: once past the new branch, with as
# many branches as before, once through it, times $w$ and with one branch more.
# </details>

# %% picture="gradients"
rng = np.random.default_rng(0)
width, length = 16, 30
x, targets = (tensor(rng.normal(size=(32, width))) for _ in range(2))
weights = [tensor(rng.normal(0, 0.2, (width, width))) for _ in range(length)]
figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="tight")
norms = {
    name: np.array([float(n) for n in gradient_norms(x, targets, weights, kind)])
    for name, kind in (("plain", False), ("residual", True))
}
plot.gradient_flow(norms, axes[0])
for name, values in norms.items():
    print(name, "factor per layer", round(float(factor_per_layer(tensor(values))), 3))
slopes = tensor(rng.normal(0, 0.3, 20))
axes[1].bar(range(21), np.abs(ops.convert_to_numpy(path_lengths(slopes))))
axes[1].set(xlabel="branches on the path", ylabel="|contribution|")
plt.show()
# Look left: how much of the gradient reaches the first layer of each chain? And right:
# which paths carry it? A plain network of 20 layers has only the last bar.

# %% [markdown]
# ## Problem 6 · Batch normalisation alone (2 points)
#
# How much of a ResNet is its learned filters? Leave them as they came, random, and
# train only the $\gamma$ and $\beta$ of its batch normalisations. The network can then
# only choose among random features: scale them, shift them, switch them off.
#
# `learn_only_norms` makes a built model so: whatever is trainable afterwards is a
# $\gamma$ or a $\beta$ of some `keras.layers.BatchNormalization`, and all of those are.
# Every other weight is frozen, the last dense layer included. It returns how many
# numbers are left to learn. Before the call everything is trainable; layers that
# consist of layers have no weights of their own.
#
# `silent_share` measures the switching-off: the share, in $[0, 1]$, of all $\gamma$ in
# the model, of all batch normalisations together, with $|\gamma| <$ `threshold`.
#
# Blocks are layers that consist of layers, so `model.layers` does not show all there
# is. The given `all_layers(model)` does.
#
# **Make sure to**
#
# - find the batch normalisations inside blocks, too;
# - leave the model itself trainable: a frozen model learns nothing, whatever its layers
#   say. `layer.trainable = ...` sets everything inside as well, and what comes last
#   counts;
# - change no weight's value.
#
# **Not allowed**: everything in `kerasdl.training`.

# %% given="all-layers"


def all_layers(model):
    """All layers of a model, those inside of layers as well; not the model itself."""
    return model._flatten_layers(include_self=False)


# %% solution="learn_only_norms"
def learn_only_norms(model):
    """Freezes all but the gammas and betas of batch normalisations.

    Args:
        model: Keras model that is built.

    Returns:
        How many numbers the model still learns.

    Example: a model of a convolution with 4 filters, a batch normalisation and a dense
    layer still learns 8 numbers.
    """
    ### BEGIN SOLUTION
    learned = set()
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            learned |= {id(layer.gamma), id(layer.beta)}
    for weight in model.weights:
        weight.trainable = id(weight) in learned
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    ### END SOLUTION


def silent_share(model, threshold):
    """The share of gammas that are nearly 0.

    Args:
        model: Keras model that is built, with at least one batch normalisation.
        threshold: number above 0.

    Returns:
        A number in [0, 1].

    Example: with two batch normalisations whose gammas are [0, 2, -3] and [0.001], and
    a threshold of 0.01, it is 0.5.
    """
    ### BEGIN SOLUTION
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.mean(np.abs(np.concatenate(gammas)) < threshold))
    ### END SOLUTION


# %% test="norms" points=2
class Pair(keras.layers.Layer):
    """A layer that consists of layers."""

    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3)
        self.norm = keras.layers.BatchNormalization()

    def call(self, x, training=None):
        return self.norm(self.dense(x), training=training)


kinds = keras.layers
model = keras.Sequential(
    [keras.Input((4,)), Pair(), kinds.BatchNormalization(), kinds.Dense(2)]
)
before = model.get_weights()
count = learn_only_norms(model)
names = sorted(weight.name for weight in model.trainable_weights)
assert names == ["beta", "beta", "gamma", "gamma"], (
    f"it still learns {names}, expected two gammas and two betas"
)
assert int(count) == 12, f"two norms of 3 channels learn 12 numbers, not {count}"
for one, other in zip(before, model.get_weights(), strict=True):
    check.close(other, one, "No value changes.")
values = iter(([0.0, 2.0, -3.0], [0.001, 1.0, 1.0]))
for weight in model.trainable_weights:
    if weight.name == "gamma":
        weight.assign(next(values))
check.close(
    silent_share(model, 0.01), 1 / 3, "Two gammas of six, with their signs off."
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Two ways lead there. Either collect every norm's `layer.gamma` and `layer.beta`, and
# then set `weight.trainable` of each of the model's weights. Or set `layer.trainable`
# of those layers alone that consist of no other layers: `all_layers(layer)` is empty
# for them.
# </details>

# %% picture="norms"
kerasdl.seed(0)
digits, classes = data.load("digits", "train")
model = keras.Sequential([keras.Input((8, 8, 1))])
for filters, stride in ((16, 1), (16, 1), (32, 2), (32, 1)):
    options = {"strides": stride, "padding": "same", "use_bias": False}
    model.add(keras.layers.Conv2D(filters, 3, **options))
    model.add(keras.layers.BatchNormalization(momentum=0.9))
    model.add(keras.layers.ReLU())
model.add(keras.layers.GlobalAveragePooling2D())
model.add(keras.layers.Dense(10))
total = model.count_params()
left = learn_only_norms(model)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.02), loss, metrics=["accuracy"])
history = model.fit(
    digits[:1152], classes[:1152], validation_split=0.1, epochs=8, verbose=0
)
plot.learning_curves({"accuracy": history.history["val_accuracy"]})
plt.show()
print(f"{left} of {total} numbers learned, {silent_share(model, 0.1):.0%} silent")
# Look at how far 1 number in 100 gets (guessing gets 10 %), on filters and a last layer
# that stay random.

# %% [markdown]
# ## Problem 7 · Freezing and fine-tuning (4 points)
#
# A network that has learned one task knows features that other tasks can use. So take
# it over, exchange its last layer, freeze most of the rest, and train what is left.
# Here a network is a `keras.Sequential` that is built: an input, some layers, and a
# dense layer at the end, its *head*.
#
# 1. `with_new_head` returns a new model: the layers of the old one without its last,
#    **with their weights**, and a new `keras.layers.Dense` of `classes` logits. The old
#    model stays as it is.
# 2. `freeze` decides what learns: of `model.layers` the last `last` ones, everything
#    before them does not. One exception: batch normalisations stay frozen *everywhere*,
#    also among the last ones and inside of blocks. A frozen Keras batch normalisation
#    uses its running averages and keeps them, in training too. That is what one wants
#    when there are few new examples; note that it takes `layer.trainable = False`,
#    freezing its weights one by one is not enough.
# 3. `fine_tune` trains what is trainable by `steps` steps of gradient descent with
#    learning rate `rate`, each with the gradient over **all** examples. The loss is the
#    mean cross-entropy of the softmax of the model's logits. It returns the loss
#    *before* each step.
#
# The given `all_layers` of problem 6 may help.
#
# **Make sure to**
#
# - leave the model itself trainable: `model.trainable = False` freezes all of it, and
#   what you thaw below does not learn then;
# - handle `last = 0`, which freezes everything (what is `model.layers[:-0]`?);
# - set what learns, too, since the model may have been frozen otherwise before. Do it
#   layer by layer: on one backend `model.trainable = True` does nothing where the model
#   itself is trainable already, whatever its layers are;
# - take plain gradient descent in `fine_tune`, no momentum, no Adam, no shuffled
#   mini-batches; and train what is trainable when it is called: `compile` looks.
#
# **Not allowed**: everything in `kerasdl.training`.


# %% solution="with_new_head"
def with_new_head(model, classes):
    """A model with the same features and a new last layer.

    Args:
        model: keras.Sequential that is built, logits or anything else at its end.
        classes: number of classes of the new task.

    Returns:
        A new Keras model, whose output has the shape (B, classes).

    Example: if `model` turns (B, 64) into (B, 10), then `with_new_head(model, 3)` turns
    it into (B, 3).
    """
    ### BEGIN SOLUTION
    start = keras.Input(model.input_shape[1:])
    return keras.Sequential(
        [start, *model.layers[:-1], keras.layers.Dense(classes)],
    )
    ### END SOLUTION


# %% solution="freeze"
def freeze(model, last):
    """Freezes all but the last layers, and batch normalisations everywhere.

    Args:
        model: keras.Sequential that is built.
        last: whole number, from 0 to the number of `model.layers`.

    Returns:
        Nothing: it changes what is trainable in the model.

    Example: with the layers convolution, batch normalisation, dense and `last = 2` only
    the dense layer learns.
    """
    ### BEGIN SOLUTION
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in model.layers[: len(model.layers) - last]:
        layer.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    ### END SOLUTION


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    """Gradient descent on all examples at once, of what is trainable.

    Args:
        model: keras.Sequential that is built; gives logits.
        x: tensor of inputs, (B, ...).
        labels: integer tensor of shape (B,).
        rate: learning rate.
        steps: whole number of steps.

    Returns:
        A list of `steps` numbers: the loss before each step.

    Example: for a model whose logits are all equal, and three classes, the first number
    is log 3, about 1.1.
    """
    ### BEGIN SOLUTION
    model.compile(
        keras.optimizers.SGD(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(x, labels, batch_size=x.shape[0], epochs=steps, verbose=0)
    return history.history["loss"]
    ### END SOLUTION


# %% test="transfer" points=4
def small_network():
    """Two dense layers with a batch normalisation between them."""
    return keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(3, activation="tanh"),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(2),
        ]
    )


rng = np.random.default_rng(0)
x = tensor(rng.normal(size=(8, 4)))
labels = ops.convert_to_tensor(np.arange(8) % 5, dtype="int32")
old = small_network()
new = with_new_head(old, 5)
check.shape(new(x), (8, 5), "The new head has a logit per class of the new task.")
check.shape(old(x), (8, 2), "The old model stays as it is.")
for one, other in zip(old.get_weights()[:6], new.get_weights()[:6], strict=True):
    check.close(other, one, "The features are those of the old model.")


def learning(model):
    """The shapes of what learns."""
    return [tuple(weight.shape) for weight in model.trainable_weights]


network = small_network()
for last, expected in (
    (1, [(3, 2), (2,)]),
    (3, [(4, 3), (3,), (3, 2), (2,)]),
    (0, []),
    (2, [(3, 2), (2,)]),
):
    freeze(network, last)
    assert learning(network) == expected, (
        f"last = {last}: weights of shapes {learning(network)} learn, not {expected}"
    )
network = small_network()
network.layers[0].trainable = network.layers[1].trainable = False
network.layers[2].kernel.assign(ops.zeros((3, 2)))
before = network.get_weights()
losses = fine_tune(network, x, labels % 2, 0.5, 3)
check.shape(losses, (3,), "A loss for each step.")
check.close(losses[0], np.log(2), "Before the first step both classes are as likely.")
assert losses[2] < losses[1] < losses[0], "the loss falls: look at the rate's sign"
changed = [
    bool(np.any(one != other))
    for one, other in zip(before, network.get_weights(), strict=True)
]
assert changed == 6 * [False] + 2 * [True], "only the head learns here, all of it"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `model.layers[:-1]` are the old layers; a layer may be part of two models, which then
# share its weights. For `freeze` set everything to trainable first, then freeze the
# first `len(model.layers) - last` layers, then the batch normalisations. In `fit`,
# `batch_size` can be the number of examples, and `history.history["loss"]` is a list.
# </details>

# %% picture="transfer"
kerasdl.seed(0)
digits, classes = data.load("digits", "train")
digits = digits.reshape(-1, 64)
old_task, new_task = classes < 7, classes >= 7
source = keras.Sequential(
    [
        keras.Input((64,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(7),
    ]
)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
source.compile(keras.optimizers.Adam(0.01), loss)
source.fit(digits[old_task], classes[old_task], epochs=5, verbose=0)
few, few_classes = digits[new_task][:30], classes[new_task][:30] - 7
new_digits, new_classes = data.load("digits", "test")
seen = new_classes >= 7
new_digits, new_classes = new_digits.reshape(-1, 64)[seen], new_classes[seen] - 7
for last in (1, 2, 3):
    network = keras.models.clone_model(source)
    network.set_weights(source.get_weights())
    network = with_new_head(network, 3)
    freeze(network, last)
    losses = fine_tune(
        network, tensor(few), ops.convert_to_tensor(few_classes), 0.1, 60
    )
    logits = ops.convert_to_numpy(network(tensor(new_digits)))
    right = np.mean(logits.argmax(axis=1) == new_classes)
    plt.plot(losses, label=f"last {last}: {right:.0%} of new 7, 8, 9 right")
plt.xlabel("step")
plt.ylabel("loss on 30 images")
plt.legend()
plt.show()
# A network of the digits 0 to 6 learns 7, 8 and 9 from 30 images. Look at which loss
# falls fastest, and at whether that network is the best on images it has not seen.

# %% [markdown]
# ## Problem 8 · Residual adapters (3 points)
#
# Ten domains, say photographs, letters, traffic signs: ten fine-tuned copies of a
# network are ten times as many weights. A residual adapter lets all domains share the
# filters and gives each domain a small matrix of its own. It stands behind a
# convolution and mixes its $C$ channels, at every place in the same way, and keeps a
# shortcut:
#
# $$y[\dots, f] = x[\dots, f] + \sum_{c=1}^{C} x[\dots, c]\; \alpha[c, f].$$
#
# `Adapter` is that layer. Its only weight $\alpha$ has $C^2$ numbers, of shape $(C, C)$
# or, as a convolution's kernel, $(1, 1, C, C)$. It **starts at 0**, so that an adapter
# changes nothing at first: learning begins with the network as it was.
#
# `with_adapters` returns a new model with the layers of a trained one, and behind each
# `keras.layers.Conv2D` an adapter, made by `make_adapter()`. The layers themselves are
# taken over and frozen, *all* of them; the adapters alone learn.
#
# `domain_parameters` counts what $T$ = `domains` domains need, for convolutions of
# size $k \times k$ from $c$ to $f$ channels without bias, and nothing else:
#
# - copies: every domain has all $k^2 c f$ weights of every convolution;
# - with adapters: the convolutions once for all, and for each domain an adapter of
#   $f^2$ numbers behind each of them.
#
# **Make sure to**
#
# - start at 0, but only *one* factor: a product of two matrices that are both 0 never
#   learns;
# - have one new adapter per convolution, and its own place: before the norm or the
#   activation that follows.
#
# **Not allowed**: everything in `kerasdl.layers`.


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    """Adds a mixture of the channels to each, (B, H, W, C) to the same shape.

    Example: with alpha = [[0, 1], [0, 0]] a pixel [2, 3] becomes [2, 5].
    """

    def build(self, input_shape):
        """Makes alpha for C = input_shape[-1] channels."""
        ### BEGIN SOLUTION
        channels = input_shape[-1]
        self.alpha = self.add_weight(shape=(channels, channels), initializer="zeros")
        ### END SOLUTION

    def call(self, x):
        """The adapted channels, of the shape of x."""
        ### BEGIN SOLUTION
        return x + ops.matmul(x, self.alpha)
        ### END SOLUTION


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    """A model whose convolutions are followed by adapters.

    Args:
        model: keras.Sequential that is built, of images (B, H, W, C).
        make_adapter: function without arguments to a new Keras layer.

    Returns:
        A new Keras model, of which only the adapters learn.

    Example: from the layers convolution, ReLU, convolution, pooling and dense come
    convolution, adapter, ReLU, convolution, adapter, pooling and dense.
    """
    ### BEGIN SOLUTION
    adapted = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = False
        adapted.append(layer)
        if isinstance(layer, keras.layers.Conv2D):
            adapted.append(make_adapter())
    return keras.Sequential(adapted)
    ### END SOLUTION


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    """How many weights several domains need.

    Args:
        convolutions: list of triples (k, c, f): size, channels in, filters.
        domains: whole number T.

    Returns:
        (copies, adapted), two whole numbers.

    Example: one convolution (3, 2, 4) has 72 weights. Ten domains need 720 as copies,
    and 72 + 160 = 232 with adapters.
    """
    ### BEGIN SOLUTION
    shared = sum(
        size**2 * channels * filters for size, channels, filters in convolutions
    )
    own = sum(filters**2 for _, _, filters in convolutions)
    return domains * shared, shared + domains * own
    ### END SOLUTION


# %% test="adapter" points=3
x = tensor(np.random.default_rng(0).normal(size=(2, 6, 6, 3)))
adapter = Adapter()
check.close(adapter(x), x, "At first an adapter changes nothing.")
shapes = [tuple(weight.shape) for weight in adapter.trainable_weights]
assert shapes in ([(3, 3)], [(1, 1, 3, 3)]), f"weights {shapes}, expected one (3, 3)"
pair = Adapter()
pair(tensor([[[[2.0, 3.0]]]]))
alpha = pair.trainable_weights[0]
alpha.assign(np.reshape([[0.0, 1.0], [0.0, 0.0]], alpha.shape))
check.close(pair(tensor([[[[2.0, 3.0]]]]))[0, 0], [[2, 5]], "The docstring's example.")


class Plus(keras.layers.Layer):
    """In place of an adapter: adds a number that it learns."""

    def build(self, input_shape):
        self.number = self.add_weight(shape=(1,), initializer="ones")

    def call(self, x):
        return x + self.number


model = keras.Sequential(
    [
        keras.Input((6, 6, 3)),
        keras.layers.Conv2D(3, 3, padding="same"),
        keras.layers.ReLU(),
        keras.layers.Conv2D(3, 3, padding="same"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(2),
    ]
)
adapted = with_adapters(model, Plus)
check.shape(adapted(x), (2, 2), "It still has a row of two logits per image.")
shapes = [tuple(weight.shape) for weight in adapted.trainable_weights]
assert shapes == [(1,), (1,)], f"weights of shapes {shapes} learn, expected two of (1,)"
parts = model.layers
expected = parts[2](parts[1](parts[0](x) + 1.0)) + 1.0
check.close(
    adapted(x),
    parts[4](parts[3](expected)),
    "An adapter stands right behind each convolution.",
)
check.close(domain_parameters([(3, 2, 4)], 10), (720, 232), "The docstring's example.")
check.close(
    domain_parameters([(3, 2, 4), (1, 4, 5)], 2), (184, 174), "Sum over convolutions."
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.matmul(x, alpha)` with $\alpha$ of shape $(C, C)$ acts on the last axis, whatever
# stands before. For the model collect layers in a list: each layer of the old one, and
# `make_adapter()` where `isinstance(layer, keras.layers.Conv2D)`.
# </details>

# %% picture="adapter"
kerasdl.seed(0)
digits, classes = data.load("digits", "train")
new_digits, new_classes = data.load("digits", "test")
network = keras.Sequential(
    [
        keras.Input((8, 8, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ]
)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
network.compile(keras.optimizers.Adam(0.005), loss)
network.fit(digits, classes, batch_size=64, epochs=4, verbose=0)
new_domain = {"train": 1 - digits[:, ::-1], "test": 1 - new_digits[:, ::-1]}
before = network.predict(new_domain["test"], batch_size=360, verbose=0)
adapted = with_adapters(network, Adapter)
adapted.compile(keras.optimizers.Adam(0.01), loss)
adapted.fit(new_domain["train"], classes, batch_size=64, epochs=6, verbose=0)
after = adapted.predict(new_domain["test"], batch_size=360, verbose=0)
right = [np.mean(each.argmax(axis=1) == new_classes) for each in (before, after)]
plot.image_grid(
    np.concatenate([new_digits[:6], new_domain["test"][:6]]),
    [f"is {label}" for label in new_classes[:6]]
    + [f"{label}" for label in after.argmax(axis=1)[:6]],
    columns=6,
)
plt.show()
print(f"new domain: {right[0]:.0%} right before, {right[1]:.0%} with adapters")
# Dark on white, and upside down. Look at what two small matrices can mend, with filters
# and a last layer that have never seen such a digit, and at what they cannot.

# %% [markdown]
# ## Problem 9 · Deeper and worse (3 points, written)
#
# Four chains as in problem 5 learn the digits 0 to 9 from their 64 pixels: plain and
# residual, with 4 and with 32 layers of 16 units. In front of the chain a fixed random
# matrix makes 16 numbers of the 64, behind it a matrix that is learned makes 10 logits
# of them. Each takes 300 steps of gradient descent on 500 images, with the same
# learning rate.
#
# 1. **Predict** before you run the cell: put the four *training* losses in order.
# 2. **Run** the cell and read off the losses and the gradient norms of the first layer
#    at the start.
# 3. **Explain** in at most 120 words. The plain chain of 32 layers could do all that
#    the one of 4 can, and more. So is its loss higher because it overfits, because it
#    has too few weights, or for another reason? What does the shortcut change? Use
#    $c_0 + c_1 + \dots + c_L$ of problem 5, and say where the sum stands relative to
#    the activation in this chain.


# %% picture="depth"
def train_chain(length, residual, x, labels, steps=300, rate=0.1):
    """The losses of a chain, and the norm of its first layer's first gradient."""
    rng = np.random.default_rng(0)
    width = 16
    x = tensor(x @ rng.normal(0, 64**-0.5, (64, width)))
    matrices = rng.normal(0, 0.2, (length, width, width))
    weights = [*map(tensor, matrices), tensor(rng.normal(0, 0.1, (width, 10)))]
    targets = ops.one_hot(labels, 10)

    def error(weights):
        h = x
        for w in weights[:-1]:
            step = ops.tanh(ops.matmul(h, w))
            h = h + step if residual else step
        logits = ops.log_softmax(ops.matmul(h, weights[-1]))
        return -ops.mean(ops.sum(targets * logits, axis=-1))

    gradients = autodiff.jit(autodiff.value_and_grad(error))
    losses, first = [], None
    for _ in range(steps):
        value, slopes = gradients(weights)
        first = first or float(ops.sqrt(ops.sum(slopes[0] ** 2)))
        losses.append(float(value))
        weights = [w - rate * slope for w, slope in zip(weights, slopes, strict=True)]
    return losses, first


digits, classes = data.load("digits", "train")
for kind, residual in (("plain", False), ("residual", True)):
    for length in (4, 32):
        losses, first = train_chain(
            length, residual, digits[:500].reshape(-1, 64), classes[:500]
        )
        plt.plot(losses, label=f"{kind}, {length} layers")
        print(f"{kind:8} {length:2} layers: training loss {losses[-1]:.2f},", end=" ")
        print(f"gradient of the first layer at the start {first:.5f}")
plt.xlabel("step")
plt.ylabel("training loss")
plt.legend()
plt.show()

# %% [markdown] written="depth" points=3
# **Your prediction, the numbers, and your explanation (at most 120 words):**
#
# ### BEGIN SOLUTION
# *Model answer.* Prediction: residual 32, residual 4, plain 4, plain 32. Run: training
# losses 0.01, 0.55, 1.13 and 2.30; the first layer's gradient at the start is 0.68,
# 0.15, 0.023 and 0.00002.
#
# Explanation: it is no overfitting, for this is the loss on the training images, and no
# lack of weights: 32 layers have eight times as many, and could hand through what 4
# compute. They are not found: the gradient of the first plain layer is one product of
# 31 factors (weights and tanh'), shrinks from layer to layer, and nearly nothing is
# left; the loss stays at log 10. With shortcuts the gradient is a sum over paths, and
# those through few branches, above all $c_0 = 1$, reach the first layer undiminished.
# A residual layer also does nothing by having weights near 0, where a plain one has to
# learn the identity. The sum stands after the activation, so no tanh lies on the direct
# path; tanh has both signs, hence the stream does not drift as with a ReLU there.
#
# *Marks.* 1 point: an order predicted and the losses of the run, compared (a wrong
# prediction earns it too). 1 point: neither overfitting (training loss) nor too few
# weights, but optimisation: the gradient of the deep plain chain vanishes, with its
# number. 1 point: what the shortcut changes, by paths ($c_0$ or short paths survive) or
# by $1 + w$ in place of $w$, and that the sum stands after the activation, so that
# nothing lies on the direct path. Beyond 150 words, minus 0.5.
# ### END SOLUTION
