# NumPy wherever no gradient is asked for; log-sigmoids where one is.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    sums = np.cumsum(ops.convert_to_numpy(probabilities))
    found = np.searchsorted(sums, ops.convert_to_numpy(u), side="right")
    return found.clip(0, len(sums) - 1)


# %% solution="exponential"
def sample_exponential(u, rate):
    return np.log1p(-ops.convert_to_numpy(u)) / -rate


# %% solution="observed"
def sample_observed(u, observations):
    ordered = np.sort(ops.convert_to_numpy(observations))
    return ordered[(ops.convert_to_numpy(u) * len(ordered)).astype(int)]


# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real, on_fake = ops.log_sigmoid(real_logits), ops.log_sigmoid(-fake_logits)
    return -(ops.mean(on_real) + ops.mean(on_fake))


# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    return ops.mean(ops.log_sigmoid(-fake_logits))


# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    return -ops.mean(ops.log_sigmoid(fake_logits))


# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    real, fake = (ops.convert_to_numpy(each) for each in (real_logits, fake_logits))
    return -1 / (1 + np.exp(real)) / real.size, 1 / (1 + np.exp(-fake)) / fake.size


# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    s = 1 / (1 + np.exp(-ops.convert_to_numpy(fake_logits)))
    return -s / s.size, -(1 - s) / s.size


# %% solution="best_discriminator"
def best_discriminator(p, q):
    p, q = ops.convert_to_numpy(p), ops.convert_to_numpy(q)
    return p / (p + q)


# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    p, q = ops.convert_to_numpy(p), ops.convert_to_numpy(q)

    def entropy(r):
        return -np.sum(r * np.log(np.where(r > 0, r, 1)))

    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    w, q = ops.convert_to_numpy(logits), 1 / (1 + np.exp(-theta))
    p, q = np.array([1 - heads, heads]), np.array([1 - q, q])
    on_fake = q @ np.log1p(np.exp(-w))
    return p @ np.log1p(np.exp(-w)) + q @ np.log1p(np.exp(w)), on_fake


# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    w, q = ops.convert_to_numpy(logits), 1 / (1 + np.exp(-theta))
    s = 1 / (1 + np.exp(-w))
    w = w - d_rate * (np.array([1 - q, q]) * s - np.array([1 - heads, heads]) * (1 - s))
    tails, heads = np.log1p(np.exp(-w))
    return theta - g_rate * q * (1 - q) * (heads - tails), w


# %% solution="play"
def play(one_round, theta, logits, rounds):
    path = np.zeros(rounds + 1)
    path[0] = theta
    for k in range(1, rounds + 1):
        theta, logits = one_round(theta, logits)
        path[k] = ops.convert_to_numpy(theta)
    return 1 / (1 + np.exp(-path))


# %% solution="wasserstein"
def wasserstein(x, y):
    x, y = np.sort(ops.convert_to_numpy(x)), np.sort(ops.convert_to_numpy(y))
    return np.abs(x - y).mean()


# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    a, b = ops.convert_to_numpy(a), ops.convert_to_numpy(b)
    distances = np.linalg.norm(a[:, None, :] - b[None, :, :], axis=-1)
    return np.exp(-((distances / bandwidth) ** 2) / 2)


# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    xx, yy, xy = (
        ops.convert_to_numpy(kernel(a, b)) for a, b in ((x, x), (y, y), (x, y))
    )
    within = [k[~np.eye(len(k), dtype=bool)].mean() for k in (xx, yy)]
    return sum(within) - 2 * xy.mean()


# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    samples, centres = ops.convert_to_numpy(samples), ops.convert_to_numpy(centres)
    distances = np.linalg.norm(samples[:, None] - centres, axis=2)
    nearest = distances.argmin(axis=1)[distances.min(axis=1) <= radius]
    return np.bincount(nearest, minlength=len(centres))


# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    n, s = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    covered = (n >= least * s * total).sum() / len(n)
    imbalance = 0.5 * np.abs(n / n.sum() - s).sum() if n.any() else 1
    return np.array([n.sum() / total, covered, imbalance])


# %% solution="label_spread"
def label_spread(images, labels, classes):
    images, labels = ops.convert_to_numpy(images), ops.convert_to_numpy(labels)
    return np.array([images[labels == c].std(axis=0).mean() for c in range(classes)])
