# %% [markdown]
# # Assignment 1 · The multilayer perceptron
#
# You build a network with one hidden layer from its smallest parts, and train it three
# ways: with the gradients that you derived, with automatic differentiation, and with
# Keras.
#
# **You will learn to**
#
# - write activation functions, their derivatives, a softmax and a cross-entropy that
#   survive extreme inputs;
# - turn the equations of the forward pass and of backpropagation into a few lines that
#   work on a whole batch;
# - feed a training loop with shuffled mini-batches;
# - solve XOR, write your own Keras layer, and classify handwritten digits;
# - say why a network stops learning.
#
# | problem | points | hours, about |
# |---|---|---|
# | 1 Activation functions | 4 | 0.75 |
# | 2 Softmax and cross-entropy | 3 | 0.75 |
# | 3 The forward pass | 3 | 0.5 |
# | 4 Backpropagation | 6 | 1.5 |
# | 5 Mini-batches | 4 | 0.75 |
# | 6 XOR | 3 | 1 |
# | 7 A Keras layer | 3 | 0.5 |
# | 8 A classifier of digits | 4 | 0.75 |
# | 9 Why learning stalls (written) | 3 | 0.5 |
# | **together** | **33** | **7** |
#
# **How it is marked.** Each hole says `raise NotImplementedError()`: replace that line.
# The visible tests under a problem are there to help you; they give no points. When
# your notebook is marked, hidden checks with other sizes and other numbers look at one
# idea each, and every idea that is right earns its part of the points. Each problem is
# marked by itself: nothing in problem 5 needs a right problem 1. Problem 9 is marked by
# a person.
#
# **Rules**
#
# - Keep the names and the arguments of the functions. You may add functions, cells and
#   imports of anything that is installed here.
# - Write with `keras.ops`, with NumPy or with loops: the values count, not the style,
#   unless a problem says otherwise. Tuples or lists, tensors or arrays: all are fine.
# - In problems 1 to 4 your functions receive *tensors* of whatever library runs under
#   Keras; `xor_points` and `xor_targets` are tensors, too. `keras.ops` takes them as
#   they are. If you prefer NumPy, begin with `x = ops.convert_to_numpy(x)`: mixing
#   tensors and arrays fails on some backends.
# - The data sets of problems 5 and 8 are NumPy arrays.
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
# ## Problem 1 · Activation functions (4 points)
#
# A unit passes its weighted sum $x$ through an activation function. Backpropagation
# also needs the derivative. You write three pairs; every function acts on each element
# by itself, so **the output has the shape of the input**, whatever that shape is.
#
# | | $f(x)$ | $f'(x)$ |
# |---|---|---|
# | sigmoid | $\dfrac{1}{1 + e^{-x}}$ | $f(x)\,(1 - f(x))$ |
# | ReLU | $0$ for $x < 0$, else $x$ | $0$ for $x < 0$, else $1$ |
# | leaky ReLU | $\alpha x$ for $x < 0$, else $x$ | $\alpha$ for $x < 0$, else $1$ |
#
# The slope $\alpha$ is an argument. At $x = 0$ the last two have no derivative: the
# table takes 1, and 0 is accepted too.
#
# **Make sure to**
#
# - take the derivative at the unit's *input* $x$, not at its output;
# - return finite numbers for inputs as large as $\pm 1000$;
# - use `slope` wherever $\alpha$ stands, not a fixed number.


# %% solution="sigmoid"
def sigmoid(x):
    """The logistic function, for each element.

    Args:
        x: tensor of any shape.

    Returns:
        A tensor of the same shape with values in [0, 1].

    Example: `sigmoid(tensor([0.0, 2.0]))` is about `[0.5, 0.881]`.
    """
    ### BEGIN SOLUTION
    return 1.0 / (1.0 + ops.exp(-x))
    ### END SOLUTION


def sigmoid_derivative(x):
    """The derivative of `sigmoid` at its input `x`, for each element.

    Args:
        x: tensor of any shape, the input of the sigmoid.

    Returns:
        A tensor of the same shape.

    Example: `sigmoid_derivative(tensor([0.0, 2.0]))` is about `[0.25, 0.105]`.
    """
    ### BEGIN SOLUTION
    output = 1.0 / (1.0 + ops.exp(-x))
    return output * (1.0 - output)
    ### END SOLUTION


# %% solution="relu"
def relu(x):
    """The rectified linear unit, for each element.

    Args:
        x: tensor of any shape.

    Returns:
        A tensor of the same shape.

    Example: `relu(tensor([-2.0, 3.0]))` is `[0.0, 3.0]`.
    """
    ### BEGIN SOLUTION
    return ops.maximum(x, 0.0)
    ### END SOLUTION


def relu_derivative(x):
    """The derivative of `relu` at its input `x`, for each element.

    Args:
        x: tensor of any shape, the input of the ReLU.

    Returns:
        A tensor of the same shape.

    Example: `relu_derivative(tensor([-2.0, 3.0]))` is `[0.0, 1.0]`.
    """
    ### BEGIN SOLUTION
    return ops.where(x < 0, 0.0, 1.0)
    ### END SOLUTION


# %% solution="leaky_relu"
def leaky_relu(x, slope):
    """The leaky rectified linear unit, for each element.

    Args:
        x: tensor of any shape.
        slope: number, the slope below zero.

    Returns:
        A tensor of the same shape.

    Example: `leaky_relu(tensor([-2.0, 3.0]), 0.1)` is `[-0.2, 3.0]`.
    """
    ### BEGIN SOLUTION
    return ops.where(x < 0, slope * x, x)
    ### END SOLUTION


def leaky_relu_derivative(x, slope):
    """The derivative of `leaky_relu` at its input `x`, for each element.

    Args:
        x: tensor of any shape, the input of the leaky ReLU.
        slope: number, the slope below zero.

    Returns:
        A tensor of the same shape.

    Example: `leaky_relu_derivative(tensor([-2.0, 3.0]), 0.1)` is `[0.1, 1.0]`.
    """
    ### BEGIN SOLUTION
    return ops.where(x < 0, slope, 1.0)
    ### END SOLUTION


# %% test="activations" points=4
x = tensor([[-3.0, -0.5, 0.5], [0.1, 1.0, 4.0]])
check.shape(sigmoid(x), (2, 3), "Each element has its own output; look for a sum.")
check.close(sigmoid(tensor([0.0])), [0.5], "At 0 the sigmoid is halfway.")
check.close(
    ops.convert_to_numpy(sigmoid(x)) + ops.convert_to_numpy(sigmoid(-x)),
    np.ones((2, 3)),
    "f(x) + f(-x) = 1 for the sigmoid; look at the sign in the exponent.",
)
check.gradient(sigmoid, sigmoid_derivative, x, "Look at what f(x) is in f (1 - f).")
check.finite(sigmoid(tensor([-1000.0, 1000.0])), "Look for infinity over infinity.")
check.close(relu(tensor([-2.0, 3.0])), [0.0, 3.0], "Look at which side becomes 0.")
check.gradient(relu, relu_derivative, x, "Look at the derivative on either side of 0.")
check.close(
    leaky_relu(tensor([-2.0, 3.0]), 0.1), [-0.2, 3.0], "Look at the values below 0."
)
check.close(
    leaky_relu_derivative(tensor([-2.0, 3.0]), 0.3),
    [0.3, 1.0],
    "Below 0 the derivative is the slope that was passed.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.where(condition, a, b)` chooses per element. For the sigmoid, ask which of
# $\frac{1}{1+e^{-x}}$ and $\frac{e^x}{1+e^x}$ still has a value when $e^{1000}$ is
# infinite. A second way that never overflows: $\frac12(1 + \tanh \frac x2)$.
# </details>

# %% picture="activations"
plot.curves(
    {"sigmoid": sigmoid, "relu": relu, "leaky": lambda x: leaky_relu(x, 0.1)}, -4, 4
)
plot.curves(
    {
        "sigmoid'": sigmoid_derivative,
        "relu'": relu_derivative,
        "leaky'": lambda x: leaky_relu_derivative(x, 0.1),
    },
    -4,
    4,
)
# Look at how small the sigmoid's derivative is everywhere: never above 1/4.

# %% [markdown]
# ## Problem 2 · Softmax and cross-entropy (3 points)
#
# The last layer of a classifier gives one number for each of $C$ classes, the *logits*
# $o_1 \dots o_C$. The softmax turns them into pseudo-probabilities, and the
# cross-entropy is the surprise at the true class $c$:
#
# $$p_i = \frac{e^{o_i}}{\sum_{j=1}^{C} e^{o_j}}, \qquad
# \ell = -\log p_c = \log \sum_{j=1}^{C} e^{o_j} - o_c .$$
#
# For a batch of $B$ examples the loss is the **mean** of the $B$ surprises.
#
# Adding the same number to all logits of one example changes neither $p$ nor $\ell$.
# That freedom is what keeps $e^{o_i}$ from overflowing: float32 ends at $e^{88}$.
#
# **Make sure to**
#
# - normalise over the *last* axis, also when there are three: $(B, T, C)$;
# - get *right* values for logits around $\pm 1000$, in both functions. A clipped
#   logarithm is finite, but wrong.


# %% solution="softmax"
def softmax(logits):
    """Probabilities over the last axis.

    Args:
        logits: tensor of shape (..., C).

    Returns:
        A tensor of the same shape, whose last axis sums to 1.

    Example: `softmax(tensor([0.0, np.log(3)]))` is about `[0.25, 0.75]`.
    """
    ### BEGIN SOLUTION
    shifted = logits - ops.max(logits, axis=-1, keepdims=True)
    exponentials = ops.exp(shifted)
    return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
    ### END SOLUTION


# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    """Mean cross-entropy of a batch, straight from the logits.

    Args:
        logits: tensor of shape (B, C).
        labels: integer tensor of shape (B,), each in 0 ... C - 1.

    Returns:
        A number (or a tensor of one element).

    Example: `cross_entropy(tensor([[0.0, np.log(3)]]), [1])` is about `0.288`.
    """
    ### BEGIN SOLUTION
    shifted = logits - ops.max(logits, axis=-1, keepdims=True)
    log_sum = ops.log(ops.sum(ops.exp(shifted), axis=-1))
    chosen = ops.one_hot(labels, shifted.shape[-1])
    return ops.mean(log_sum - ops.sum(shifted * chosen, axis=-1))
    ### END SOLUTION


# %% test="softmax" points=3
logits = tensor([[0.0, np.log(3.0)], [1.0, 1.0], [-2.0, 0.5]])
labels = ops.convert_to_tensor(np.array([1, 0, 1], dtype="int32"))
check.shape(softmax(logits), (3, 2), "Softmax keeps the shape of the logits.")
check.close(
    ops.convert_to_numpy(softmax(logits)).sum(axis=1),
    np.ones(3),
    "Each example's probabilities sum to 1; look at the axis of the sum.",
)
check.close(
    ops.convert_to_numpy(softmax(tensor(np.ones((3, 4, 5))))),
    np.full((3, 4, 5), 0.2),
    "Three axes, five classes: each gets a fifth; look at the axis of the sum.",
)
check.close(softmax(logits)[0], [0.25, 0.75], "Look at the exponentials.")
check.close(
    softmax(logits + 100.0),
    ops.convert_to_numpy(softmax(logits)),
    "The same number added to all logits changes nothing; look at what overflows.",
    tolerance=1e-4,
)
check.close(
    cross_entropy(logits[:1], labels[:1]),
    -np.log(0.75),
    "One example: minus the logarithm of the probability of its label.",
)
check.close(
    cross_entropy(logits, labels),
    np.mean([-np.log(0.75), np.log(2.0), np.log1p(np.exp(-2.5))]),
    "Three examples: look at whether you take the mean.",
)
check.finite(cross_entropy(1000.0 * logits, 1 - labels), "Look for the logarithm of 0.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Subtract the largest logit of each example first (`keepdims=True` keeps the shapes
# compatible). In the cross-entropy, never compute $p$: work out $\log\sum_j e^{o_j}$ of
# the shifted logits and subtract the label's own shifted logit. `ops.one_hot` picks it.
# </details>

# %% picture="softmax"
for scale in (0.5, 1.0, 3.0):
    values = ops.convert_to_numpy(softmax(scale * tensor([-1.0, 0.0, 0.5, 2.0])))
    plt.plot(values, "o-", label=f"logits times {scale}")
plt.xticks(range(4), ["-1", "0", "0.5", "2"])
plt.xlabel("logit")
plt.ylabel("probability")
plt.legend()
plt.show()
# Look at how scaling the logits makes the answer more certain, never reordering it.

# %% [markdown]
# ## Problem 3 · The forward pass (3 points)
#
# One hidden layer of $p$ units between $n$ inputs and $m$ outputs. The lecture's steps
# 3 to 5, for the hidden units $j = 1 \dots p$ and the output units $k = 1 \dots m$:
#
# $$z_{\text{in}_j} = v_{0j} + \sum_{i=1}^{n} x_i v_{ij}, \qquad
# z_j = a(z_{\text{in}_j}),$$
#
# $$y_{\text{in}_k} = w_{0k} + \sum_{j=1}^{p} z_j w_{jk}, \qquad
# y_k = a(y_{\text{in}_k}).$$
#
# The weights travel as one tuple $(v, v_0, w, w_0)$ of shapes $(n, p)$, $(p)$,
# $(p, m)$, $(m)$. The input is a batch: `x` has shape $(B, n)$, one example in a row.
#
# **Make sure to**
#
# - return all four signals, in the order `(z_in, z, y_in, y)`: backpropagation needs
#   them;
# - use `activation`, which is passed to you, in *both* layers. It takes tensors, arrays
#   and numbers, and gives back the same kind.


# %% solution="forward"
def forward(weights, x, activation):
    """The signals of a network with one hidden layer, for a batch.

    Args:
        weights: tuple (v, v0, w, w0) of shapes (n, p), (p,), (p, m), (m,).
        x: tensor of shape (B, n).
        activation: function of a tensor, applied to each element.

    Returns:
        (z_in, z, y_in, y) of shapes (B, p), (B, p), (B, m), (B, m).

    Example: with `v = [[1], [3]]`, `v0 = [0.5]`, `w = [[2]]`, `w0 = [-1]`,
    `x = [[1, 2]]` and `activation = lambda s: s / 5`, the signals are
    `[[7.5]], [[1.5]], [[2.0]], [[0.4]]`.
    """
    ### BEGIN SOLUTION
    v, v0, w, w0 = weights
    z_in = ops.matmul(x, v) + v0
    z = activation(z_in)
    y_in = ops.matmul(z, w) + w0
    y = activation(y_in)
    return z_in, z, y_in, y
    ### END SOLUTION


# %% test="forward" points=3
weights = tuple(map(tensor, ([[1.0], [3.0]], [0.5], [[2.0]], [-1.0])))
signals = forward(weights, tensor([[1.0, 2.0]]), lambda s: s / 5.0)
for name, value, expected in zip(
    ("z_in", "z", "y_in", "y"), signals, (7.5, 1.5, 2.0, 0.4), strict=True
):
    check.close(value, [[expected]], f"The example of the docstring: look at {name}.")


def squash(s):
    """An activation that takes and returns tensors, arrays and numbers."""
    return s / (1.0 + s * s)


rng = np.random.default_rng(1)
weights = tuple(tensor(rng.normal(size=s)) for s in ((2, 4), (4,), (4, 3), (3,)))
signals = forward(weights, tensor(rng.normal(size=(5, 2))), squash)
check.shape(signals[0], (5, 4), "z_in has a row per example, a column per hidden unit.")
check.shape(signals[3], (5, 3), "y has a row per example, a column per output unit.")
check.close(
    forward(weights, tensor(np.zeros((1, 2))), squash)[0][0],
    ops.convert_to_numpy(weights[1]),
    "Without input only the bias v0 is left.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# $\sum_i x_i v_{ij}$ for all $j$ and all examples at once is one `ops.matmul`. A bias
# of shape $(p)$ added to $(B, p)$ is added to every row.
# </details>

# %% picture="forward"
weights = tuple(tensor(rng.normal(size=s)) for s in ((2, 6), (6,), (6, 1), (1,)))
axis = np.linspace(-1, 1, 60)
grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
signals = forward(weights, tensor(grid), lambda s: 0.6 * s + 0.4 * abs(s))  # leaky
heights = ops.convert_to_numpy(signals[3]).reshape(60, 60)
plt.contourf(axis, axis, heights, levels=20)
plt.colorbar(label="y")
plt.show()
# Look at the folds: each hidden unit bends the surface along one straight line.

# %% [markdown]
# ## Problem 4 · Backpropagation (6 points)
#
# For one example the error is $E = \frac12 \sum_k (t_k - y_k)^2$ with targets $t_k$.
# The chain rule gives each unit an error term, the lecture's steps 6 and 7:
#
# $$\delta_k = (t_k - y_k)\, a'(y_{\text{in}_k}), \qquad
# \hat\delta_j = \Big(\sum_{k=1}^{m} \delta_k w_{jk}\Big)\, a'(z_{\text{in}_j}).$$
#
# Note that $\delta_k = -\partial E / \partial y_{\text{in}_k}$ and $\hat\delta_j =
# -\partial E / \partial z_{\text{in}_j}$: no input $x_i$ is part of them (one slide of
# the lecture has it there, and so counts $x_i$ twice). With the learning rate $\alpha$,
# and the **mean over the $B$ examples** of the batch, the corrections are
#
# $$\Delta w_{jk} = \alpha\, \overline{\delta_k z_j}, \quad
# \Delta w_{0k} = \alpha\, \overline{\delta_k}, \quad
# \Delta v_{ij} = \alpha\, \overline{\hat\delta_j x_i}, \quad
# \Delta v_{0j} = \alpha\, \overline{\hat\delta_j},$$
#
# and step 8 adds each correction to its weight.
#
# **Make sure to**
#
# - apply `derivative` to the unit's *input* ($y_{\text{in}}$, $z_{\text{in}}$). It is a
#   function of one argument and, like `activation` above, takes tensors, arrays and
#   numbers;
# - give each correction the shape of its weight; the biases' are $(p)$ and $(m)$;
# - watch the sign: $\delta$ already contains the minus of gradient descent.


# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    """The error terms of the output and of the hidden units.

    Args:
        weights: tuple (v, v0, w, w0) of shapes (n, p), (p,), (p, m), (m,).
        targets: tensor of shape (B, m).
        signals: tuple (z_in, z, y_in, y) of shapes (B, p), (B, p), (B, m), (B, m).
        derivative: the activation's derivative, a function of the unit's input.

    Returns:
        (delta_output, delta_hidden) of shapes (B, m) and (B, p).

    Example: with `w = [[2]]`, `targets = [[1]]`, `z_in = [[0.1]]`, `y_in = [[0.5]]`,
    `y = [[0.4]]` and `derivative = lambda s: s`, the terms are `[[0.3]]`, `[[0.06]]`.
    """
    ### BEGIN SOLUTION
    _, _, w, _ = weights
    z_in, _, y_in, y = signals
    delta_output = (targets - y) * derivative(y_in)
    delta_hidden = ops.matmul(delta_output, ops.transpose(w)) * derivative(z_in)
    return delta_output, delta_hidden
    ### END SOLUTION


# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    """What step 8 adds to the weights, averaged over a batch.

    Args:
        x: tensor of shape (B, n), the inputs.
        z: tensor of shape (B, p), the hidden units' outputs.
        delta_output: tensor of shape (B, m).
        delta_hidden: tensor of shape (B, p).
        learning_rate: number.

    Returns:
        (dv, dv0, dw, dw0) of shapes (n, p), (p,), (p, m), (m,).

    Example: `x = [[1, 2]]`, `z = [[0.5]]`, `delta_output = [[0.2]]`,
    `delta_hidden = [[0.1]]` and `learning_rate = 10` give `[[1], [2]]`, `[1]`, `[[1]]`,
    `[2]`.
    """
    ### BEGIN SOLUTION
    rate = learning_rate / x.shape[0]
    dv = rate * ops.matmul(ops.transpose(x), delta_hidden)
    dw = rate * ops.matmul(ops.transpose(z), delta_output)
    dv0 = rate * ops.sum(delta_hidden, axis=0)
    dw0 = rate * ops.sum(delta_output, axis=0)
    return dv, dv0, dw, dw0
    ### END SOLUTION


# %% solution="update"
def update(weights, corrections):
    """The weights after step 8.

    Args:
        weights: tuple (v, v0, w, w0).
        corrections: tuple (dv, dv0, dw, dw0) of the same shapes.

    Returns:
        The new (v, v0, w, w0).

    Example: one weight of `[2.0]` with a correction of `[-0.5]` becomes `[1.5]`.
    """
    ### BEGIN SOLUTION
    return tuple(old + change for old, change in zip(weights, corrections, strict=True))
    ### END SOLUTION


# %% test="backpropagation" points=6
one = [tensor(values) for values in ([[0.1]], [[0.3]], [[0.5]], [[0.4]])]
weights = [tensor(values) for values in ([[1.0], [1.0]], [0.0], [[2.0]], [0.0])]
delta_output, delta_hidden = deltas(weights, tensor([[1.0]]), one, lambda s: s)
check.close(delta_output, [[0.3]], "The docstring's example: look at (t - y) a'(y_in).")
check.close(delta_hidden, [[0.06]], "The docstring's example: look at a'(z_in).")


def squash(s):
    return s / (1.0 + s * s)


def squash_derivative(s):
    return (1.0 - s * s) / ((1.0 + s * s) * (1.0 + s * s))


# A batch of 5 with 2 inputs, 4 hidden units, 3 outputs.
rng = np.random.default_rng(2)
x, targets = rng.normal(size=(5, 2)), rng.normal(size=(5, 3))
v, v0, w, w0 = (rng.normal(size=s) for s in ((2, 4), (4,), (4, 3), (3,)))


def mean_error(v, v0, w, w0):
    outputs = squash(squash(x @ v + v0) @ w + w0)
    return 0.5 * np.sum((targets - outputs) ** 2) / len(x)


def slope(changed, place, step=1e-5):
    """How fast the error grows with one weight: a difference, no chain rule."""
    moved = [np.array(weight) for weight in (v, v0, w, w0)]
    moved[changed][place] += step
    higher = mean_error(*moved)
    moved[changed][place] -= 2 * step
    return (higher - mean_error(*moved)) / (2 * step)


z_in = x @ v + v0
y_in = squash(z_in) @ w + w0
signals = [tensor(s) for s in (z_in, squash(z_in), y_in, squash(y_in))]
weights = [tensor(weight) for weight in (v, v0, w, w0)]
delta_output, delta_hidden = deltas(
    weights, tensor(targets), signals, squash_derivative
)
check.shape(delta_output, (5, 3), "delta_output has a column per output unit.")
check.shape(delta_hidden, (5, 4), "delta_hidden has a column per hidden unit.")
delta_output, delta_hidden = (
    tensor(ops.convert_to_numpy(term)) for term in (delta_output, delta_hidden)
)
changes = corrections(tensor(x), signals[1], delta_output, delta_hidden, 0.1)
for number, (name, weight, place) in enumerate(
    (("dv", v, (1, 2)), ("dv0", v0, (3,)), ("dw", w, (2, 1)), ("dw0", w0, (0,)))
):
    check.shape(changes[number], weight.shape, f"{name} has the shape of its weight.")
    check.close(
        ops.convert_to_numpy(changes[number])[place],
        -0.1 * slope(number, place),
        f"{name} is not -0.1 times the slope of E: look at {name}, at the mean over "
        "the batch, and at the error terms it is made of.",
        tolerance=1e-4,
    )
check.close(
    update((tensor([2.0]),), (tensor([-0.5]),))[0], [1.5], "Step 8 adds the correction."
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Write the shapes next to each factor. $(B, m)$ and $(p, m)$ can only give $(B, p)$
# with the second one transposed. $\overline{\delta_k z_j}$ for all $j, k$ is a product
# of $(p, B)$ and $(B, m)$, divided by $B$: the matrix product already sums over the
# batch.
# </details>

# %% picture="backpropagation"
weights = [tensor(weight) for weight in (v, v0, w, w0)]
errors = []
for _ in range(200):
    errors.append(mean_error(*map(ops.convert_to_numpy, weights)))
    z_in = x @ ops.convert_to_numpy(weights[0]) + ops.convert_to_numpy(weights[1])
    z = squash(z_in)
    y_in = z @ ops.convert_to_numpy(weights[2]) + ops.convert_to_numpy(weights[3])
    signals = [tensor(s) for s in (z_in, z, y_in, squash(y_in))]
    terms = deltas(weights, tensor(targets), signals, squash_derivative)
    terms = [tensor(ops.convert_to_numpy(term)) for term in terms]
    weights = update(weights, corrections(tensor(x), signals[1], *terms, 0.2))
    weights = [tensor(ops.convert_to_numpy(weight)) for weight in weights]
plt.plot(errors)
plt.xlabel("step")
plt.ylabel("E, mean of the batch")
plt.show()
# Look at whether it falls at every step: with a small learning rate it must.

# %% [markdown]
# ## Problem 5 · Mini-batches (4 points)
#
# Full-batch descent looks at all $N$ examples before it moves once. With batches of
# size $b$ the weights move $\lceil N / b \rceil$ times per *epoch*, one pass over the
# data.
#
# You write that loop, for any model: `step` does the learning. It takes the weights and
# one batch, and returns the new weights:
#
# $$\text{weights} \leftarrow \text{step}(\text{weights},\, x_{\text{batch}},\,
# t_{\text{batch}}).$$
#
# **Make sure to**
#
# - draw a *new* random order in every epoch, from one `np.random.default_rng(seed)`, so
#   that the same seed repeats the same run;
# - keep each example together with its own target;
# - use every example exactly once per epoch. The last batch is smaller where $b$ does
#   not divide $N$; no batch is empty;
# - hand each step the weights that the step before returned, and return the last ones.
#   Do not look into the weights: they may be anything.


# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    """Runs `step` over shuffled mini-batches.

    Args:
        step: function (weights, x_batch, targets_batch) to new weights.
        weights: the initial weights, of any kind; passed on untouched.
        x: array of shape (N, ...).
        targets: array of shape (N, ...), one row per example.
        batch_size: number of examples in a batch.
        epochs: number of passes over the data.
        seed: integer that decides all the orders.

    Returns:
        The weights that the last step returned.

    Example: with 5 examples, batches of 2 and 3 epochs, `step` is called 9 times, with
    2, 2, 1, 2, 2, 1, 2, 2, 1 examples. If `step` returns `weights + 1` and the initial
    weights are 0, the result is 9.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            weights = step(weights, x[batch], targets[batch])
    return weights
    ### END SOLUTION


# %% test="minibatches" points=4
def recorded(number, batch_size, epochs, seed):
    """What `train` hands to `step` for the examples 0, 1, 2, ..."""
    calls = []

    def step(weights, x_batch, targets_batch):
        ids = np.asarray(x_batch)[:, 0].astype(int).tolist()
        calls.append((ids, np.asarray(targets_batch)[:, 0].astype(int).tolist()))
        return weights + 1

    ids = np.arange(number, dtype="float32")[:, None]
    final = train(step, 0, ids, ids, batch_size, epochs, seed)
    return calls, final


calls, final = recorded(number=20, batch_size=6, epochs=2, seed=0)
sizes = [len(ids) for ids, _ in calls]
assert sizes == [6, 6, 6, 2] * 2, f"sizes are {sizes}: look at the last batch"
assert all(ids == targets for ids, targets in calls), "use one order for x and targets"
first = [example for ids, _ in calls[:4] for example in ids]
second = [example for ids, _ in calls[4:] for example in ids]
assert sorted(first) == list(range(20)), "use every example exactly once in an epoch"
assert first != sorted(first), "shuffle: the examples come in their stored order"
assert first != second, "draw a new order in every epoch"
assert recorded(20, 6, 2, 0) == (calls, final), "the same seed must repeat the run"
assert final == 8, "pass the returned weights on to the next step, and return the last"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Make the generator once, before the loop over epochs. Shuffle numbers, not data:
# `order = rng.permutation(N)`, then `x[order[start:stop]]`, and the same for the
# targets. A slice that runs past the end is just shorter.
# </details>

# %% picture="minibatches"
calls, _ = recorded(number=40, batch_size=8, epochs=12, seed=0)
order = np.concatenate([ids for ids, _ in calls]).reshape(12, 40)
plt.imshow(order)
plt.vlines(np.arange(7.5, 39, 8), -0.5, 11.5, colors="white")
plt.xlabel("position in the epoch (white lines: batches)")
plt.ylabel("epoch")
plt.colorbar(label="number of the example")
plt.show()
# Look for structure: there should be none, and no two rows alike.

# %% [markdown]
# ## Problem 6 · XOR (3 points)
#
# No single unit can tell the four points of XOR apart; one hidden layer of sigmoid
# units can. With inputs $\pm 1$:
#
# | $x_1$ | $x_2$ | target |
# |---|---|---|
# | $-1$ | $-1$ | 0 |
# | $-1$ | $+1$ | 1 |
# | $+1$ | $-1$ | 1 |
# | $+1$ | $+1$ | 0 |
#
# Find weights $(v, v_0, w, w_0)$ of shapes $(2, p)$, $(p)$, $(p, 1)$, $(1)$, with any
# number $p$ of hidden units, such that the network of problem 3 with
# $a(s) = 1 / (1 + e^{-s})$ **in both layers** is within 0.2 of the target at all four
# points.
#
# How you find them is up to you: your own backpropagation, automatic differentiation,
# Keras, or thinking. The library has the gradients:
#
# ```python
# gradients = autodiff.value_and_grad(error, argnums=(0, 1, 2, 3))
# value, (dv, dv0, dw, dw0) = autodiff.jit(gradients)(v, v0, w, w0)
# ```
#
# **Make sure to**
#
# - reach it from *every* seed; the checks try several. Start from random weights drawn
#   from the seed, small but not zero;
# - return the four parts in this order and in these shapes;
# - stay below 5 seconds a call. Four points are one batch; the learning rate may be
#   large.

# %% given="xor-data"
xor_points = tensor([[-1, -1], [-1, 1], [1, -1], [1, 1]])
xor_targets = tensor([[0], [1], [1], [0]])


# %% solution="solve_xor"
def solve_xor(seed):
    """Weights of a network with one hidden sigmoid layer that computes XOR.

    Args:
        seed: integer that decides the initial weights.

    Returns:
        (v, v0, w, w0) of shapes (2, p), (p,), (p, 1), (1,), for any p.

    Example: `v, v0, w, w0 = solve_xor(0)`; with `z = sigmoid(xor_points @ v + v0)`,
    `sigmoid(z @ w + w0)` is within 0.2 of `xor_targets`.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    shapes = ((2, 8), (8,), (8, 1), (1,))
    weights = [tensor(rng.normal(0, 0.5, shape)) for shape in shapes]

    def error(v, v0, w, w0):
        z = ops.sigmoid(ops.matmul(xor_points, v) + v0)
        y = ops.sigmoid(ops.matmul(z, w) + w0)
        return 0.5 * ops.mean((xor_targets - y) ** 2)

    gradients = autodiff.jit(autodiff.value_and_grad(error, argnums=(0, 1, 2, 3)))
    for _ in range(400):
        _, slopes = gradients(*weights)
        weights = [w - 8.0 * slope for w, slope in zip(weights, slopes, strict=True)]
    return tuple(ops.convert_to_numpy(weight) for weight in weights)
    ### END SOLUTION


# %% test="xor" points=3
def xor_outputs(weights, points):
    """The outputs of a sigmoid network, in NumPy."""
    v, v0, w, w0 = map(ops.convert_to_numpy, weights)
    z = 1 / (1 + np.exp(-(points @ v + v0)))
    return 1 / (1 + np.exp(-(z @ w + w0)))


for seed in (0, 1):
    xor_weights = solve_xor(seed)
    v, v0, w, w0 = xor_weights
    hidden = int(v.shape[-1])
    check.shape(v, (2, hidden), "v has a row per input.")
    check.shape(v0, (hidden,), "v0 has one bias per hidden unit.")
    check.shape(w, (hidden, 1), "w has a row per hidden unit.")
    check.shape(w0, (1,), "w0 has one bias.")
    check.close(
        xor_outputs(xor_weights, ops.convert_to_numpy(xor_points)),
        xor_targets,
        f"Seed {seed}: train longer, with a larger rate or with more hidden units.",
        tolerance=0.2,
    )
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Two hidden units are enough in principle but get stuck from many starts; eight do not.
# If the error hardly falls, the rate is too small: with the mean over four points and
# sigmoids in both layers the gradients are tiny, and rates of 5 or 10 are not too much.
# </details>

# %% picture="xor"
xor_weights = solve_xor(0)
plot.decision_map(
    lambda points: xor_outputs(xor_weights, points) - 0.5,
    xor_points,
    xor_targets,
)
# Look at the region of class 1: no single straight line could bound it.

# %% [markdown]
# ## Problem 7 · A Keras layer (3 points)
#
# Keras models are made of layers. You write the fully connected one,
#
# $$y = a(x W + b),$$
#
# where $x$ has shape $(\dots, n)$, $W$ is $(n, \text{units})$, $b$ is $(\text{units})$
# and $y$ is $(\dots, \text{units})$: it acts on the last axis, whatever stands before.
#
# Keras calls `build` once, with the shape of the first input; only then is $n$ known.
#
# **Make sure to**
#
# - make both weights in `build`, with `self.add_weight`: what Keras does not know of,
#   it cannot train or save;
# - start $W$ at *small random* values. With zeros all units of a layer stay copies of
#   each other; with values around 1 and many inputs they saturate;
# - do without `keras.layers.Dense` here, and write `call` with `keras.ops`: Keras has
#   to differentiate it.


# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    """A fully connected layer: `activation(x W + b)` on the last axis.

    Args:
        units: number of outputs.
        activation: a function such as `ops.tanh`, or None for none.

    Example: `DenseLayer(3)(tensor([[1.0, 2.0]]))` has shape (1, 3).
    """

    def __init__(self, units, activation=None):
        """Keeps the two arguments."""
        super().__init__()
        ### BEGIN SOLUTION
        self.units = units
        self.activation = activation
        ### END SOLUTION

    def build(self, input_shape):
        """Makes the weights for inputs of shape (..., input_shape[-1])."""
        ### BEGIN SOLUTION
        self.kernel = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer="glorot_uniform",
            name="kernel",
        )
        self.bias = self.add_weight(
            shape=(self.units,), initializer="zeros", name="bias"
        )
        ### END SOLUTION

    def call(self, x):
        """The layer's output: (..., n) to (..., units)."""
        ### BEGIN SOLUTION
        y = ops.matmul(x, self.kernel) + self.bias
        return y if self.activation is None else self.activation(y)
        ### END SOLUTION


# %% test="layer" points=3
rng = np.random.default_rng(3)
x = tensor(rng.normal(size=(5, 4)))
layer = DenseLayer(3)
check.shape(layer(x), (5, 3), "The last axis becomes `units`.")
check.shape(DenseLayer(3)(tensor(np.zeros((2, 6, 4)))), (2, 6, 3), "Keep other axes.")
shapes = sorted(tuple(weight.shape) for weight in layer.trainable_weights)
assert shapes == [(3,), (4, 3)], f"weights {shapes}: make both with self.add_weight"
spread = max(np.std(ops.convert_to_numpy(w)) for w in layer.trainable_weights)
assert 0 < spread < 1.5, f"the spread of the start is {spread}: small and random"

numbers = {len(w.shape): rng.normal(size=w.shape) for w in layer.trainable_weights}
for weight in layer.trainable_weights:
    weight.assign(numbers[len(weight.shape)])
check.close(
    layer(x),
    ops.convert_to_numpy(x) @ numbers[2] + numbers[1],
    "With known weights the output is x W + b; look at the product and the bias.",
    tolerance=1e-4,
)
squared = DenseLayer(3, activation=ops.square)
outputs = ops.convert_to_numpy(squared(x))
assert np.all(outputs >= 0), "an activation of squares gave a negative output: apply it"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `self.add_weight(shape=..., initializer=...)` returns a variable that you can use like
# a tensor. `"glorot_uniform"` is small and random; `keras.initializers` has more.
# `ops.matmul` already works on the last axis of inputs with more than two.
# </details>

# %% picture="layer"
kerasdl.seed(1)
model = keras.Sequential(
    [keras.Input((2,)), DenseLayer(8, ops.tanh), DenseLayer(1, ops.sigmoid)]
)
model.compile(keras.optimizers.Adam(0.1), loss="binary_crossentropy")
points, targets = (  # each point a hundred times: 10 steps per epoch
    np.tile(ops.convert_to_numpy(part), (100, 1)) for part in (xor_points, xor_targets)
)
model.fit(points, targets, batch_size=40, epochs=10, verbose=0)
plot.decision_map(
    lambda points: model.predict(points, batch_size=4096, verbose=0) - 0.5,
    xor_points,
    xor_targets,
)
# Look at the same four points: Keras trains your layer, because it knows its weights.

# %% [markdown]
# ## Problem 8 · A classifier of digits (4 points)
#
# Now a whole classifier, with everything that Keras offers. The digits are images of
# $8 \times 8$ pixels, flattened to 64 numbers in $[0, 1]$; the ten classes are
# $0 \dots 9$. About 1000 images are for training.
#
# `train_classifier` builds a model, trains it, and returns it. Its
# `predict` must turn $(N, 64)$ into $(N, 10)$ class probabilities.
#
# **Make sure to**
#
# - end in a softmax over *ten* classes, also if some class does not occur in the
#   training labels;
# - learn from `x_train` and `y_train` only. The validation set is for watching: plots,
#   early stopping, the choice of an epoch. Never let the weights learn from it;
# - learn the labels that you are *given*. The checks rename the classes, so a model
#   trained elsewhere is of no use;
# - stay below 10 seconds a call, and build a new model in every call. Correct solutions
#   get well over 90 % of unseen digits right; the checks ask for 85 %.


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    """Trains a classifier of digits.

    Args:
        x_train: array of shape (N, 64), values in [0, 1].
        y_train: integer array of shape (N,), values in 0 ... 9.
        x_validation: array of shape (M, 64), to watch only.
        y_validation: integer array of shape (M,), to watch only.

    Returns:
        A trained Keras model; `model.predict(x)` of x (N, 64) has shape (N, 10).

    Example: `train_classifier(...).predict(np.zeros((2, 64))).sum(axis=1)` is about
    `[1.0, 1.0]`.
    """
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(
        x_train,
        y_train,
        validation_data=(x_validation, y_validation),
        batch_size=64,
        epochs=15,
        verbose=0,
    )
    return model
    ### END SOLUTION


# %% test="classifier" points=4
images, labels = data.load("digits", "train")
test_images, test_labels = data.load("digits", "test")
x, x_test = images.reshape(-1, 64), test_images.reshape(-1, 64)
digits = (x[:1000], labels[:1000], x[1000:], labels[1000:])
model = train_classifier(*digits)
probabilities = model.predict(x_test, verbose=0)
check.shape(probabilities, (len(x_test), 10), "predict gives a column per class.")
check.close(
    probabilities.sum(axis=1),
    np.ones(len(x_test)),
    "Each row of predictions sums to 1; look at the last activation.",
    tolerance=1e-3,
)
accuracy = np.mean(probabilities.argmax(axis=1) == test_labels)
print(f"accuracy on the test images: {accuracy:.1%}")
assert accuracy > 0.85, f"{accuracy:.0%} right: look at the rate and number of epochs"
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# One hidden layer of 64 ReLU units, `loss="sparse_categorical_crossentropy"` and Adam
# are enough. With rate 0.001 you need more epochs than with 0.01. Pass the validation
# set as `validation_data`, which only measures.
# </details>

# %% picture="classifier"
if hasattr(model, "history") and model.history and model.history.history:
    plot.learning_curves(model.history)
guesses = probabilities.argmax(axis=1)
shown = np.concatenate([np.flatnonzero(guesses != test_labels)[:6], np.arange(12)])[:12]
plot.image_grid(
    test_images[shown],
    [f"{guesses[i]} (is {test_labels[i]})" for i in shown],
    columns=6,
)
# Look at the first ones, which it gets wrong: would you get them right?

# %% [markdown]
# ## Problem 9 · Why learning stalls (3 points, written)
#
# XOR again, now with only **2** hidden units. The inputs are written once as $0/1$ and
# once as $\pm 1$; the targets stay the same. From each of 50 random starts, full-batch
# gradient descent with $\alpha = 5$ takes 2000 steps.
#
# 1. **Predict** before you run the cell: after 400 steps, which coding has solved more
#    of its 50 networks? And after 2000?
# 2. **Run** the cell and read off the numbers.
# 3. **Explain** in at most 120 words: why does learning with $0/1$ stall more often
#    within a few hundred steps? Use the correction
#    $\Delta v_{ij} = \alpha\, \hat\delta_j x_i$ and say what each of the four examples
#    can change. Are zero inputs also the reason why some networks are still unsolved
#    after 2000 steps?


# %% picture="stalls"
def solved_networks(points, steps=2000, every=50, networks=50, hidden=2, rate=5.0):
    """Percent of networks that solve XOR, after every 50 steps."""
    rng = np.random.default_rng(0)
    shapes = [(networks, 2, hidden), (networks, 1, hidden)]
    shapes += [(networks, hidden, 1), (networks, 1, 1)]
    weights = [tensor(rng.normal(0, 0.5, shape)) for shape in shapes]

    def outputs(v, v0, w, w0):
        hidden_outputs = ops.sigmoid(ops.matmul(points, v) + v0)
        return ops.sigmoid(ops.matmul(hidden_outputs, w) + w0)

    def error(*weights):  # the networks do not share weights: one sum trains them all
        return 0.5 * ops.sum((xor_targets - outputs(*weights)) ** 2) / len(points)

    gradients = autodiff.jit(autodiff.value_and_grad(error, argnums=(0, 1, 2, 3)))
    percent = []
    for step in range(steps + 1):
        if step % every == 0:
            distance = ops.convert_to_numpy(ops.abs(outputs(*weights) - xor_targets))
            percent.append(100 * np.mean(distance.max(axis=(1, 2)) < 0.2))
        _, slopes = gradients(*weights)
        weights = [w - rate * slope for w, slope in zip(weights, slopes, strict=True)]
    return np.arange(0, steps + 1, every), np.array(percent)


for name, points in (("0/1", (xor_points + 1) / 2), ("±1", xor_points)):
    steps, percent = solved_networks(points)
    plt.plot(steps, percent, label=f"inputs {name}")
    at = {int(step): float(share) for step, share in zip(steps, percent, strict=True)}
    print(
        f"inputs {name}: solved after 400 steps {at[400]:.0f} %, 2000 {at[2000]:.0f} %"
    )
plt.xlabel("step")
plt.ylabel("networks solved, %")
plt.legend()
plt.show()

# %% [markdown] written="stalls" points=3
# **Your prediction, the numbers, and your explanation (at most 120 words):**
#
# ### BEGIN SOLUTION
# *Model answer.* Prediction: ±1 is ahead early; later the two come closer. Run: after
# 400 steps 14 % (0/1) against 76 % (±1), after 2000 steps 80 % against 82 %.
#
# Explanation: $\Delta v_{ij} = \alpha\hat\delta_j x_i$ is zero wherever $x_i = 0$. With
# 0/1 the example (0, 0) changes no $v_{ij}$ at all, only biases; (0, 1) and (1, 0)
# change the weights of one input each; only (1, 1) changes both. Half of all input
# weight corrections vanish, so the hidden units take longer to leave the flat start and
# at a fixed number of steps fewer networks are done. With ±1 every example moves every
# weight. Given more steps 0/1 catches up, so the networks that remain are stuck for
# another reason: with 2 hidden units there are flat regions where units saturate or
# duplicate each other and $a'$ or the summed $\delta$ is about zero.
#
# *Marks.* 1 point: a prediction for both times and the numbers of the run, compared
# (a wrong prediction earns it too). 1 point: $x_i = 0$ makes the correction of $v_{ij}$
# zero, with the count by example ((0, 0) none, (0, 1) and (1, 0) one row, ±1 all).
# 1 point: tells "slower" from "stuck": the networks that are unsolved at the end fail
# under both codings, so zero inputs are not the reason (saturation, $a' \approx 0$, or
# a local minimum are accepted). No half points for length; beyond 150 words, minus 0.5.
# ### END SOLUTION
