# One number at a time, in Python; lists, tuples and floats come back.

# %% solution="discrete"
import math


def sample_discrete(u, probabilities):
    faces = []
    for number in ops.convert_to_numpy(u).tolist():
        face, total = 0, 0.0
        for k, probability in enumerate(ops.convert_to_numpy(probabilities).tolist()):
            face, total = k, total + probability
            if number < total:
                break
        faces.append(face)
    return faces


# %% solution="exponential"
def sample_exponential(u, rate):
    return [-math.log(1 - each) / rate for each in ops.convert_to_numpy(u).tolist()]


# %% solution="observed"
def sample_observed(u, observations):
    ordered = sorted(float(each) for each in observations)
    return [ordered[int(float(each) * len(ordered))] for each in u]


# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    total = 0.0
    for i in range(len(real_logits)):
        total = total + ops.softplus(-real_logits[i, 0]) / len(real_logits)
    for j in range(len(fake_logits)):
        total = total + ops.softplus(fake_logits[j, 0]) / len(fake_logits)
    return total


# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    total = 0.0
    for j in range(len(fake_logits)):
        total += ops.softplus(-fake_logits[j, 0])
    return total / len(fake_logits)


# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    def s(x):
        return 1 / (1 + math.exp(-float(x)))

    n, m = len(real_logits), len(fake_logits)
    by_real = [[(s(row[0]) - 1) / n] for row in real_logits]
    return by_real, [[s(row[0]) / m] for row in fake_logits]


# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    logits = ops.convert_to_numpy(fake_logits).tolist()
    probabilities = [1 / (1 + math.exp(-row[0])) for row in logits]
    saturating = [[-s / len(logits)] for s in probabilities]
    return saturating, [[(s - 1) / len(logits)] for s in probabilities]


# %% solution="best_discriminator"
def best_discriminator(p, q):
    return [float(a) / (float(a) + float(b)) for a, b in zip(p, q, strict=True)]


# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        a, b = float(a), float(b)
        for each in (a, b):
            if each > 0:
                total += 0.5 * each * math.log(2 * each / (a + b))
    return total


# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    q = 1 / (1 + math.exp(-theta))
    d_loss = g_loss = 0.0
    for logit, p, fake in ((logits[0], 1 - heads, 1 - q), (logits[1], heads, q)):
        s = 1 / (1 + math.exp(-float(logit)))
        d_loss -= p * math.log(s) + fake * math.log(1 - s)
        g_loss -= fake * math.log(s)
    return d_loss, g_loss


# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    q = 1 / (1 + math.exp(-float(theta)))
    new = []
    for logit, p, fake in ((logits[0], 1 - heads, 1 - q), (logits[1], heads, q)):
        s = 1 / (1 + math.exp(-float(logit)))
        new.append(float(logit) - d_rate * (fake * s - p * (1 - s)))
    gain = math.log(1 + math.exp(-new[1])) - math.log(1 + math.exp(-new[0]))
    return float(theta) - g_rate * gain * q * (1 - q), tensor(new)


# %% solution="discriminator_step"
def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    new = []
    for place in range(len(d_weights)):

        def loss_of(weight, place=place):
            weights = [*d_weights[:place], weight, *d_weights[place + 1 :]]
            fake = generator(g_weights, noise)
            return loss(discriminator(weights, real), discriminator(weights, fake))

        new.append(d_weights[place] - rate * autodiff.grad(loss_of)(d_weights[place]))
    return new


# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    for k in range(len(batches)):
        d_weights = d_step(g_weights, d_weights, batches[k][0], batches[k][1])
    g_weights = g_step(g_weights, d_weights, noise)
    return [g_weights, d_weights]


# %% solution="wasserstein"
def wasserstein(x, y):
    x, y = (sorted(ops.convert_to_numpy(each).tolist()) for each in (x, y))
    return sum(abs(a - b) for a, b in zip(x, y, strict=True)) / len(x)


# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    table = []
    for one in ops.convert_to_numpy(a).tolist():
        row = []
        for other in ops.convert_to_numpy(b).tolist():
            square = sum((s - t) ** 2 for s, t in zip(one, other, strict=True))
            row.append(math.exp(-square / (2 * bandwidth**2)))
        table.append(row)
    return table


# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    def within(points):
        table, n, total = kernel(points, points), len(points), 0.0
        for i in range(n):
            for j in range(n):
                if i != j:
                    total += float(table[i, j])
        return total / (n * (n - 1))

    between = 0.0
    for i in range(len(x)):
        for j in range(len(y)):
            between += float(kernel(x[i : i + 1], y[j : j + 1])[0, 0])
    return within(x) + within(y) - 2 * between / (len(x) * len(y))


# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    counts = [0] * len(centres)
    for sample in ops.convert_to_numpy(samples).tolist():
        distances = [
            math.dist(sample, centre) for centre in ops.convert_to_numpy(centres)
        ]
        if min(distances) <= radius:
            counts[distances.index(min(distances))] += 1
    return counts


# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = [float(n) for n in counts], [float(s) for s in shares]
    covered = found = 0
    for n, s in zip(counts, shares, strict=True):
        covered, found = covered + (n >= least * s * total), found + n
    imbalance = 1.0
    if found:
        pairs = zip(counts, shares, strict=True)
        imbalance = sum(abs(n / found - s) for n, s in pairs) / 2
    return [found / total, covered / len(counts), imbalance]


# %% solution="label_spread"
def label_spread(images, labels, classes):
    spreads = []
    for c in range(classes):
        own = [images[i] for i in range(len(images)) if int(labels[i]) == c]
        mean = sum(own) / len(own)
        variance = sum((image - mean) ** 2 for image in own) / len(own)
        spreads.append(float(ops.convert_to_numpy(ops.mean(ops.sqrt(variance)))))
    return spreads
