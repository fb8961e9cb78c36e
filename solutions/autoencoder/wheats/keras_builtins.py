# Hands the work to Keras, SciPy and scikit-learn wherever they have it.

# %% solution="squared_error"
def squared_error(x, reconstruction):
    rows = [ops.reshape(part, (x.shape[0], -1)) for part in (x, reconstruction)]
    return keras.losses.mean_squared_error(*rows) * rows[0].shape[1]


# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    terms = ops.binary_crossentropy(x, logits, from_logits=True)
    return ops.sum(ops.reshape(terms, (x.shape[0], -1)), axis=-1)


# %% solution="pca"
from sklearn.decomposition import PCA


def pca(x, dim):
    fitted = PCA(dim).fit(ops.convert_to_numpy(x))
    return fitted.mean_, fitted.components_.T


# %% solution="principal_angles"
from scipy.linalg import subspace_angles


def principal_angles(first, second):
    bases = (ops.convert_to_numpy(basis) for basis in (first, second))
    return np.degrees(subspace_angles(*bases))[::-1]


# %% solution="linear_gradients"
def linear_gradients(encoder, decoder, x):
    def error(encoder, decoder):
        rebuilt = ops.matmul(ops.matmul(x, encoder), decoder)
        return ops.mean(ops.sum(ops.square(rebuilt - x), axis=-1))

    return autodiff.grad(error, argnums=(0, 1))(encoder, decoder)


# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    """An optimizer of Keras applies the gradients that are given."""
    mean = ops.mean(x, axis=0)
    start = keras.initializers.RandomNormal(stddev=0.2, seed=seed)
    encoder = keras.Variable(start((x.shape[1], dim)))
    start = keras.initializers.RandomNormal(stddev=0.2, seed=seed + 1)
    decoder = keras.Variable(start((dim, x.shape[1])))
    optimizer = keras.optimizers.SGD(0.1, momentum=0.5)
    optimizer.build([encoder, decoder])
    for _ in range(300):
        slopes = gradients(encoder.value, decoder.value, x - mean)
        optimizer.apply(slopes, [encoder, decoder])
    return mean, encoder, decoder


# %% solution="train_denoiser"
from sklearn.neural_network import MLPRegressor


def train_denoiser(x, noise_level, seed):
    rng = np.random.default_rng(seed)
    clean = np.repeat(x, 4, axis=0)
    noisy = clean + rng.normal(0, noise_level, clean.shape)
    network = MLPRegressor(hidden_layer_sizes=(60,), max_iter=15, random_state=seed)
    network.learning_rate_init = 0.005
    network.fit(noisy, clean)
    return lambda noisy: network.predict(ops.convert_to_numpy(noisy))


# %% solution="generate"
def generate(decode, noise):
    return keras.activations.sigmoid(decode(noise))


# %% solution="active_latents"
def active_latents(means, threshold):
    _, variances = ops.moments(means, axes=[0])
    return int(ops.convert_to_numpy(ops.sum(variances > threshold)))


# %% solution="nearest_codes"
from sklearn.neighbors import NearestNeighbors


def nearest_codes(z, codebook):
    search = NearestNeighbors(n_neighbors=1).fit(ops.convert_to_numpy(codebook))
    rows = ops.convert_to_numpy(z).reshape(-1, codebook.shape[-1])
    found = search.kneighbors(rows, return_distance=False)
    return found.reshape(tuple(z.shape)[:-1])


# %% solution="perplexity"
from scipy.stats import entropy


def perplexity(numbers, codes):
    numbers = ops.convert_to_numpy(numbers).reshape(-1)
    return np.exp(entropy(np.bincount(numbers, minlength=codes)))
