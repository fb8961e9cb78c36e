# Plain Python loops over numbers; lists come back.

# %% solution="squared_error"
import math


def plain(value):
    return ops.convert_to_numpy(value).tolist()


def flat(value):
    return [n for part in value for n in flat(part)] if type(value) is list else [value]


def squared_error(x, reconstruction):
    losses = []
    for row, other in zip(plain(x), plain(reconstruction), strict=True):
        total = 0.0
        for a, b in zip(flat(row), flat(other), strict=True):
            total += (a - b) ** 2
        losses.append(total)
    return losses


# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    losses = []
    x, logits = ops.convert_to_numpy(x), ops.convert_to_numpy(logits)
    for i in range(len(x)):
        total = 0.0
        for t, s in zip(x[i].ravel().tolist(), logits[i].ravel().tolist(), strict=True):
            total += max(s, 0.0) + np.log1p(np.exp(-abs(s))) - t * s
        losses.append(float(total))
    return losses


# %% solution="pca"
def pca(x, dim):
    """Power iteration, one axis after the other."""
    rows = ops.convert_to_numpy(x).astype("float64")
    mean = [sum(row[j] for row in rows) / len(rows) for j in range(rows.shape[1])]
    rest = rows - np.array(mean)
    axes = []
    for number in range(dim):
        axis = np.random.default_rng(number).normal(size=rows.shape[1])
        for _ in range(500):
            axis = rest.T @ (rest @ axis)
            axis = axis / np.linalg.norm(axis)
        axes.append(axis.tolist())
        rest = rest - np.outer(rest @ axis, axis)
    return mean, [list(row) for row in zip(*axes, strict=True)]


# %% solution="principal_angles"
def orthonormal(columns):
    """Gram-Schmidt."""
    found = []
    for column in columns.T:
        for other in found:
            column = column - (other @ column) * other
        found.append(column / np.linalg.norm(column))
    return np.array(found).T


def principal_angles(first, second):
    bases = [ops.convert_to_numpy(basis).astype("float64") for basis in (first, second)]
    one, two = map(orthonormal, bases)
    squares = np.linalg.eigvalsh(two.T @ one @ one.T @ two)[::-1]
    return [math.degrees(math.acos(min(1.0, max(0.0, s) ** 0.5))) for s in squares]


# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    e, d, rows = (ops.convert_to_numpy(part) for part in (encoder, decoder, x))
    features, codes = e.shape
    d_e, d_d = np.zeros(e.shape), np.zeros(d.shape)
    for row in rows:
        z = [sum(row[i] * e[i, k] for i in range(features)) for k in range(codes)]
        for j in range(features):
            residual = sum(z[k] * d[k, j] for k in range(codes)) - row[j]
            for k in range(codes):
                d_d[k, j] += 2 * residual * z[k] / len(rows)
                for i in range(features):
                    d_e[i, k] += 2 * residual * d[k, j] * row[i] / len(rows)
    return d_e, d_d


# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    total = 0.0
    for i in range(len(x)):
        cleaned = ops.convert_to_numpy(reconstruct(x[i : i + 1] + noise[i : i + 1]))[0]
        for a, b in zip(cleaned, ops.convert_to_numpy(x)[i], strict=True):
            total += (float(a) - float(b)) ** 2
    return total / len(x)


# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    columns = []
    for j in range(mean.shape[1]):
        sigma = ops.sqrt(ops.exp(log_variance[:, j]))
        columns.append(mean[:, j] + sigma * noise[:, j])
    return ops.stack(columns, axis=1)


# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    results = []
    for i in range(mean.shape[0]):
        total = 0.0
        for j in range(mean.shape[1]):
            m, v = mean[i, j], log_variance[i, j]
            total = total + 0.5 * (m * m + ops.exp(v) - 1 - v)
        results.append(total)
    return ops.stack(results)


# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    samples = [vae.sample(mean, log_variance, noise[s]) for s in range(len(noise))]
    scores = [vae.log_likelihood(x, vae.decode(z)) for z in samples]
    return sum(scores) / len(scores), vae.kl(mean, log_variance)


# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    pairs = list(zip(plain(likelihood), plain(kl), strict=True))
    return sum(beta * k - one for one, k in pairs) / len(pairs)


# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    drawn = []
    for row, us in zip(plain(probabilities), plain(uniform), strict=True):
        drawn.append([1 if u < p else 0 for p, u in zip(row, us, strict=True)])
    return drawn


# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    a, b = encode(first[None, :])[0], encode(second[None, :])[0]
    images = []
    for step in range(steps):
        share = step / (steps - 1)
        logits = ops.convert_to_numpy(decode(a + share * (b - a)))[0]
        images.append([1 / (1 + math.exp(-float(s))) for s in logits])
    return images


# %% solution="attribute_direction"
def attribute_direction(codes, has):
    groups = [[], []]
    for code, label in zip(plain(codes), plain(has), strict=True):
        groups[label].append(code)
    means = [
        [sum(column) / len(group) for column in zip(*group, strict=True)]
        for group in groups
    ]
    return [b - a for a, b in zip(*means, strict=True)]


# %% solution="active_latents"
def active_latents(means, threshold):
    count = 0
    for column in zip(*plain(means), strict=True):
        centre = sum(column) / len(column)
        count += sum((m - centre) ** 2 for m in column) / len(column) > threshold
    return count


# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    z, codebook = ops.convert_to_numpy(z), plain(codebook)
    numbers = []
    for vector in z.reshape(-1, z.shape[-1]).tolist():
        distances = [
            sum((a - b) ** 2 for a, b in zip(vector, code, strict=True))
            for code in codebook
        ]
        numbers.append(distances.index(min(distances)))
    return np.reshape(numbers, z.shape[:-1])


# %% solution="perplexity"
def perplexity(numbers, codes):
    counts = [0] * codes
    values = flat(plain(numbers))
    for number in values:
        counts[number] += 1
    entropy = 0.0
    for count in counts:
        if count:
            entropy -= count / len(values) * math.log(count / len(values))
    return math.exp(entropy)
