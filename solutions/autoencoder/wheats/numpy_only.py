# NumPy in float64 wherever no gradient is asked for; otherwise short keras.ops.

# %% solution="squared_error"
def in_numpy(*values):
    return [ops.convert_to_numpy(value).astype("float64") for value in values]


def squared_error(x, reconstruction):
    x, reconstruction = in_numpy(x, reconstruction)
    return ((x - reconstruction) ** 2).reshape(len(x), -1).sum(axis=1)


# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    x, logits = (ops.convert_to_numpy(part).astype("float64") for part in (x, logits))
    terms = np.logaddexp(0, logits) - x * logits
    return terms.reshape(len(x), -1).sum(axis=1)


# %% solution="pca"
def pca(x, dim):
    x = ops.convert_to_numpy(x)
    mean = x.mean(0)
    values, vectors = np.linalg.eigh(np.cov(x.T))
    return mean, vectors[:, ::-1][:, :dim]


# %% solution="principal_angles"
def principal_angles(first, second):
    first, second = ops.convert_to_numpy(first), ops.convert_to_numpy(second)
    u = np.linalg.svd(first, full_matrices=False)[0]
    v = np.linalg.svd(second, full_matrices=False)[0]
    cosines = np.minimum(1, np.linalg.svd(u.T @ v)[1])
    return np.rad2deg(np.arccos(cosines))


# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    encoder, decoder, x = map(ops.convert_to_numpy, (encoder, decoder, x))
    residuals = x @ encoder @ decoder - x
    d_decoder = 2 / len(x) * encoder.T @ x.T @ residuals
    return 2 / len(x) * x.T @ residuals @ decoder.T, d_decoder


# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    """Its own gradients, momentum, and a stop when nothing moves any more."""
    x = ops.convert_to_numpy(x).astype("float64")
    mean = x.mean(0)
    rows = x - mean
    covariance = rows.T @ rows / len(rows)
    rng = np.random.default_rng(seed)
    e, d = rng.normal(0, 0.1, (x.shape[1], dim)), rng.normal(0, 0.1, (dim, x.shape[1]))
    speed_e, speed_d = np.zeros_like(e), np.zeros_like(d)
    for _ in range(3000):
        rest = e @ d - np.eye(len(e))
        step_e, step_d = 2 * covariance @ rest @ d.T, 2 * e.T @ covariance @ rest
        speed_e = 0.8 * speed_e - 0.05 * step_e
        speed_d = 0.8 * speed_d - 0.05 * step_d
        e, d = e + speed_e, d + speed_d
        if max(np.abs(step_e).max(), np.abs(step_d).max()) < 1e-7:
            break
    return mean, e, d


# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    cleaned = ops.convert_to_numpy(reconstruct(x + noise))
    return np.mean(np.sum((cleaned - ops.convert_to_numpy(x)) ** 2, axis=1))


# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    """The best linear denoiser, by its normal equations: nothing is trained."""
    mean = x.mean(axis=0)
    covariance = np.cov(x.T)
    gain = np.linalg.solve(covariance + noise_level**2 * np.eye(64), covariance)

    def denoise(noisy):
        return mean + (ops.convert_to_numpy(noisy) - mean) @ gain

    return denoise


# %% solution="generate"
def generate(decode, noise):
    logits = ops.convert_to_numpy(decode(noise))
    return 1 / (1 + np.exp(-logits))


# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    return ops.convert_to_numpy(uniform) < ops.convert_to_numpy(probabilities)


# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    a = ops.convert_to_numpy(encode(first[None])[0])[0]
    b = ops.convert_to_numpy(encode(second[None])[0])[0]
    codes = np.linspace(a, b, steps)
    logits = ops.convert_to_numpy(decode(ops.convert_to_tensor(codes, "float32")))
    return np.exp(-np.logaddexp(0, -logits))


# %% solution="attribute_direction"
def attribute_direction(codes, has):
    codes = ops.convert_to_numpy(codes)
    mask = ops.convert_to_numpy(has).astype(bool)
    return np.mean(codes[mask], 0) - np.mean(codes[~mask], 0)


# %% solution="active_latents"
def active_latents(means, threshold):
    return np.count_nonzero(np.var(ops.convert_to_numpy(means), axis=0) > threshold)


# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    z, codebook = ops.convert_to_numpy(z), ops.convert_to_numpy(codebook)
    distances = np.linalg.norm(z[..., None, :] - codebook, axis=-1)
    return distances.argmin(axis=-1)


# %% solution="perplexity"
def perplexity(numbers, codes):
    numbers = ops.convert_to_numpy(numbers)
    p = np.array([np.mean(numbers == code) for code in range(codes)])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.exp(-np.nansum(p * np.log(p)))
