# Double precision inside, and what comes out stays so.

# %% solution="smoothing_weights"
def double(x):
    return np.asarray(ops.convert_to_numpy(x), dtype="float64")


def smoothing_weights(queries, keys, theta):
    differences = double(queries)[:, None] - double(keys)
    exponents = -((theta * np.linalg.norm(differences, axis=2)) ** 2)
    logarithms = exponents - np.logaddexp.reduce(exponents, axis=1, keepdims=True)
    return np.exp(logarithms)


# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    values = np.asarray(ops.convert_to_numpy(values), dtype="float64")
    return np.dot(smoothing_weights(queries, keys, theta), values)


# %% solution="attention_weights"
def attention_weights(queries, keys):
    queries = np.asarray(ops.convert_to_numpy(queries), dtype="float64")
    keys = np.asarray(ops.convert_to_numpy(keys), dtype="float64")
    scores = np.matmul(queries, keys.swapaxes(-1, -2)) * keys.shape[-1] ** -0.5
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))


# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    x, context, w_q, w_k, w_v = (
        np.asarray(ops.convert_to_numpy(part), dtype="float64")
        for part in (x, context, w_q, w_k, w_v)
    )
    return attention_weights(x @ w_q, context @ w_k) @ context @ w_v


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    scores = np.asarray(ops.convert_to_numpy(scores), dtype="float64")
    scores = np.where(ops.convert_to_numpy(mask), scores, -np.inf)
    highest = scores.max(axis=-1, keepdims=True)
    kernel = np.exp(scores - np.where(np.isfinite(highest), highest, 0.0))
    return kernel / np.maximum(kernel.sum(axis=-1, keepdims=True), 1e-300)


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    x, w_q, w_k, w_v, w_o = (
        np.asarray(ops.convert_to_numpy(part), dtype="float64")
        for part in (x, *weights)
    )
    q, k, v = (np.split(x @ w, heads, axis=2) for w in (w_q, w_k, w_v))
    results = [attend(*parts) for parts in zip(q, k, v, strict=True)]
    return np.concatenate(results, axis=2) @ w_o


# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    i = np.arange(dim) // 2
    angles = np.outer(np.arange(tokens), np.exp(-2 * i / dim * np.log(10000.0)))
    return np.where(np.arange(dim) % 2, np.cos(angles), np.sin(angles))


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    x = np.asarray(ops.convert_to_numpy(x), dtype="float64")
    order = ops.convert_to_numpy(order)
    return np.abs(layer(x)[:, order] - layer(x[:, order])).max()


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    kernel, bias, token, patches = (
        np.asarray(ops.convert_to_numpy(part), dtype="float64")
        for part in (kernel, bias, class_token, cut_patches(images, patch))
    )
    tokens = np.empty((len(patches), patches.shape[1] + 1, len(token)))
    tokens[:, 0] = token
    tokens[:, 1:] = patches @ kernel + bias
    return tokens


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    x, gamma, beta = (
        np.asarray(ops.convert_to_numpy(part), dtype="float64")
        for part in (x, gamma, beta)
    )
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.mean(x * x, axis=-1, keepdims=True) - mean**2
    return gamma * (x - mean) / np.sqrt(np.maximum(variance, 0) + 1e-5) + beta


# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    x, w_1, b_1, w_2, b_2 = (
        np.asarray(ops.convert_to_numpy(part), dtype="float64")
        for part in (x, w_1, b_1, w_2, b_2)
    )
    s = x @ w_1 + b_1
    s = 0.5 * s * (1 + np.tanh(np.sqrt(2 / np.pi) * (s + 0.044715 * s**3)))
    return s @ w_2 + b_2
