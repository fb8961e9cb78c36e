# From the text alone: keras.ops where a gradient passes, float64 NumPy elsewhere.

# %% solution="squared_error"
def squared_error(x, reconstruction):
    difference = ops.reshape(x - reconstruction, (x.shape[0], -1))
    return ops.sum(difference * difference, axis=1)


# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    # log(1 + e^l) = logaddexp(0, l)
    each = ops.logaddexp(ops.zeros_like(logits), logits) - x * logits
    return ops.sum(ops.reshape(each, (x.shape[0], -1)), axis=1)


# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean(axis=0)
    centred = x - mean
    covariance = centred.T @ centred / len(x)
    _, vectors = np.linalg.eigh(covariance)  # ascending
    return mean, vectors[:, ::-1][:, :dim]


# %% solution="principal_angles"
def principal_angles(first, second):
    first = ops.convert_to_numpy(first).astype("float64")
    second = ops.convert_to_numpy(second).astype("float64")
    q1, _ = np.linalg.qr(first)
    q2, _ = np.linalg.qr(second)
    cosines = np.linalg.svd(q1.T @ q2, compute_uv=False)  # largest first
    return np.degrees(np.arccos(np.clip(cosines, 0.0, 1.0)))


# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    encoder, decoder, x = (ops.convert_to_numpy(a) for a in (encoder, decoder, x))
    codes = x @ encoder
    residuals = codes @ decoder - x
    factor = 2.0 / len(x)
    d_decoder = factor * codes.T @ residuals
    d_encoder = factor * x.T @ (residuals @ decoder.T)
    return d_encoder, d_decoder


# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    x = ops.convert_to_numpy(x).astype("float32")
    mean = x.mean(axis=0)
    centred = x - mean
    features = x.shape[1]
    rng = np.random.default_rng(seed)
    encoder = rng.normal(0, 0.2, size=(features, dim)).astype("float32")
    decoder = rng.normal(0, 0.2, size=(dim, features)).astype("float32")
    for _ in range(1000):
        d_encoder, d_decoder = gradients(encoder, decoder, centred)
        encoder = encoder - 0.2 * d_encoder
        decoder = decoder - 0.2 * d_decoder
    return mean, encoder, decoder


# %% solution="build_autoencoder"
def half_autoencoder(sizes):
    inputs = keras.Input((sizes[0],))
    h = inputs
    for size in sizes[1:-1]:
        h = keras.layers.Dense(size, activation="relu")(h)
    return keras.Model(inputs, keras.layers.Dense(sizes[-1])(h))


def build_autoencoder(sizes):
    sizes = list(sizes)
    return half_autoencoder(sizes), half_autoencoder(sizes[::-1])


# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    difference = reconstruct(x + noise) - x
    return ops.mean(ops.sum(ops.square(difference), axis=1))


# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    kerasdl.seed(seed)
    rng = np.random.default_rng(seed)
    x = np.asarray(x, dtype="float32")
    clean = np.tile(x, (10, 1))
    noisy = clean + rng.normal(0, noise_level, clean.shape).astype("float32")
    inputs = keras.Input((64,))
    h = keras.layers.Dense(128, activation="relu")(inputs)
    denoiser = keras.Model(inputs, keras.layers.Dense(64)(h))
    denoiser.compile(keras.optimizers.Adam(0.003), loss="mse")
    denoiser.fit(noisy, clean, batch_size=64, epochs=5, verbose=0)
    return denoiser


# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return mean + ops.exp(0.5 * log_variance) * noise


# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    each = mean * mean + ops.exp(log_variance) - 1.0 - log_variance
    return 0.5 * ops.sum(each, axis=-1)


# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    values = []
    for s in range(noise.shape[0]):
        z = vae.sample(mean, log_variance, noise[s])
        values.append(vae.log_likelihood(x, vae.decode(z)))
    return ops.mean(ops.stack(values), axis=0), vae.kl(mean, log_variance)


# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return ops.mean(beta * kl - likelihood)


# %% solution="generate"
def generate(decode, noise):
    return ops.sigmoid(decode(noise))


# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    return ops.convert_to_numpy(uniform) < ops.convert_to_numpy(probabilities)


# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    start, _ = encode(first[None])
    end, _ = encode(second[None])
    images = []
    for n in range(steps):
        share = n / (steps - 1)
        images.append(ops.sigmoid(decode((1 - share) * start + share * end)))
    return ops.concatenate(images, axis=0)


# %% solution="attribute_direction"
def attribute_direction(codes, has):
    codes = ops.convert_to_numpy(codes)
    has = ops.convert_to_numpy(has)
    return codes[has == 1].mean(axis=0) - codes[has == 0].mean(axis=0)


# %% solution="active_latents"
def active_latents(means, threshold):
    variances = np.var(ops.convert_to_numpy(means), axis=0)
    return int(np.sum(variances > threshold))


# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    gaps = ops.expand_dims(z, -2) - codebook  # (..., K, D)
    return ops.argmin(ops.sum(ops.square(gaps), axis=-1), axis=-1)


# %% solution="quantise"
def chosen(codebook, numbers):
    return ops.matmul(ops.one_hot(numbers, codebook.shape[0]), codebook)


def quantise(z, codebook, numbers):
    return z + ops.stop_gradient(chosen(codebook, numbers) - z)


# %% solution="vq_loss"
def vq_loss(z, codebook, numbers, beta):
    codes = ops.matmul(ops.one_hot(numbers, codebook.shape[0]), codebook)
    codebook_term = ops.sum(ops.square(ops.stop_gradient(z) - codes), axis=-1)
    commitment = ops.sum(ops.square(z - ops.stop_gradient(codes)), axis=-1)
    return ops.mean(codebook_term) + beta * ops.mean(commitment)


# %% solution="perplexity"
def perplexity(numbers, codes):
    counts = np.bincount(ops.convert_to_numpy(numbers).reshape(-1), minlength=codes)
    p = counts / counts.sum()
    p = p[p > 0]
    return float(np.exp(-np.sum(p * np.log(p))))
