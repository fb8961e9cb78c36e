# Small classes, closures and dictionaries in place of bare formulas.

# %% solution="squared_error"
class Loss:
    def __init__(self, term):
        self.term = term

    def __call__(self, x, other):
        loss = self.term(x, other)
        while len(loss.shape) > 1:
            loss = ops.sum(loss, axis=-1)
        return loss

    __name__ = "loss"


squared_error = Loss(lambda x, other: (other - x) ** 2)


# %% solution="binary_cross_entropy"
def minus_log_coin(x, logits):
    return -(x * ops.log_sigmoid(logits) + (1.0 - x) * ops.log_sigmoid(-logits))


class CoinLoss:
    __name__ = "coin loss"

    def __call__(self, x, logits):
        terms = minus_log_coin(x, logits)
        return ops.sum(terms, axis=[axis for axis in range(1, len(x.shape))])


binary_cross_entropy = CoinLoss()


# %% solution="pca"
class Axes:
    def __init__(self, x):
        self.x = ops.convert_to_numpy(x).astype(float)
        self.mean = np.average(self.x, axis=0)

    def largest(self, dim):
        centred = self.x - self.mean
        values, vectors = np.linalg.eig(centred.T @ centred)
        return vectors.real[:, np.argsort(values.real)[::-1][:dim]]


def pca(x, dim):
    axes = Axes(x)
    return axes.mean, axes.largest(dim)


# %% solution="principal_angles"
class Span:
    def __init__(self, basis):
        basis = ops.convert_to_numpy(basis).astype(float)
        self.projection = basis @ np.linalg.pinv(basis)
        self.dim = basis.shape[1]


def principal_angles(first, second):
    """Of the product of the two projections."""
    one, two = Span(first), Span(second)
    cosines = np.linalg.svd(one.projection @ two.projection, compute_uv=False)
    return np.degrees(np.arccos(np.clip(cosines[: one.dim], 0, 1)))


# %% solution="train_linear"
class Trainer:
    def __init__(self, x, dim, seed):
        self.mean = ops.mean(x, axis=0)
        self.x = x - self.mean
        rng = np.random.default_rng(seed)
        features = int(x.shape[1])
        self.encoder = tensor(rng.uniform(-0.5, 0.5, (features, dim)))
        self.decoder = tensor(rng.uniform(-0.5, 0.5, (dim, features)))

    def step(self, gradients, rate):
        d_encoder, d_decoder = gradients(self.encoder, self.decoder, self.x)
        self.encoder = self.encoder - rate * d_encoder
        self.decoder = self.decoder - rate * d_decoder


def train_linear(x, dim, seed, gradients):
    trainer = Trainer(x, dim, seed)
    for _ in range(400):
        trainer.step(gradients, 0.15)
    return trainer.mean, trainer.encoder, trainer.decoder


# %% solution="train_denoiser"
class NearImages:
    """Averages the training images, each with its likelihood of the noisy one."""

    def __init__(self, images, noise_level):
        self.images = images
        self.width = 2 * noise_level**2

    def __call__(self, noisy):
        noisy = ops.convert_to_numpy(noisy)
        gaps = noisy[:, None] - self.images[None]
        scores = -np.sum(gaps**2, axis=-1) / self.width
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return shares @ self.images / shares.sum(axis=1, keepdims=True)


def train_denoiser(x, noise_level, seed):
    return NearImages(np.asarray(x), noise_level)


# %% solution="kl_divergence"
class Gaussian:
    def __init__(self, mean, variance):
        self.mean, self.variance = mean, variance

    def divergence(self, other):
        ratio = self.variance / other.variance
        distance = ops.square(self.mean - other.mean) / other.variance
        return 0.5 * ops.sum(distance + ratio - 1.0 - ops.log(ratio), axis=1)


def kl_divergence(mean, log_variance):
    own = Gaussian(mean, ops.exp(log_variance))
    return own.divergence(Gaussian(0.0, 1.0))


# %% solution="elbo_terms"
class Bound:
    def __init__(self, x, vae):
        self.x, self.vae = x, vae
        self.q = vae.encode(x)

    def one(self, noise):
        return self.vae.log_likelihood(self.x, self.vae.decode(self.sample(noise)))

    def sample(self, noise):
        return self.vae.sample(*self.q, noise)


def elbo_terms(x, noise, vae):
    bound = Bound(x, vae)
    likelihoods = ops.stack([bound.one(noise[s]) for s in range(noise.shape[0])])
    return {
        "likelihood": ops.mean(likelihoods, axis=0),
        "kl": vae.kl(*bound.q),
    }.values()


# %% solution="interpolate"
def codes_between(a, b, steps):
    for number in range(steps):
        yield a * (steps - 1 - number) / (steps - 1) + b * number / (steps - 1)


def interpolate(encode, decode, first, second, steps):
    ends = [encode(ops.expand_dims(image, 0))[0] for image in (first, second)]
    codes = ops.concatenate(list(codes_between(*ends, steps)))
    return ops.sigmoid(decode(codes))


# %% solution="vq_loss"
class Term:
    def __init__(self, weight, moves):
        self.weight, self.moves = weight, moves

    def __call__(self, z, chosen):
        fixed = [ops.stop_gradient(part) for part in (z, chosen)]
        z, chosen = (z, fixed[1]) if self.moves == "z" else (fixed[0], chosen)
        return self.weight * ops.mean(ops.sum((z - chosen) ** 2, axis=-1))


def vq_loss(z, codebook, numbers, beta):
    chosen = ops.take(codebook, ops.cast(numbers, "int32"), axis=0)
    return sum(term(z, chosen) for term in (Term(1.0, "codes"), Term(beta, "z")))


# %% solution="perplexity"
from collections import Counter


def perplexity(numbers, codes):
    counts = Counter(ops.convert_to_numpy(numbers).ravel().tolist())
    shares = [count / sum(counts.values()) for count in counts.values()]
    return float(np.prod([share**-share for share in shares]))
