# %% [markdown]
# # Assignment 6 · Generative adversarial networks
#
# Two players: a generator makes examples out of noise, a discriminator tells them from
# real ones. You write both losses and their gradients, play the game of a coin without
# any chance, take a training step in which only the right player moves, give both
# players labels, and measure what a generator has learned and what it has left out.
#
# **You will learn to**
#
# - turn uniform noise into samples of a distribution that you know;
# - write the losses of both players from logits, so that nothing overflows;
# - tell apart two generator losses that are often called the same;
# - let one player move while the other stands still, and in which order;
# - build a generator and a discriminator of digits that obey a label;
# - measure how far two samples are apart, and recognise mode collapse.
#
# | problem | points | hours, about |
# |---|---|---|
# | 1 Inverse-transform sampling | 4 | 0.75 |
# | 2 The losses | 4 | 0.75 |
# | 3 Their gradients, and the best discriminator | 4 | 1 |
# | 4 The coin GAN, without chance | 4 | 1 |
# | 5 A training step | 4 | 1 |
# | 6 A conditional GAN of digits | 4 | 1 |
# | 7 How far apart are two samples? | 3 | 0.75 |
# | 8 Mode collapse | 3 | 0.75 |
# | 9 Two losses that are not the same (written) | 3 | 0.5 |
# | **together** | **33** | **7.5** |
#
# **How it is marked.** Each hole says `raise NotImplementedError()`: replace that line.
# The visible tests under a problem are there to help you; they give no points. When
# your notebook is marked, hidden checks with other sizes and other numbers look at one
# idea each, and every idea that is right earns its part of the points. Each problem is
# marked by itself: where a problem needs something of an earlier one, the check hands
# you a right one as an argument. No check trains a GAN: what is compared are values,
# gradients and single steps. Problem 9 is marked by a person.
#
# **Conventions**
#
# - The first axis of a batch is the example. Images are $(B, H, W, C)$, channels last.
# - The discriminator gives *logits* $\ell$, one per example, shape $(B, 1)$: its
#   probability that an example is real is $\sigma(\ell) = 1 / (1 + e^{-\ell})$.
# - Logarithms are natural.
# - Random numbers come in as arguments (`u`, `noise`). Use the ones you are given.
#
# **Rules**
#
# - Keep the names and the arguments of the functions. You may add functions, cells and
#   imports of anything that is installed here. The library's own ready-made answers are
#   locked in the problems where you write them: `kerasdl.adversarial`,
#   `kerasdl.divergences`, `kerasdl.metrics`, `kerasdl.models` and `kerasdl.training`.
#   `kerasdl.autodiff` is free.
# - Write with `keras.ops`, with NumPy or with loops: the values count, not the style.
#   Only where a problem asks for gradients (problems 2, 5 and 6) it has to be
#   `keras.ops` all the way. Tuples or lists, tensors or arrays: all are fine.
# - Your functions receive *tensors* of whatever library runs under Keras (float32,
#   labels int32), and plain Python numbers. If you prefer NumPy, begin with
#   `x = ops.convert_to_numpy(x)`: mixing tensors and arrays fails on some backends.
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


def integers(values):
    """An int32 tensor of the backend: labels."""
    return ops.convert_to_tensor(np.asarray(values, dtype="int32"))


# %% [markdown]
# ## Problem 1 · Inverse-transform sampling (4 points)
#
# A computer draws $u$ uniformly from $[0, 1)$. Let $F(x) = P(X \le x)$ be the
# distribution function that you want. Then $F^{-1}(u)$ has exactly that distribution,
# and it **grows with $u$**. You write three such functions:
#
# - **a die with $K$ faces** of probabilities $p_0 \dots p_{K-1}$: face $k$ if
#   $p_0 + \dots + p_{k-1} \le u < p_0 + \dots + p_k$. A coin is the case $K = 2$;
# - **waiting times**: $F(x) = 1 - e^{-r x}$ for $x \ge 0$, with the rate $r$;
# - **observations**, of which no formula is known. Of $N$ numbers, sorted as
#   $x_{(0)} \le \dots \le x_{(N-1)}$, take $x_{(\lfloor u N \rfloor)}$: each with the
#   same chance, in order.
#
# The last one only repeats what was observed, and works for single numbers only. That
# is why generators are learned.
#
# **Make sure to**
#
# - look at the edges: $u = 0$ must not give a face of probability 0, and $u = p_0$
#   belongs to the next face with a probability above 0;
# - always give a face. Rounding can leave the sum of all $p_k$ a little below 1, and
#   $u$ above it: then it is the last face, $K - 1$;
# - invert $F$ itself. $-\log(u) / r$ has the right distribution, but falls with $u$;
# - leave observations as they are: no averages of neighbours.


# %% solution="discrete"
def sample_discrete(u, probabilities):
    """Faces of a die.

    Args:
        u: tensor of shape (N,), numbers in [0, 1).
        probabilities: tensor of shape (K,), at least 0, of sum 1 up to rounding.

    Returns:
        Integer tensor or array (or list) of shape (N,), each in 0 ... K - 1.

    Example: `sample_discrete(tensor([0.1, 0.5, 0.9]), tensor([0.5, 0.25, 0.25]))` is
    `[0, 1, 2]`.
    """
    ### BEGIN SOLUTION
    sums = ops.cumsum(probabilities)
    passed = ops.cast(u[:, None] >= sums[None, :], "int32")
    return ops.minimum(ops.sum(passed, axis=1), len(probabilities) - 1)
    ### END SOLUTION


# %% solution="exponential"
def sample_exponential(u, rate):
    """Waiting times.

    Args:
        u: tensor of shape (N,), numbers in [0, 1).
        rate: number r above 0.

    Returns:
        Tensor or array of shape (N,), numbers of at least 0 that grow with u.

    Example: `sample_exponential(tensor([0.0, 0.5]), 2.0)` is about `[0, 0.347]`.
    """
    ### BEGIN SOLUTION
    return -ops.log(1.0 - u) / rate
    ### END SOLUTION


# %% solution="observed"
def sample_observed(u, observations):
    """Observed numbers, drawn again.

    Args:
        u: tensor of shape (M,), numbers in [0, 1).
        observations: tensor of shape (N,), in any order.

    Returns:
        Tensor or array of shape (M,); each is one of the observations.

    Example: `sample_observed(tensor([0.1, 0.7]), tensor([9.0, 5.0]))` is `[5, 9]`.
    """
    ### BEGIN SOLUTION
    place = ops.cast(ops.floor(u * len(observations)), "int32")
    return ops.take(ops.sort(observations), place)
    ### END SOLUTION


# %% test="sampling" points=4
check.close(
    sample_discrete(tensor([0.1, 0.5, 0.9]), tensor([0.5, 0.25, 0.25])),
    [0, 1, 2],
    "The docstring's example: count how many of the running sums u has reached.",
)
check.close(
    sample_discrete(tensor([0.0, 0.25]), tensor([0.0, 0.25, 0.0, 0.75])),
    [1, 3],
    "A face of probability 0 never comes up: look at < and <=.",
)
check.close(
    sample_discrete(tensor([0.9999]), tensor([0.5, 0.4998])),
    [1],
    "u lies above the sum of all probabilities: it is the last face.",
)
waiting = sample_exponential(tensor([0.0, 0.5, 0.75]), 2.0)
check.close(waiting, [0.0, np.log(2) / 2, np.log(2)], "Solve u = F(x) for x.")
check.close(
    sample_observed(tensor([0.1, 0.7]), tensor([9.0, 5.0])), [5, 9], "Sorted first."
)
numbers = tensor([3.0, -1.0, 2.0, 0.5, 7.0])
check.close(
    sample_observed(tensor([0.05, 0.39, 0.41, 0.99]), numbers),
    [-1.0, 0.5, 2.0, 7.0],
    "Five numbers: a fifth of [0, 1) for each; look at how u N becomes an index.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.cumsum` gives the running sums. Compare each $u$ with each of them, as a table
# `u[:, None] >= sums[None, :]`, and count along the right axis. Then limit the result
# to $K - 1$. `ops.floor` or `ops.cast(..., "int32")` rounds down.
# </details>

# %% picture="sampling"
u = tensor(np.random.default_rng(0).random(4000))
seen = 4 * np.random.default_rng(1).beta(0.5, 0.8, 30)
_, panels = plt.subplots(1, 3, figsize=(13, 3.4))
faces = np.bincount(
    ops.convert_to_numpy(sample_discrete(u, tensor([0.1, 0.0, 0.6, 0.3]))), minlength=4
)
panels[0].bar(range(4), faces / 4000)
panels[0].set(xlabel="face", ylabel="share", title="a die: .1, 0, .6, .3")
plot.histograms({"rate 2": sample_exponential(u, 2.0)}, axes=panels[1])
drawn = sample_observed(u, tensor(seen))
plot.histograms({"30 observed": seen, "4000 drawn": drawn}, axes=panels[2])
plt.show()
# Look at the right: it has the gaps of the 30, too. Nothing between them comes up.

# %% [markdown]
# ## Problem 2 · The losses (4 points)
#
# The discriminator is a classifier: 1 for real, 0 for fake. With cross-entropy, for $N$
# real and $M$ fake examples,
#
# $$L_D = \frac1N \sum_i -\log \sigma(\ell_i^{\text{real}}) +
# \frac1M \sum_j -\log\left(1 - \sigma(\ell_j^{\text{fake}})\right) .$$
#
# The generator wants the opposite, and there are two ways to say so:
#
# - **saturating**: make the discriminator's loss on fakes large, that is, minimise
#   $\displaystyle \frac1M \sum_j \log\left(1 - \sigma(\ell_j)\right)$;
# - **non-saturating**: have the fakes classified as real, that is, minimise
#   $\displaystyle \frac1M \sum_j -\log \sigma(\ell_j)$.
#
# Literally, $\log \sigma(-100)$ is the logarithm of 0. But it is also
# $-\mathrm{softplus}(100) = -100$, as it should be, with
# $\mathrm{softplus}(\ell) = \log(1 + e^{\ell})$, for which `ops.softplus` is safe.
# Which softplus is each of the four terms?
#
# **Make sure to**
#
# - take the **mean** over each batch by itself ($N$ and $M$ may differ) and then the
#   **sum** of both means, not half of it;
# - keep the sign: the saturating loss is negative;
# - stay right for logits as large as $\pm 80$, without a small number in the logarithm;
# - use `keras.ops` all the way: these functions are differentiated.


# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    """Cross-entropy of the discriminator.

    Args:
        real_logits: tensor of shape (N, 1).
        fake_logits: tensor of shape (M, 1).

    Returns:
        A tensor of one element.

    Example: `discriminator_loss(tensor([[0.0]]), tensor([[0.0], [0.0]]))` is about
    `1.386`: log 2 for each of the two terms.
    """
    ### BEGIN SOLUTION
    on_real = ops.mean(ops.softplus(-real_logits))
    return on_real + ops.mean(ops.softplus(fake_logits))
    ### END SOLUTION


# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    """The generator's loss: the discriminator shall be wrong.

    Args:
        fake_logits: tensor of shape (M, 1).

    Returns:
        A tensor of one element.

    Example: `saturating_loss(tensor([[2.0]]))` is about `-2.127`.
    """
    ### BEGIN SOLUTION
    return -ops.mean(ops.softplus(fake_logits))
    ### END SOLUTION


# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    """The generator's loss: the fakes shall pass as real.

    Args:
        fake_logits: tensor of shape (M, 1).

    Returns:
        A tensor of one element.

    Example: `non_saturating_loss(tensor([[2.0]]))` is about `0.127`.
    """
    ### BEGIN SOLUTION
    return ops.mean(ops.softplus(-fake_logits))
    ### END SOLUTION


# %% test="losses" points=4
zero, two = tensor([[0.0]]), tensor([[2.0]])
check.close(
    ops.sum(discriminator_loss(zero, zero)),
    2 * np.log(2),
    "Logits of 0 mean one half: look at both terms, and at what is added.",
)
check.close(
    ops.sum(discriminator_loss(two, zero)),
    0.12693 + np.log(2),
    "A real example with logit 2 is nearly right; look at which is real.",
    tolerance=1e-4,
)
check.close(
    ops.sum(discriminator_loss(zero, tensor([[2.0], [0.0], [0.0], [0.0]]))),
    np.log(2) + (2.12693 + 3 * np.log(2)) / 4,
    "One real, four fakes: each batch has its own mean.",
    tolerance=1e-4,
)
check.close(ops.sum(saturating_loss(two)), -2.12693, "log(1 - s(2)).", tolerance=1e-4)
check.close(ops.sum(non_saturating_loss(two)), 0.12693, "-log s(2).", tolerance=1e-4)
check.close(ops.sum(non_saturating_loss(tensor([[-80.0]]))), 80.0, "-log s(-80) is 80.")
slope = autodiff.grad(lambda logits: ops.sum(saturating_loss(logits)))(two)
check.close(slope, [[-0.8808]], "The derivative at 2 is -s(2).", tolerance=1e-4)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# $-\log \sigma(\ell) = \log(1 + e^{-\ell}) = \mathrm{softplus}(-\ell)$. And
# $1 - \sigma(\ell) = \sigma(-\ell)$, so $-\log(1 - \sigma(\ell))$ is
# $\mathrm{softplus}(\ell)$. Both generator losses use one of these.
# </details>

# %% picture="losses"

_, panels = plt.subplots(1, 2, figsize=(11, 3.6))
both = {"saturating": saturating_loss, "non-saturating": non_saturating_loss}
for name, loss in both.items():
    x = np.linspace(-6, 6, 61)
    logits = tensor(x)[:, None]
    values = [float(ops.convert_to_numpy(ops.sum(loss(each[None])))) for each in logits]
    panels[0].plot(x, values, label=name)
    slopes = autodiff.grad(lambda logits, loss=loss: ops.sum(loss(logits)))(logits)
    panels[1].plot(x, 61 * ops.convert_to_numpy(slopes)[:, 0], label=name)
panels[0].set(xlabel="logit of a fake", ylabel="generator loss")
panels[1].set(xlabel="logit of a fake", ylabel="its slope")
panels[1].legend()
plt.show()
# Look at the left of the right panel: fakes that are easily told from real examples.

# %% [markdown]
# ## Problem 3 · Their gradients, and the best discriminator (4 points)
#
# The lecture calls the two losses of the generator equivalent. Their gradients are not.
# Work out by hand, with $\sigma' = \sigma (1 - \sigma)$, the derivatives by each logit:
# of $L_D$ by each real and each fake logit, and of both generator losses by each fake
# logit. Each is short, and the mean of the loss leaves a factor $1/N$ or $1/M$ in it.
#
# How good can a discriminator be? Let there be $K$ outcomes; real examples have the
# probabilities $p_k$, fakes $q_k$. Then $L_D$ is smallest for
#
# $$D_k = \sigma(\ell_k) = \frac{p_k}{p_k + q_k},$$
#
# and its value there is $2 \log 2 - 2\,\mathrm{JS}(p, q)$, with the *Jensen-Shannon
# divergence*
#
# $$\mathrm{JS}(p, q) = \tfrac12 \sum_k p_k \log \frac{p_k}{m_k}
# + \tfrac12 \sum_k q_k \log \frac{q_k}{m_k}, \qquad m_k = \frac{p_k + q_k}{2} .$$
#
# It is 0 for equal distributions and $\log 2$ for those that share no outcome, however
# near or far these are. Terms with $p_k = 0$ (or $q_k = 0$) count as 0.
#
# **Make sure to**
#
# - return derivatives in the shapes of the logits;
# - keep the order of the pairs;
# - use natural logarithms, and return finite numbers where probabilities are 0.


# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    """Derivatives of the discriminator's loss (problem 2) by each logit.

    Args:
        real_logits: tensor of shape (N, 1).
        fake_logits: tensor of shape (M, 1).

    Returns:
        A pair: by the real logits, shape (N, 1), and by the fake ones, shape (M, 1).

    Example: real logits `[[0.0]]` and fake logits `[[0.0], [0.0]]` give `[[-0.5]]`
    and `[[0.25], [0.25]]`.
    """
    ### BEGIN SOLUTION
    by_real = (ops.sigmoid(real_logits) - 1.0) / len(real_logits)
    return by_real, ops.sigmoid(fake_logits) / len(fake_logits)
    ### END SOLUTION


# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    """Derivatives of both losses of the generator (problem 2) by each logit.

    Args:
        fake_logits: tensor of shape (M, 1).

    Returns:
        A pair of shapes (M, 1): of the saturating, and of the non-saturating loss.

    Example: `[[2.0]]` gives about `[[-0.881]]` and `[[-0.119]]`.
    """
    ### BEGIN SOLUTION
    real = ops.sigmoid(fake_logits)
    return -real / len(fake_logits), (real - 1.0) / len(fake_logits)
    ### END SOLUTION


# %% solution="best_discriminator"
def best_discriminator(p, q):
    """The probability of "real" that the best discriminator gives to each outcome.

    Args:
        p: tensor of shape (K,), probabilities of real outcomes.
        q: tensor of shape (K,), of fakes. No outcome has probability 0 in both.

    Returns:
        Shape (K,), each in [0, 1].

    Example: `p = [0.3, 0.7]` and `q = [0.6, 0.4]` give about `[0.333, 0.636]`.
    """
    ### BEGIN SOLUTION
    return p / (p + q)
    ### END SOLUTION


# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    """The Jensen-Shannon divergence, in nats.

    Args:
        p: tensor of shape (K,), probabilities; some may be 0.
        q: tensor of shape (K,), probabilities; some may be 0, also where p is.

    Returns:
        A number (or a tensor of one element) in [0, log 2].

    Example: `p = [1.0, 0.0]` and `q = [0.5, 0.5]` give about `0.216`.
    """
    ### BEGIN SOLUTION
    p, q = (ops.convert_to_numpy(each).astype("float64") for each in (p, q))
    middle = (p + q) / 2
    divergences = [
        np.sum(each[each > 0] * np.log(each[each > 0] / middle[each > 0]))
        for each in (p, q)
    ]
    return sum(divergences) / 2
    ### END SOLUTION


# %% test="gradients" points=4
by_real, by_fake = discriminator_gradients(tensor([[0.0]]), tensor([[0.0], [0.0]]))
check.close(by_real, [[-0.5]], "A larger logit of a real example lowers the loss.")
check.close(by_fake, [[0.25], [0.25]], "Two fakes: each counts one half.")
by_real, by_fake = discriminator_gradients(tensor([[2.0]]), tensor([[2.0]]))
check.close(by_real, [[-0.1192]], "Nearly right already: s(2) - 1.", tolerance=1e-3)
check.close(by_fake, [[0.8808]], "Far from right: s(2).", tolerance=1e-3)
saturating, other = generator_gradients(tensor([[2.0], [2.0]]))
check.close(saturating, [[-0.4404]] * 2, "The first of the pair.", tolerance=1e-3)
check.close(other, [[-0.0596]] * 2, "The second of the pair.", tolerance=1e-3)
check.close(
    best_discriminator(tensor([0.3, 0.7]), tensor([0.6, 0.4])),
    [1 / 3, 7 / 11],
    "The share of real ones among all that look like this.",
)
check.close(
    jensen_shannon(tensor([1.0, 0.0]), tensor([0.5, 0.5])),
    0.215762,
    "The docstring's example; look at m, at the halves, and at the 0.",
    tolerance=1e-4,
)
check.close(
    jensen_shannon(tensor([1.0, 0.0, 0.0]), tensor([0.0, 0.4, 0.6])),
    np.log(2),
    "No outcome in common: log 2.",
    tolerance=1e-4,
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# $\frac{d}{d\ell}\, \mathrm{softplus}(\ell) = \sigma(\ell)$ and
# $\frac{d}{d\ell}\, \mathrm{softplus}(-\ell) = -\sigma(-\ell) = \sigma(\ell) - 1$. For
# the zeros: choose the entries above 0 in NumPy, or replace 0 by 1 inside the
# logarithm.
# </details>

# %% picture="gradients"
positions = np.linspace(-4, 9, 400)


def bell(centre):
    return np.exp(-((positions - centre) ** 2) / 2) + 1e-30


_, panels = plt.subplots(1, 2, figsize=(11, 3.6))
panels[0].fill_between(positions, bell(0), alpha=0.3, label="real")
for centre in (1, 3, 5):
    curve = best_discriminator(tensor(bell(0)), tensor(bell(centre)))
    panels[0].plot(
        positions, ops.convert_to_numpy(curve), label=f"D, fakes at {centre}"
    )
panels[0].set(xlabel="x", ylabel="probability of real")
panels[0].legend()
shifts = np.linspace(0, 8, 41)
divergences = [
    jensen_shannon(
        tensor(bell(0) / bell(0).sum()), tensor(bell(shift) / bell(shift).sum())
    )
    for shift in shifts
]
panels[1].plot(shifts, [float(ops.convert_to_numpy(each)) for each in divergences])
panels[1].set(xlabel="centre of the fakes", ylabel="Jensen-Shannon divergence")
plt.show()
# Look at the right: beyond 5 it hardly says whether the fakes come nearer.

# %% [markdown]
# ## Problem 4 · The coin GAN, without chance (4 points)
#
# The lecture's first GAN learns a coin. Here it is with nothing left to chance. An
# example is an outcome: 0 for tails, 1 for heads.
#
# - **Real tosses** show heads with probability $h$: $p_1 = h$ and $p_0 = 1 - h$.
# - **The generator** has one number $\theta$. It turns uniform noise $u$ into heads if
#   $u < \sigma(\theta)$: so $q_1 = \sigma(\theta)$ and $q_0 = 1 - \sigma(\theta)$.
# - **The discriminator** has two, its logits $w_0$ for tails and $w_1$ for heads.
#
# With so few outcomes the losses need no samples. Their expected values are (the
# generator's is the non-saturating one)
#
# $$L_D = \sum_{k} p_k\, \mathrm{softplus}(-w_k)
# + \sum_{k} q_k\, \mathrm{softplus}(w_k), \qquad
# L_G = \sum_{k} q_k\, \mathrm{softplus}(-w_k) .$$
#
# One **round**: first the discriminator takes a step of gradient descent on $L_D$,
# then the generator one on $L_G$, against the *new* discriminator:
#
# $$w_k \leftarrow w_k - \eta_D \left( q_k\, \sigma(w_k) - p_k\, (1 - \sigma(w_k))
# \right), \qquad \theta \leftarrow \theta - \eta_G\, \frac{\partial L_G}{\partial
# \theta} .$$
#
# The second derivative is yours: $q$ depends on $\theta$, and $w$ stands still.
#
# **Make sure to**
#
# - take the probability where the formula has a probability: $\theta$ is a logit;
# - let the generator's step see the discriminator as its own step has left it;
# - count in `play` what is asked for: the start, and then each round.


# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    """Both losses of the coin's game, exactly.

    Args:
        theta: number, the generator's.
        logits: tensor of shape (2,), the discriminator's: w_0 (tails), w_1 (heads).
        heads: number h, the probability of real heads.

    Returns:
        A pair of numbers (or tensors of one element): L_D and L_G.

    Example: `expected_losses(0.0, tensor([0.0, 0.0]), 0.3)` is about
    `(1.386, 0.693)`; with logits `[0.0, 2.0]` it is about `(1.933, 0.410)`.
    """
    ### BEGIN SOLUTION
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    d_loss = ops.sum(real * ops.softplus(-logits) + fake * ops.softplus(logits))
    return d_loss, ops.sum(fake * ops.softplus(-logits))
    ### END SOLUTION


# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    """One round: a step of the discriminator, then one of the generator.

    Args:
        theta, logits, heads: as above, before the round.
        d_rate: number, the discriminator's learning rate.
        g_rate: number, the generator's.

    Returns:
        A pair: the new theta (a number or a tensor of one element), and the new
        logits, shape (2,).

    Example: `coin_round(0.0, tensor([0.0, 0.0]), 0.3, 1.0, 1.0)` is about `-0.025`
    and `[0.1, -0.1]`.
    """
    ### BEGIN SOLUTION
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    guess = ops.sigmoid(logits)
    logits = logits - d_rate * (fake * guess - real * (1.0 - guess))
    cost = ops.softplus(-logits)
    return theta - g_rate * q * (1.0 - q) * (cost[1] - cost[0]), logits
    ### END SOLUTION


# %% solution="play"
def play(one_round, theta, logits, rounds):
    """How the generator's probability of heads goes on over many rounds.

    Args:
        one_round: function (theta, logits) to the pair (new theta, new logits).
        theta, logits: the start.
        rounds: how often to call it, at least 1.

    Returns:
        `rounds + 1` numbers: the probability of generated heads at the start and after
        each round.

    Example: if every round adds 1 to theta, then from theta 0 two rounds give about
    `[0.5, 0.731, 0.881]`.
    """
    ### BEGIN SOLUTION
    thetas = [theta]
    for _ in range(rounds):
        theta, logits = one_round(theta, logits)
        thetas.append(theta)
    return [1.0 / (1.0 + np.exp(-float(each))) for each in thetas]
    ### END SOLUTION


# %% test="coin" points=4
even = tensor([0.0, 0.0])
d_loss, g_loss = expected_losses(0.0, even, 0.3)
check.close(ops.sum(d_loss), 2 * np.log(2), "Logits 0: log 2 for each of two terms.")
check.close(ops.sum(g_loss), np.log(2), "Logits 0: log 2.")
d_loss, g_loss = expected_losses(0.0, tensor([0.0, 2.0]), 0.3)
check.close(ops.sum(d_loss), 1.93332, "Look at which logit is heads.", tolerance=1e-4)
check.close(ops.sum(g_loss), 0.41004, "Weighed with q, not with p.", tolerance=1e-4)
theta, logits = coin_round(0.0, even, 0.3, 1.0, 1.0)
check.close(
    logits,
    [0.1, -0.1],
    "Heads are commoner among fakes (0.5) than among real tosses (0.3): the "
    "discriminator has to distrust heads.",
    tolerance=1e-4,
)
check.close(
    ops.sum(ops.convert_to_tensor(theta)),
    -0.025,
    "dq / dtheta is q (1 - q); times the difference of two softplus.",
    tolerance=1e-4,
)
path = play(lambda theta, logits: (theta + 1, logits), 0.0, even, 2)
check.close(path, [0.5, 0.731059, 0.880797], "The start and each of two rounds.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# $L_G = (1 - q)\, \mathrm{softplus}(-w_0) + q\, \mathrm{softplus}(-w_1)$ with
# $q = \sigma(\theta)$. By $q$ its derivative is the difference of the two softplus; by
# $\theta$ it is that times $q (1 - q)$. Compute the new logits first, under a name of
# their own, and use them in the second step.
# </details>

# %% picture="coin"
_, axes = plt.subplots(figsize=(7, 3.8))
for d_rate, g_rate in ((0.1, 1.0), (1.0, 1.0), (2.0, 1.0)):

    def one_round(theta, logits, d_rate=d_rate, g_rate=g_rate):
        return coin_round(theta, logits, 0.3, d_rate, g_rate)

    path = [float(each) for each in play(one_round, 2.0, tensor([0.0, 0.0]), 150)]
    axes.plot(path, label=f"rates: discriminator {d_rate}, generator {g_rate}")
axes.axhline(0.3, color="black", lw=0.8)
axes.set(xlabel="round", ylabel="generated share of heads", ylim=(0, 1))
axes.legend()
plt.show()
# Look at the slow discriminator: the players chase each other around the solution.

# %% [markdown]
# ## Problem 5 · A training step (4 points)
#
# Now with networks. Here a network is a function of its weights and its input, and the
# weights are a list of tensors:
#
# - `generator(g_weights, noise)` gives fakes $(B, \dots)$,
# - `discriminator(d_weights, x)` gives logits $(B, 1)$.
#
# A step of either player is one step of plain gradient descent with the given rate, on
# the loss that it is given, **by its own weights only**; the other player stands still.
# The generator's gradient comes *through* the discriminator.
#
# `autodiff.grad(f)(weights)` is the gradient of a function `f` of a list of tensors
# that returns one number: a list of the same shapes.
#
# **Make sure to**
#
# - call the losses that come in as arguments: `loss(real_logits, fake_logits)` for the
#   discriminator, `loss(fake_logits)` for the generator. The checks bring others than
#   those of problem 2;
# - return **new** lists, and leave the weights that came in as they were. `w -= ...`
#   and a step on `keras.Variable(w)` change `w` itself on some backends: take
#   `w - ...`, or a variable of `ops.copy(w)`;
# - let the generator in `play_round` meet the discriminator after all its steps.


# %% solution="discriminator_step"
def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    """The discriminator's weights after one step.

    Args:
        generator, discriminator: functions (weights, input) to output.
        loss: function (real_logits, fake_logits) to a tensor, one number.
        g_weights, d_weights: lists of tensors.
        real: tensor of shape (N, ...), real examples.
        noise: tensor of shape (M, Z), from which to make the fakes.
        rate: number, the learning rate.

    Returns:
        The new d_weights, a list of tensors of the same shapes.

    Example: if the gradient by a weight 1.0 is 0.5, rate 0.1 makes 0.95 of it.
    """
    ### BEGIN SOLUTION
    fake = generator(g_weights, noise)

    def loss_of(weights):
        return loss(discriminator(weights, real), discriminator(weights, fake))

    gradients = autodiff.grad(loss_of)(d_weights)
    return [w - rate * g for w, g in zip(d_weights, gradients, strict=True)]
    ### END SOLUTION


# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):
    """The generator's weights after one step.

    Args:
        loss: function (fake_logits) to a tensor, one number.
        The others are as above.

    Returns:
        The new g_weights, a list of tensors of the same shapes.
    """

    ### BEGIN SOLUTION
    def loss_of(weights):
        return loss(discriminator(d_weights, generator(weights, noise)))

    gradients = autodiff.grad(loss_of)(g_weights)
    return [w - rate * g for w, g in zip(g_weights, gradients, strict=True)]
    ### END SOLUTION


# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    """Some steps of the discriminator, then one of the generator.

    Args:
        d_step: function (g_weights, d_weights, real, noise) to new d_weights.
        g_step: function (g_weights, d_weights, noise) to new g_weights.
        g_weights, d_weights: lists of tensors, before the round.
        batches: list of pairs (real, noise). The discriminator takes one step for each
            of them, in order.
        noise: tensor, for the generator's step.

    Returns:
        A pair: the new g_weights and the new d_weights.
    """
    ### BEGIN SOLUTION
    for real, own_noise in batches:
        d_weights = d_step(g_weights, d_weights, real, own_noise)
    return g_step(g_weights, d_weights, noise), d_weights
    ### END SOLUTION


# %% test="step" points=4
def scale(weights, noise):
    """A generator with one weight."""
    return weights[0] * noise


def slope_and_offset(weights, x):
    """A discriminator with two weights."""
    return weights[0] * x + weights[1]


def difference(real_logits, fake_logits):
    return ops.mean(fake_logits) - ops.mean(real_logits)


def negative(fake_logits):
    return -ops.mean(fake_logits)


networks = scale, slope_and_offset
g_weights, d_weights = [tensor([2.0])], [tensor([3.0]), tensor([1.0])]
real, noise = tensor([[1.0], [5.0]]), tensor([[0.5], [1.5]])
after = discriminator_step(
    *networks, difference, g_weights, d_weights, real, noise, 0.1
)
check.close(
    after,
    [[3.1], [1.0]],
    "The fakes are 1 and 3, of mean 2, the real ones of mean 3. The gradient is "
    "2 - 3 by the slope, 0 by the offset.",
)
after = generator_step(*networks, negative, g_weights, d_weights, noise, 0.1)
check.close(
    after, [[2.3]], "The logits are 3 (2 z) + 1: by the weight -3 z, on average -3."
)
check.close([*g_weights, *d_weights], [[2.0], [3.0], [1.0]], "What came in, changed.")


def counts_up(g_weights, d_weights, real, noise):
    return [d_weights[0] + real + 10 * noise]


def adds_up(g_weights, d_weights, noise):
    return [g_weights[0] + d_weights[0] + noise]


one, seven = tensor(1.0), tensor(7.0)
new_g, new_d = play_round(
    counts_up, adds_up, [one], [seven], [(one, one), (one, seven)], tensor(1000.0)
)
check.close(new_d, [7 + 11 + 71], "A step for each pair, each from the last weights.")
check.close(new_g, [1 + 89 + 1000], "The generator meets the new discriminator.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Write a function of the player's own weights only, inside your function; the rest it
# knows from around it:
#
# ```python
# def loss_of(weights):
#     return loss(discriminator(d_weights, generator(weights, noise)))
#
# gradients = autodiff.grad(loss_of)(g_weights)
# ```
#
# A new list: `[w - rate * g for w, g in zip(g_weights, gradients)]`.
# </details>

# %% picture="step"
# The lecture's coin with networks. Noise on all that the discriminator sees makes its
# task less easy, and the generator's gradient useful.
rng = np.random.default_rng(2)


def side(weights, noise):
    """Normal noise to tosses, nearly all near -1 or 1."""
    return ops.tanh(4.0 * (weights[0] * noise + weights[1]))


def judge(weights, x):
    return ops.matmul(ops.tanh(x * weights[0] + weights[1]), weights[2])


def toss(batch):
    tosses = np.where(rng.random((batch, 1)) < 0.3, 1.0, -1.0)
    return tensor(tosses + rng.normal(0, 0.7, (batch, 1)))


def blurred(weights, noise):
    return side(weights, noise[:, :1]) + 0.7 * noise[:, 1:]


def of_both(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


def of_fakes(fake_logits):
    return ops.mean(ops.softplus(-fake_logits))


def d_step(g_weights, d_weights, real, noise):
    given = g_weights, d_weights, real, noise, 0.8
    return discriminator_step(blurred, judge, of_both, *given)


def g_step(g_weights, d_weights, noise):
    return generator_step(blurred, judge, of_fakes, g_weights, d_weights, noise, 0.3)


g_weights = [tensor([1.0]), tensor([0.5])]
d_weights = [tensor(rng.normal(size=shape)) for shape in ((1, 16), (16,), (16, 1))]
z, shares = tensor(rng.normal(size=(2000, 1))), []
for _ in range(120):
    batches = [(toss(128), tensor(rng.normal(size=(128, 2))))]
    noise = tensor(rng.normal(size=(128, 2)))
    g_weights, d_weights = play_round(
        d_step, g_step, g_weights, d_weights, batches, noise
    )
    tosses = ops.convert_to_numpy(side(g_weights, z))
    shares.append(np.mean(tosses > 0))
_, panels = plt.subplots(1, 2, figsize=(11, 3.6))
panels[0].plot(shares)
panels[0].axhline(0.3, color="black", lw=0.8)
panels[0].set(xlabel="round", ylabel="generated share of heads", ylim=(0, 1))
plot.histograms({"generated tosses": tosses}, axes=panels[1])
plt.show()
# Look at how it arrives, and how near to 0.3 it stays: the players go on moving.

# %% [markdown]
# ## Problem 6 · A conditional GAN of digits (4 points)
#
# To ask for a 7, give both players the label: the generator makes an image *for* it,
# the discriminator judges image *and* label together. Images are digits of $8 \times 8$
# pixels, from $-1$ (black) to $1$ (white).
#
# - `build_generator(noise_size, classes)` returns a Keras model of a **list of two**,
#   noise $(B, Z)$ and integer labels $(B)$. It gives images $(B, 8, 8, 1)$ in
#   $[-1, 1]$, which depend on the noise and on the label. Any architecture will do.
# - `build_discriminator(classes)` returns a Keras model of a list of two, images
#   $(B, 8, 8, 1)$ and integer labels $(B)$. It gives **logits** $(B, 1)$, which depend
#   on the image and on the label.
# - `conditional_losses` computes the discriminator's loss $L_D$ and the generator's
#   non-saturating loss, as in problem 2. Each fake is made for the label of the real
#   image in its row, and it is judged with that label.
#
# A label has no order: 3 is not "half of 6". Make it one-hot (`ops.one_hot`), or give
# each label numbers of its own (`keras.layers.Embedding`). In the generator it is
# enough to concatenate that with the noise. In the discriminator it is better to
# *multiply*: whether an image is a good 7 is a question to its features $h$ that
# differs from label to label,
#
# $$\ell = w \cdot h + b + v_{\text{label}} \cdot h .$$
#
# The checks accept anything in which the label matters. The picture shows whether it
# matters soon enough.
#
# The checks call `model([noise, labels])` and `model([images, labels])`, with other
# sizes of noise, fewer classes and weights drawn at random, some of them large.
#
# **Make sure to**
#
# - use the range: images of a sigmoid are never black;
# - end the discriminator without an activation;
# - judge every image with its own label, real or fake;
# - use `keras.ops` all the way in the losses. Who moves is decided in the step, so no
#   gradient has to be stopped here.


# %% solution="build_generator"
def build_generator(noise_size, classes):
    """A generator of images for labels.

    Args:
        noise_size: Z, how many numbers of noise per image.
        classes: how many labels there are; each is in 0 ... classes - 1.

    Returns:
        A Keras model of `[noise, labels]`, tensors (B, Z) and (B), to (B, 8, 8, 1).

    Example: `build_generator(16, 10)([tensor(np.ones((3, 16))), integers([0, 1, 2])])`
    has shape (3, 8, 8, 1).
    """
    ### BEGIN SOLUTION
    noise = keras.Input((noise_size,))
    labels = keras.Input((), dtype="int32")
    one_hot = ops.one_hot(labels, classes)
    x = keras.layers.Concatenate()([noise, one_hot])
    x = keras.layers.Dense(128, activation="relu")(x)
    x = keras.layers.Dense(64, activation="tanh")(x)
    return keras.Model([noise, labels], keras.layers.Reshape((8, 8, 1))(x))
    ### END SOLUTION


# %% solution="build_discriminator"
def build_discriminator(classes):
    """A discriminator of images with their labels.

    Args:
        classes: how many labels there are.

    Returns:
        A Keras model of `[images, labels]`, tensors (B, 8, 8, 1) and (B), to logits
        of shape (B, 1).
    """
    ### BEGIN SOLUTION
    images = keras.Input((8, 8, 1))
    labels = keras.Input((), dtype="int32")
    x = keras.layers.Flatten()(images)
    x = keras.layers.Dense(128, activation="leaky_relu")(x)
    row = keras.layers.Embedding(classes, 128)(labels)
    of_label = ops.sum(row * x, axis=1, keepdims=True)
    return keras.Model([images, labels], keras.layers.Dense(1)(x) + of_label)
    ### END SOLUTION


# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    """Both losses of a conditional GAN.

    Args:
        generator: function (or model) of `[noise, labels]` to images.
        discriminator: function (or model) of `[images, labels]` to logits (B, 1).
        images: tensor of shape (B, H, W, C), real images.
        labels: integer tensor of shape (B,), their labels.
        noise: tensor of shape (B, Z).

    Returns:
        A pair of tensors of one element: L_D and L_G.

    Example: if all logits are 0, the pair is about `(1.386, 0.693)`.
    """
    ### BEGIN SOLUTION
    on_real = discriminator([images, labels])
    on_fake = discriminator([generator([noise, labels]), labels])
    d_loss = ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))
    return d_loss, ops.mean(ops.softplus(-on_fake))
    ### END SOLUTION


# %% test="conditional" points=4
rng = np.random.default_rng(3)
some_noise = tensor(rng.normal(size=(4, 6)))
one_noise = tensor(np.ones((4, 6)))
some_labels = integers([0, 1, 2, 3])
generator, discriminator = build_generator(6, 5), build_discriminator(5)
made = generator([some_noise, some_labels])
check.shape(made, (4, 8, 8, 1), "Four images with one channel.")
brightest = np.abs(ops.convert_to_numpy(made)).max()
assert brightest <= 1, "images lie in [-1, 1]: end with tanh"
per_label = ops.convert_to_numpy(generator([one_noise, some_labels]))
assert np.ptp(per_label, axis=0).max() > 1e-4, "equal images for all labels"
per_noise = ops.convert_to_numpy(generator([some_noise, integers([2, 2, 2, 2])]))
assert np.ptp(per_noise, axis=0).max() > 1e-4, "equal images for all noise"
check.shape(discriminator([made, some_labels]), (4, 1), "One logit for each image.")


def of_noise_and_label(inputs):
    """An example of a generator: images of 2 x 2 equal pixels."""
    noise, labels = inputs
    brightness = noise[:, :1] + 10.0 * ops.cast(labels, "float32")[:, None]
    return ops.reshape(ops.repeat(brightness, 4, axis=1), (-1, 2, 2, 1))


def likes_its_label(inputs):
    """Logit 0 for a real image or a fake with its own label, else far from 0."""
    images, labels = inputs
    brightness = ops.mean(images, axis=(1, 2, 3))[:, None]
    return brightness - 10.0 * ops.cast(labels, "float32")[:, None]


zeros = tensor(np.zeros((2, 3)))
d_loss, g_loss = conditional_losses(
    of_noise_and_label,
    likes_its_label,
    tensor(np.array([10.0, 30.0]).reshape(2, 1, 1, 1) * np.ones((2, 2, 2, 1))),
    integers([1, 3]),
    zeros,
)
check.close(
    ops.sum(d_loss), 2 * np.log(2), "Every image goes with its own label, real or fake."
)
check.close(ops.sum(g_loss), np.log(2), "Fakes are judged with their own labels.")
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `keras.Input((), dtype="int32")` is a label per example, and `ops.one_hot` works on
# it, too. `keras.layers.Concatenate()` puts it behind the noise. Then one hidden
# `Dense`, a `Dense(64, activation="tanh")` and a `keras.layers.Reshape((8, 8, 1))`. In
# the discriminator a hidden `Dense(128)` of the flattened image gives $h$, and
# `keras.layers.Embedding(classes, 128)` the rows $v$. Sum over the product with
# `axis=1, keepdims=True`.
# </details>

# %% picture="conditional"
images, labels = data.load("digits", "train")
x, labels = 2 * images - 1, labels.astype("int32")
kerasdl.seed(5)
generator, discriminator = build_generator(16, 10), build_discriminator(10)
rng = np.random.default_rng(6)
start = tensor(rng.normal(size=(2, 16)))
discriminator([generator([start, integers([0, 1])]), integers([0, 1])])  # weights
gan = kerasdl.models.ConditionalGAN(generator, discriminator, noise_dim=16, blur=0.2)
rate = keras.optimizers.schedules.CosineDecay(4e-3, 20 * len(x) // 128)
gan.compile(keras.optimizers.Adam(rate, beta_1=0.5))
gan.fit((x, labels), batch_size=128, epochs=20, verbose=0)
wanted = np.tile(np.arange(10, dtype="int32"), 4)
digits = generator([tensor(rng.normal(size=(40, 16))), integers(wanted)])
plot.image_grid((1 + ops.convert_to_numpy(digits)) / 2, wanted, columns=10)
plt.show()
# Look down a column: the label is the same, the noise is not. Do the digits differ?

# %% [markdown]
# ## Problem 7 · How far apart are two samples? (3 points)
#
# A generator's losses say how the game goes, not how good the fakes are. For that,
# compare a sample of fakes with one of real examples.
#
# **The Wasserstein distance** is the mean way that sand has to go to turn one heap into
# another. For numbers, and samples of one size $N$, the cheapest plan keeps the order:
# the smallest $x$ goes to the smallest $y$, and so on,
#
# $$W_1 = \frac1N \sum_i \left| x_{(i)} - y_{(i)} \right| .$$
#
# **The maximum mean discrepancy** compares similarities, in any dimension. With a
# kernel $k$, for $N$ points $x_i$ and $M$ points $y_j$, the *unbiased* estimate is
#
# $$\mathrm{MMD}^2 = \frac{1}{N (N - 1)} \sum_{i \ne i'} k(x_i, x_{i'})
# + \frac{1}{M (M - 1)} \sum_{j \ne j'} k(y_j, y_{j'})
# - \frac{2}{N M} \sum_{i, j} k(x_i, y_j) .$$
#
# It leaves out the pairs of a point with itself, is 0 on average for equal
# distributions, and so may be a little negative. A usual kernel, with the bandwidth
# $h$, is $k(a, b) = \exp\left( -\lVert a - b \rVert^2 / (2 h^2) \right)$.
#
# **Make sure to**
#
# - keep $N$ and $M$ apart: they may differ (but not in `wasserstein`);
# - call `kernel(a, b)` with tensors of shapes $(n, D)$ and $(m, D)$; it returns a
#   tensor $(n, m)$. The checks bring kernels of their own;
# - leave out the diagonal, and divide by the number of pairs that are left.


# %% solution="wasserstein"
def wasserstein(x, y):
    """The Wasserstein distance of two samples of numbers.

    Args:
        x, y: tensors of shape (N,), in any order.

    Returns:
        A number (or a tensor of one element), at least 0.

    Example: `wasserstein(tensor([0.0, 4.0]), tensor([5.0, 1.0]))` is 1.
    """
    ### BEGIN SOLUTION
    return ops.mean(ops.abs(ops.sort(x) - ops.sort(y)))
    ### END SOLUTION


# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    """The similarity of each point of one sample to each of another.

    Args:
        a: tensor of shape (n, D).
        b: tensor of shape (m, D).
        bandwidth: number h above 0.

    Returns:
        Shape (n, m), each in [0, 1].

    Example: `rbf_kernel(tensor([[0.0, 0.0]]), tensor([[3.0, 4.0]]), 5.0)` is about
    `[[0.607]]`, the exponential of -1/2.
    """
    ### BEGIN SOLUTION
    squares = ops.sum(ops.square(a[:, None] - b[None]), axis=2)
    return ops.exp(-squares / (2 * bandwidth**2))
    ### END SOLUTION


# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    """The unbiased estimate of the squared MMD.

    Args:
        x: tensor of shape (N, D), N at least 2.
        y: tensor of shape (M, D), M at least 2.
        kernel: function of tensors (n, D) and (m, D) to a tensor (n, m).

    Returns:
        A number (or a tensor of one element); it may be negative.

    Example: with the kernel a b of numbers, `x = [[1], [3]]` and `y = [[2], [4]]` give
    3 + 8 - 2 * 6 = -1.
    """
    ### BEGIN SOLUTION
    n, m = len(x), len(y)
    of_x, of_y = kernel(x, x), kernel(y, y)
    in_x = (ops.sum(of_x) - ops.sum(ops.diagonal(of_x))) / (n * (n - 1))
    in_y = (ops.sum(of_y) - ops.sum(ops.diagonal(of_y))) / (m * (m - 1))
    return in_x + in_y - 2 * ops.mean(kernel(x, y))
    ### END SOLUTION


# %% test="distances" points=3
check.close(
    ops.sum(ops.convert_to_tensor(wasserstein(tensor([0.0, 4.0]), tensor([5.0, 1.0])))),
    1.0,
    "0 goes to 1 and 4 to 5: in their order.",
)
near = rbf_kernel(tensor([[0.0, 0.0]]), tensor([[3.0, 4.0]]), 5.0)
check.close(near, [[np.exp(-0.5)]], "The squared distance is 25; look at 2 h^2.")
rng = np.random.default_rng(4)
a, b = rng.normal(size=(3, 2)), rng.normal(size=(5, 2))
table = [[np.exp(-np.sum((s - t) ** 2) / 0.5) for t in b] for s in a]
check.close(
    rbf_kernel(tensor(a), tensor(b), 0.5), table, "Three points, five points: (3, 5)."
)


def product(a, b):
    return ops.matmul(a, ops.transpose(b))


estimate = mmd_squared(tensor([[1.0], [3.0]]), tensor([[2.0], [4.0]]), product)
check.close(
    ops.sum(ops.convert_to_tensor(estimate)),
    -1.0,
    "Within x only 1 * 3, within y only 2 * 4; between, the mean of all four.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# `ops.sort` sorts. For all pairs of points: `a[:, None] - b[None]` has shape
# $(n, m, D)$. The sum without the diagonal is the sum of all minus
# `ops.sum(ops.diagonal(...))`.
# </details>

# %% picture="distances"
rng = np.random.default_rng(5)
real = rng.normal(0, 1, 300)
others = {
    "shifted": lambda t: rng.normal(3 * t, 1, 300),
    "narrower": lambda t: rng.normal(0, 1 - t, 300),
    "two heaps": lambda t: rng.choice([-1, 1], 300) * 2 * t + rng.normal(0, 1, 300),
}
_, panels = plt.subplots(1, 2, figsize=(11, 3.6))
amounts = np.linspace(0, 0.99, 12)
for name, sample in others.items():
    fakes = [sample(t) for t in amounts]
    ways = [wasserstein(tensor(real), tensor(each)) for each in fakes]
    panels[0].plot(amounts, [float(ops.convert_to_numpy(way)) for way in ways])
    columns = [(tensor(real[:, None]), tensor(each[:, None])) for each in fakes]
    mmds = [mmd_squared(*two, lambda a, b: rbf_kernel(a, b, 1.0)) for two in columns]
    mmds = [float(ops.convert_to_numpy(each)) for each in mmds]
    panels[1].plot(amounts, mmds, label=name)
panels[0].set(xlabel="how much is wrong", ylabel="Wasserstein distance")
panels[1].set(xlabel="how much is wrong", ylabel="squared MMD")
panels[1].legend()
plt.show()
# Look at the left ends: what each distance says of two samples of one distribution.

# %% [markdown]
# ## Problem 8 · Mode collapse (3 points)
#
# A generator can fool the discriminator with few good examples, again and again: the
# fakes are fine one by one, and parts of the data are missing. This is mode collapse.
# Where the modes are known by their centres, count. A sample belongs to the centre that
# is **nearest** to it (Euclidean), and counts if it is **at most** `radius` away from
# it. Three numbers then tell three failures apart. With $n_k$ samples at mode $k$, $n$
# samples in all, and the share $s_k$ that the data have there:
#
# - **quality** $\sum_k n_k / n$: low if fakes lie between the modes;
# - **coverage**, the share of the $K$ modes with $n_k \ge \text{least} \cdot s_k\, n$:
#   low if modes are missing;
# - **imbalance** $\frac12 \sum_k \left| n_k / \sum_j n_j - s_k \right|$: high if there
#   is too much of some. If no sample counts at all, it is 1.
#
# A conditional generator can also ignore its noise: then all its sevens are one seven.
# **The spread of a label** is the standard deviation of each pixel over the images of
# this label, averaged over all pixels. (Divide by the number of images, not by one
# less.)


# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    """How many samples lie at each mode.

    Args:
        samples: tensor of shape (n, D).
        centres: tensor of shape (K, D).
        radius: number.

    Returns:
        K whole numbers, as a tensor, array or list.

    Example: samples `[[0], [1], [9], [20]]`, centres `[[0], [10]]` and radius 2 give
    `[2, 1]`.
    """
    ### BEGIN SOLUTION
    gaps = samples[:, None] - centres[None]
    distances = ops.sqrt(ops.sum(ops.square(gaps), axis=2))
    nearest = ops.one_hot(ops.argmin(distances, axis=1), len(centres))
    near = ops.cast(ops.min(distances, axis=1) <= radius, nearest.dtype)
    return ops.sum(nearest * near[:, None], axis=0)
    ### END SOLUTION


# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    """Quality, coverage and imbalance.

    Args:
        counts: tensor of shape (K,), whole numbers n_k (as floats).
        total: n, how many samples there were.
        shares: tensor of shape (K,), of sum 1: what the data have at each mode.
        least: number in [0, 1], the part of its share that a mode needs to be covered.

    Returns:
        Three numbers (or tensors of one element): quality, coverage, imbalance.

    Example: counts `[6, 2]` of 10, shares `[0.5, 0.5]` and least 0.5 give
    `(0.8, 0.5, 0.25)`: the second mode would need 2.5.
    """
    ### BEGIN SOLUTION
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    quality = counts.sum() / total
    coverage = np.mean(counts >= least * shares * total)
    if counts.sum() == 0:
        return quality, coverage, 1.0
    return quality, coverage, np.abs(counts / counts.sum() - shares).sum() / 2
    ### END SOLUTION


# %% solution="label_spread"
def label_spread(images, labels, classes):
    """How much the images of each label differ among themselves.

    Args:
        images: tensor of shape (B, H, W, C).
        labels: integer tensor of shape (B,).
        classes: how many labels there are; each has at least one image.

    Returns:
        Shape (classes,): the standard deviation of each pixel, averaged over pixels.

    Example: images of one pixel, 1 and 3 of label 0, 5 and 5 of label 1, give `[1, 0]`.
    """
    ### BEGIN SOLUTION
    images, labels = ops.convert_to_numpy(images), ops.convert_to_numpy(labels)
    return [np.mean(np.std(images[labels == c], axis=0)) for c in range(classes)]
    ### END SOLUTION


# %% test="collapse" points=3
points, centres = tensor([[0.0], [1.0], [9.0], [20.0]]), tensor([[0.0], [10.0]])
check.close(mode_counts(points, centres, 2.0), [2, 1], "20 is too far from both.")
check.close(
    mode_counts(points, centres, 10.0), [2, 2], "9 belongs to 10 alone: the nearest."
)
report = mode_report(tensor([6.0, 2.0]), 10, tensor([0.5, 0.5]), 0.5)
check.close(report, [0.8, 0.5, 0.25], "Quality, coverage, imbalance: the example.")
report = mode_report(tensor([0.0, 0.0]), 10, tensor([0.5, 0.5]), 0.5)
check.close(report, [0.0, 0.0, 1.0], "No sample counts.")
pixels = tensor(np.array([1.0, 5.0, 3.0, 5.0]).reshape(4, 1, 1, 1))
check.close(
    label_spread(pixels, integers([0, 1, 0, 1]), 2),
    [1.0, 0.0],
    "1 and 3 have the standard deviation 1; look at which images are whose.",
)
print("visible tests passed")

# %% [markdown]
# <details><summary>Hint</summary>
#
# Distances of all samples from all centres are a table $(n, K)$: its smallest entry in
# each row says which centre, and how far. `np.bincount(numbers, minlength=K)` counts.
# `images[labels == c]` chooses, for NumPy arrays.
# </details>

# %% picture="collapse"
rng = np.random.default_rng(6)
angles = np.arange(8) * np.pi / 4
ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)


def around(modes, spread):
    return ring[modes] + rng.normal(0, spread, (len(modes), 2))


generators = {
    "fine": around(rng.integers(0, 8, 400), 0.08),
    "collapsed": around(rng.integers(0, 3, 400), 0.08),
    "blurred": around(rng.integers(0, 8, 400), 0.3),
    "unbalanced": around(rng.choice(8, 400, p=[0.25, 0.25, *[0.5 / 6] * 6]), 0.08),
}
_, panels = plt.subplots(1, 4, figsize=(14, 3.6))
for panel, (name, fakes) in zip(panels, generators.items(), strict=True):
    counts = ops.convert_to_tensor(mode_counts(tensor(fakes), tensor(ring), 0.24))
    counts = ops.cast(counts, "float32")
    report = mode_report(counts, 400, tensor(np.full(8, 1 / 8)), 0.5)
    plot.point_clouds({name: fakes, "modes": ring}, axes=panel)
    panel.set(xlabel="", ylabel="", xlim=(-2, 2), ylim=(-2, 2))
    panel.set_title("  ".join(f"{float(each):.2f}" for each in report))
plt.show()
# Look at which of quality, coverage and imbalance gives each of the three away.

# %% [markdown]
# ## Problem 9 · Two losses that are not the same (3 points, written)
#
# A slide of the lecture says that the generator may minimise the loss of fakes taken
# for real "or equivalently" maximise the loss of fakes taken for fakes: the
# non-saturating and the saturating loss of problem 2. In the cell below the real
# numbers are $N(0, 1)$. The generator makes $\theta + z$ with $z \sim N(0, 1)$, so it
# only has to find $\theta = 0$. In each step it meets the *best* discriminator, whose
# logit is $\ell(x) = \theta^2 / 2 - \theta x$, and descends by rate 0.1 on the exact
# gradient of its loss, with the discriminator held fixed.
#
# 1. **Predict** before you run the cell: starting at $\theta = 1$, $3$, $6$ and $9$,
#    which loss brings $\theta$ below 0.1 sooner, and how does the number of steps
#    depend on the start?
# 2. **Run** the cell and read off the numbers.
# 3. **Explain** in at most 120 words: use the derivatives of problem 3 at the logits
#    that fakes get when $\theta$ is large. What is the same for both losses, so that
#    the slide's words are not plainly wrong? When in the training of a GAN does the
#    difference matter, and what else would help there than the other loss?


# %% picture="two-losses"
def steps_until_near(start, slope, most=20_000):
    """How many steps theta needs until it is below 0.1; None if more than `most`."""
    z = np.linspace(-7, 7, 1401)
    weights = np.exp(-(z**2) / 2)
    weights /= weights.sum()
    theta, path = start, [start]
    while theta >= 0.1:
        if len(path) > most:
            return None, path
        real = 1 / (1 + np.exp(theta**2 / 2 + theta * z))  # s(logit) of theta + z
        by_fake = -theta * np.sum(weights * slope(real))  # the logit's slope is -theta
        theta = theta - 0.1 * by_fake
        path.append(theta)
    return len(path) - 1, path


slopes = {"saturating": lambda s: -s, "non-saturating": lambda s: s - 1}
for start in (1.0, 3.0, 6.0, 9.0):
    for name, slope in slopes.items():
        steps, path = steps_until_near(start, slope)
        needed = f"{steps} steps" if steps else "more than 20000 steps"
        print(f"from {start:.0f}, {name}: {needed}")
        if start == 3.0:
            plt.plot(path[:400], label=f"{name}, from 3")
plt.xlabel("step")
plt.ylabel("theta")
plt.legend()
plt.show()

# %% [markdown] written="two-losses" points=3
# **Your prediction, the numbers, and your explanation (at most 120 words):**
#
# ### BEGIN SOLUTION
# *Model answer.* Prediction: the non-saturating loss is sooner, and hardly minds the
# start; from far away the other one hardly moves. Run, non-saturating and saturating:
# 43 and 48 steps from 1, 58 and 97 from 3, 64 and 709 from 6, 68 and more than 20,000
# from 9.
#
# Explanation: with $\theta = 9$ the fakes lie around 9, and their logits around
# $-\theta^2 / 2 = -40$: the discriminator is sure. By the logit the saturating loss has
# the slope $-\sigma(\ell)$, nearly 0 there, the other one $\sigma(\ell) - 1$, nearly
# $-1$. Both slopes are negative everywhere: both losses push the logits of fakes up,
# and both rest where fakes and data agree. So aim and direction are the same, the speed
# is not. It matters at the start of training, when fakes are easily told. Noise on all
# that the discriminator sees also helps there, since the distributions then overlap; so
# does a critic with a Wasserstein loss.
#
# *Marks.* 1 point: a prediction of which is sooner and of the dependence on the start,
# and the numbers of the run, compared (a wrong prediction earns it too). 1 point: sure
# discriminator, very negative logits, slope near 0 against near $-1$. 1 point: what is
# the same (sign or direction of the gradient, or the resting point), when it matters
# (fakes easily told, as at the start), and one other help (noise or blur, Wasserstein
# critic, a weaker or less trained discriminator, label smoothing). Beyond 150 words,
# minus 0.5.
# ### END SOLUTION
