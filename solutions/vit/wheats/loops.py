# Loops over tokens and features, and lists as results.

# %% solution="smoothing_weights"
import math


def smoothing_weights(queries, keys, theta):
    queries = ops.convert_to_numpy(queries).tolist()
    keys = ops.convert_to_numpy(keys).tolist()
    table = []
    for query in queries:
        exponents = []
        for key in keys:
            squared = 0.0
            for a, b in zip(query, key, strict=True):
                squared += (a - b) * (a - b)
            exponents.append(-theta * theta * squared)
        top = max(exponents)
        row = [math.exp(exponent - top) for exponent in exponents]
        table.append([value / sum(row) for value in row])
    return table


# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    values = ops.convert_to_numpy(values).tolist()
    result = []
    for row in smoothing_weights(queries, keys, theta):
        mean = [0.0] * len(values[0])
        for weight, value in zip(row, values, strict=True):
            for feature, number in enumerate(value):
                mean[feature] += weight * number
        result.append(mean)
    return result


# %% solution="attention_weights"
def attention_weights(queries, keys):
    queries, keys = ops.convert_to_numpy(queries), ops.convert_to_numpy(keys)
    if queries.ndim > 2:
        pairs = zip(queries, keys, strict=True)
        return np.array([attention_weights(q, k) for q, k in pairs])
    table = np.zeros((len(queries), len(keys)))
    for i, query in enumerate(queries):
        for j, key in enumerate(keys):
            table[i, j] = np.dot(query, key) / math.sqrt(len(key))
        table[i] = np.exp(table[i] - table[i].max())
        table[i] /= table[i].sum()
    return table


# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    x, context, w_q, w_k, w_v = map(ops.convert_to_numpy, (x, context, w_q, w_k, w_v))
    result = []
    for example, asked in zip(x, context, strict=True):
        keys = [token @ w_k for token in asked]
        values = [token @ w_v for token in asked]
        weights = attention_weights(
            np.array([t @ w_q for t in example]), np.array(keys)
        )
        result.append(
            [sum(w * v for w, v in zip(r, values, strict=True)) for r in weights]
        )
    return result


# %% solution="masks"
def causal_mask(tokens):
    return [[other <= token for other in range(tokens)] for token in range(tokens)]


def padding_mask(lengths, tokens):
    lengths = [int(length) for length in lengths]
    return [[place < length for place in range(tokens)] for length in lengths]


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    scores = np.array(ops.convert_to_numpy(scores), dtype="float64")
    mask = np.broadcast_to(ops.convert_to_numpy(mask), scores.shape)
    result = np.zeros(scores.shape)
    for place in np.ndindex(scores.shape[:-1]):
        allowed = np.flatnonzero(mask[place])
        if len(allowed) == 0:
            continue
        row = scores[place][allowed]
        row = np.exp(row - row.max())
        result[place][allowed] = row / row.sum()
    return result


# %% solution="split_heads"
def split_heads(x, heads):
    x = ops.convert_to_numpy(x)
    batch, tokens, dim = x.shape
    size = dim // heads
    result = np.zeros((batch, heads, tokens, size), dtype="float32")
    for head in range(heads):
        for feature in range(size):
            result[:, head, :, feature] = x[:, :, head * size + feature]
    return result


def merge_heads(x):
    x = ops.convert_to_numpy(x)
    batch, heads, tokens, size = x.shape
    result = np.zeros((batch, tokens, heads * size), dtype="float32")
    for head in range(heads):
        for feature in range(size):
            result[:, :, head * size + feature] = x[:, head, :, feature]
    return result


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_k, w_v, w_o = weights
    size = x.shape[-1] // heads
    results = []
    for head in range(heads):
        own = slice(head * size, (head + 1) * size)
        q, k, v = (ops.matmul(x, w[:, own]) for w in (w_q, w_k, w_v))
        results.append(attend(q, k, v))
    return ops.matmul(ops.concatenate(results, axis=-1), w_o)


# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    table = []
    for t in range(tokens):
        row = []
        for i in range(dim // 2):
            angle = t / 10000 ** (2 * i / dim)
            row += [math.sin(angle), math.cos(angle)]
        table.append(row)
    return table


# %% solution="permute_tokens"
def permute_tokens(x, order):
    return ops.stack([x[:, int(place)] for place in order], axis=1)


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    before, after = layer(permute_tokens(x, order)), layer(x)
    largest = 0.0
    for t, place in enumerate(order):
        difference = ops.abs(before[:, t] - after[:, int(place)])
        largest = max(largest, float(ops.max(difference)))
    return largest


# %% solution="cut_patches"
def cut_patches(images, patch):
    _, height, width, _ = images.shape
    tokens = []
    for top in range(0, height, patch):
        for left in range(0, width, patch):
            square = images[:, top : top + patch, left : left + patch, :]
            tokens.append(ops.reshape(square, (square.shape[0], -1)))
    return ops.stack(tokens, axis=1)


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    patches = cut_patches(images, patch)
    result = []
    for image in range(patches.shape[0]):
        rows = [ops.reshape(class_token, (1, -1))]
        for place in range(patches.shape[1]):
            one = patches[image, place : place + 1]
            rows.append(ops.matmul(one, kernel) + bias)
        result.append(ops.concatenate(rows, axis=0))
    return ops.stack(result)


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    x = np.array(ops.convert_to_numpy(x), dtype="float64")
    gamma, beta = ops.convert_to_numpy(gamma), ops.convert_to_numpy(beta)
    for token in x.reshape(-1, x.shape[-1]):
        mean = sum(token) / len(token)
        variance = sum((feature - mean) ** 2 for feature in token) / len(token)
        token[:] = gamma * (token - mean) / math.sqrt(variance + 1e-5) + beta
    return x
