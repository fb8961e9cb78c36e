# keras.ops for everything, also for decompositions; nothing leaves the backend.

# %% solution="squared_error"
def squared_error(x, reconstruction):
    difference = ops.reshape(x - reconstruction, (x.shape[0], -1))
    return ops.einsum("bi,bi->b", difference, difference)


# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    terms = ops.relu(logits) + ops.log1p(ops.exp(-ops.abs(logits))) - x * logits
    return ops.sum(ops.reshape(terms, (x.shape[0], -1)), axis=1)


# %% solution="pca"
def pca(x, dim):
    mean = ops.mean(x, axis=0)
    _, _, rows = ops.svd(x - mean, full_matrices=False)
    return mean, ops.transpose(rows)[:, :dim]


# %% solution="principal_angles"
def principal_angles(first, second):
    one, two = ops.qr(first)[0], ops.qr(second)[0]
    cosines = ops.svd(ops.matmul(ops.transpose(one), two), compute_uv=False)
    return ops.arccos(ops.clip(cosines, 0.0, 1.0)) * (180.0 / np.pi)


# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    residuals = ops.einsum("bd,dk,ke->be", x, encoder, decoder) - x
    d_encoder = ops.einsum("bd,be,ke->dk", x, residuals, decoder)
    d_decoder = ops.einsum("bd,dk,be->ke", x, encoder, residuals)
    return [part * 2.0 / x.shape[0] for part in (d_encoder, d_decoder)]


# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    """Compiled steps of automatic differentiation, on the first half of x only once."""
    mean = ops.mean(x, axis=0)
    rows = x - mean
    rng = np.random.default_rng(seed)
    d = x.shape[1]
    weights = tensor(rng.normal(0, 0.2, (d, dim))), tensor(rng.normal(0, 0.2, (dim, d)))

    def error(encoder, decoder):
        rest = ops.matmul(ops.matmul(rows, encoder), decoder) - rows
        return ops.mean(ops.sum(rest * rest, axis=1))

    slopes = autodiff.jit(autodiff.grad(error, argnums=(0, 1)))
    for _ in range(500):
        weights = [w - 0.2 * s for w, s in zip(weights, slopes(*weights), strict=True)]
    return mean, *weights


# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    errors = reconstruct(ops.add(x, noise)) - x
    return ops.einsum("bi,bi->", errors, errors) / errors.shape[0]


# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return ops.exp(log_variance / 2) * noise + mean


# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    terms = ops.square(mean) + ops.expm1(log_variance) - log_variance
    return ops.einsum("bk->b", terms) / 2


# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    """All samples in one batch: the parts take any number of rows."""
    samples, batch, dim = noise.shape
    mean, log_variance = vae.encode(x)
    repeated = [ops.tile(part, (samples, 1)) for part in (mean, log_variance)]
    z = vae.sample(*repeated, ops.reshape(noise, (samples * batch, dim)))
    scores = vae.log_likelihood(ops.tile(x, (samples, 1)), vae.decode(z))
    scores = ops.reshape(scores, (samples, batch))
    return ops.mean(scores, axis=0), vae.kl(mean, log_variance)


# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return beta * ops.mean(kl) - ops.mean(likelihood)


# %% solution="generate"
def generate(decode, noise):
    return 0.5 * (1.0 + ops.tanh(0.5 * decode(noise)))


# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    return ops.cast(probabilities > uniform, "int32")


# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    mean, _ = encode(ops.concatenate([first[None], second[None]], axis=0))
    return ops.sigmoid(decode(ops.linspace(mean[0], mean[1], steps)))


# %% solution="attribute_direction"
def attribute_direction(codes, has):
    has = ops.cast(has, "float32")
    weights = has / ops.sum(has) - (1.0 - has) / ops.sum(1.0 - has)
    return ops.einsum("n,nk->k", weights, codes)


# %% solution="active_latents"
def active_latents(means, threshold):
    spread = ops.mean(ops.square(means), axis=0) - ops.square(ops.mean(means, axis=0))
    return ops.count_nonzero(spread > threshold)


# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    products = ops.einsum("...d,kd->...k", z, codebook)
    return ops.argmin(ops.sum(ops.square(codebook), axis=1) - 2.0 * products, axis=-1)


# %% solution="quantise"
def quantise(z, codebook, numbers):
    chosen = ops.matmul(ops.one_hot(numbers, codebook.shape[0]), codebook)
    return ops.stop_gradient(chosen) + z - ops.stop_gradient(z)


# %% solution="vq_loss"
def vq_loss(z, codebook, numbers, beta):
    chosen = ops.matmul(ops.one_hot(numbers, codebook.shape[0]), codebook)
    fixed_z, fixed_codes = ops.stop_gradient(z), ops.stop_gradient(chosen)
    terms = ops.square(fixed_z - chosen) + beta * ops.square(z - fixed_codes)
    return ops.mean(ops.sum(terms, axis=-1))


# %% solution="perplexity"
def perplexity(numbers, codes):
    p = ops.mean(ops.reshape(ops.one_hot(numbers, codes), (-1, codes)), axis=0)
    return ops.exp(-ops.sum(p * ops.log(p + 1e-12)))
