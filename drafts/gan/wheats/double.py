# float64 inside, whatever comes in.


# %% solution="discrete"
def sample_discrete(u, probabilities):
    u = np.asarray(ops.convert_to_numpy(u), "float64")
    sums = np.cumsum(np.asarray(ops.convert_to_numpy(probabilities), "float64"))
    sums[-1] = 1.0
    return (u[:, None] >= sums).sum(axis=1)


# %% solution="exponential"
def sample_exponential(u, rate):
    u = np.float64(ops.convert_to_numpy(u))
    return np.log(1 / (1 - u)) * (1 / rate)


# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    def positive(x):  # log(1 + exp(x)), safe
        return ops.maximum(x, 0.0) + ops.log1p(ops.exp(-ops.abs(x)))

    return ops.mean(positive(-real_logits)) + ops.mean(positive(fake_logits))


# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    zeros = ops.zeros_like(fake_logits)
    return -ops.mean(ops.logaddexp(zeros, fake_logits))


# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    zeros = ops.zeros_like(fake_logits)
    return ops.reshape(ops.mean(ops.logaddexp(zeros, -fake_logits)), (1, 1))


# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    p, q = (np.float64(ops.convert_to_numpy(each)) for each in (p, q))
    with np.errstate(all="ignore"):
        parts = [np.nan_to_num(r * np.log(r / ((p + q) / 2))) for r in (p, q)]
    return np.sum(parts) / 2


# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    w = np.float64(ops.convert_to_numpy(logits))
    heads, fake = np.float64(heads), 1 / (1 + np.exp(-np.float64(theta)))
    p, q = np.array([1 - heads, heads]), np.array([1 - fake, fake])
    d_loss = np.sum(p * np.logaddexp(0, -w) + q * np.logaddexp(0, w))
    return d_loss, np.dot(q, np.logaddexp(0, -w))


# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    w = np.array(ops.convert_to_numpy(logits), "float64")
    q = 1 / (1 + np.exp(-np.float64(theta)))
    for k, (p, fake) in enumerate([(1 - heads, 1 - q), (heads, q)]):
        s = 1 / (1 + np.exp(-w[k]))
        w[k] -= d_rate * (fake * s - p * (1 - s))
    slope = q * (1 - q) * (np.logaddexp(0, -w[1]) - np.logaddexp(0, -w[0]))
    return [theta - g_rate * slope, w]


# %% solution="discriminator_step"
def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    fake = ops.stop_gradient(generator(g_weights, noise))

    def loss_of(weights):
        return loss(discriminator(weights, real), discriminator(weights, fake))

    moved = []
    for weight, gradient in zip(d_weights, autodiff.grad(loss_of)(d_weights)):  # noqa: B905
        weight, gradient = (
            np.float64(ops.convert_to_numpy(x)) for x in (weight, gradient)
        )
        moved.append(tensor(weight - rate * gradient))
    return tuple(moved)


# %% solution="wasserstein"
def wasserstein(x, y):
    x, y = (np.float64(ops.convert_to_numpy(each)) for each in (x, y))
    levels = np.sort(np.concatenate([x, y]))
    shares = [np.searchsorted(np.sort(each), levels[:-1], "right") for each in (x, y)]
    return np.sum(np.abs(shares[0] - shares[1]) / len(x) * np.diff(levels))


# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    from scipy.spatial.distance import cdist

    a, b = ops.convert_to_numpy(a), ops.convert_to_numpy(b)
    return np.exp(cdist(a, b, "sqeuclidean") / (-2.0 * bandwidth**2))


# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    both = ops.concatenate([x, y])
    table = np.float64(ops.convert_to_numpy(kernel(both, both)))
    np.fill_diagonal(table, 0.0)
    n, m = len(x), len(y)
    within = table[:n, :n].sum() / (n * (n - 1)) + table[n:, n:].sum() / (m * (m - 1))
    return np.float64(within - 2 * table[:n, n:].mean())


# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    samples, centres = (np.float64(ops.convert_to_numpy(x)) for x in (samples, centres))
    counts = np.zeros(len(centres))
    for sample in samples:
        gaps = np.hypot(*(centres - sample).T)
        if gaps.min() <= radius:
            counts[gaps.argmin()] += 1
    return counts


# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    n, s = (np.float64(ops.convert_to_numpy(each)) for each in (counts, shares))
    if not n.sum():
        return 0.0, float(np.mean(least * s * total <= 0)), 1.0
    more = np.maximum(n / n.sum() - s, 0)
    return (
        n.sum() / total,
        np.count_nonzero(n >= least * s * total) / n.size,
        more.sum(),
    )
