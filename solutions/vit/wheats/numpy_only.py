# NumPy wherever no gradient is needed.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    queries, keys = ops.convert_to_numpy(queries), ops.convert_to_numpy(keys)
    exponents = -(theta**2) * ((queries[:, None] - keys[None]) ** 2).sum(-1)
    kernel = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    return kernel / kernel.sum(axis=1, keepdims=True)


# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    return smoothing_weights(queries, keys, theta) @ ops.convert_to_numpy(values)


# %% solution="attention_weights"
def attention_weights(queries, keys):
    queries, keys = ops.convert_to_numpy(queries), ops.convert_to_numpy(keys)
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(keys.shape[-1])
    exponentials = np.exp(scores - scores.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    x, context, w_q, w_k, w_v = (
        ops.convert_to_numpy(part) for part in (x, context, w_q, w_k, w_v)
    )
    return attention_weights(x @ w_q, context @ w_k) @ (context @ w_v)


# %% solution="masks"
def causal_mask(tokens):
    return np.tril(np.ones((tokens, tokens), dtype=bool))


def padding_mask(lengths, tokens):
    return np.arange(tokens)[None] < ops.convert_to_numpy(lengths)[:, None]


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    scores, mask = ops.convert_to_numpy(scores), ops.convert_to_numpy(mask)
    mask = np.broadcast_to(mask, scores.shape)
    top = np.max(scores, axis=-1, keepdims=True, initial=-1e30, where=mask)
    kernel = np.where(mask, np.exp(np.where(mask, scores - top, 0.0)), 0.0)
    total = kernel.sum(axis=-1, keepdims=True)
    return np.divide(kernel, total, out=np.zeros_like(kernel), where=total > 0)


# %% solution="split_heads"
def split_heads(x, heads):
    return np.stack(np.split(ops.convert_to_numpy(x), heads, axis=-1), axis=1)


def merge_heads(x):
    return np.concatenate(list(np.moveaxis(ops.convert_to_numpy(x), 1, 0)), axis=-1)


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    x, *weights = (ops.convert_to_numpy(part) for part in (x, *weights))
    q, k, v = (split_heads(x @ w, heads) for w in weights[:3])
    return merge_heads(attend(q, k, v)) @ weights[3]


# %% solution="permute_tokens"
def permute_tokens(x, order):
    return ops.convert_to_numpy(x)[:, ops.convert_to_numpy(order)]


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    x, order = ops.convert_to_numpy(x), ops.convert_to_numpy(order)
    return float(np.max(np.abs(layer(x[:, order]) - layer(x)[:, order])))


# %% solution="cut_patches"
def cut_patches(images, patch):
    images = ops.convert_to_numpy(images)
    batch, height, width, channels = images.shape
    cut = images.reshape(batch, height // patch, patch, width // patch, patch, channels)
    return cut.swapaxes(2, 3).reshape(batch, -1, patch * patch * channels)


# %% solution="embed_patches"
def embed_patches(images, kernel, bias, class_token, patch):
    kernel, bias, class_token = (
        ops.convert_to_numpy(part) for part in (kernel, bias, class_token)
    )
    tokens = cut_patches(images, patch) @ kernel + bias
    first = np.tile(class_token, (len(tokens), 1, 1))
    return np.concatenate([first, tokens], axis=1)


# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    x, gamma, beta = (ops.convert_to_numpy(part) for part in (x, gamma, beta))
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta


# %% solution="feed_forward"
import math


def feed_forward(x, w_1, b_1, w_2, b_2):
    x, w_1, b_1, w_2, b_2 = map(ops.convert_to_numpy, (x, w_1, b_1, w_2, b_2))
    hidden = x @ w_1 + b_1
    hidden = hidden * (1 + np.vectorize(math.erf)(hidden / 2**0.5)) / 2
    return hidden @ w_2 + b_2


# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = ops.convert_to_numpy(x)
    u = x + attend(norm_1(x))
    return u + feed(norm_2(u))
