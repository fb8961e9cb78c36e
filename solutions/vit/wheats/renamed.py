# Other names of arguments, another order of the arithmetic, helpers between.

# %% solution="smoothing_weights"
def distances(a, b):
    a, b = ops.expand_dims(a, axis=-2), ops.expand_dims(b, axis=-3)
    return ops.sum((a - b) * (a - b), axis=-1)


def smoothing_weights(q, x, t):
    table = distances(x, q) * (t * t)  # a row per key, turned round at the end
    nearest = ops.min(table, axis=0)
    kernel = ops.exp(nearest - table)
    return ops.transpose(kernel / ops.sum(kernel, axis=0))


# %% solution="kernel_smoother"
def kernel_smoother(q, x, v, t):
    table = distances(q, x) * t**2
    kernel = ops.exp(ops.min(table, axis=1, keepdims=True) - table)
    return ops.matmul(kernel, v) / ops.sum(kernel, axis=1, keepdims=True)


# %% solution="attention_weights"
def attention_weights(q, k):
    width = q.shape[-1] ** 0.25
    scores = ops.matmul(q / width, ops.swapaxes(k / width, -1, -2))
    return ops.exp(scores - ops.logsumexp(scores, axis=-1, keepdims=True))


# %% solution="attention"
def attention(tokens, others, a, b, c):
    kernel = ops.matmul(a, ops.transpose(b)) / a.shape[-1] ** 0.5
    scores = ops.matmul(ops.matmul(tokens, kernel), ops.swapaxes(others, 1, 2))
    return ops.matmul(ops.matmul(ops.softmax(scores), others), c)


# %% solution="masks"
def causal_mask(n):
    past = np.zeros((n, n), dtype=bool)
    for row in range(n):
        past[row, : row + 1] = True
    return ops.convert_to_tensor(past)


def padding_mask(n, most):
    return ops.stack([ops.arange(most) < int(each) for each in n])


# %% solution="masked_softmax"
def masked_softmax(s, m):
    hidden = ops.logical_not(m)
    s = ops.where(hidden, ops.full_like(s, -1e9), s)
    weights = ops.softmax(s, axis=-1)
    return ops.where(hidden, ops.zeros_like(weights), weights)


# %% solution="multi_head_attention"
def multi_head_attention(tokens, matrices, number, function):
    a, b, c, d = matrices
    together = ops.matmul(tokens, ops.concatenate([a, b, c], axis=1))
    q, k, v = ops.split(together, 3, axis=-1)
    q, k, v = split_heads(q, number), split_heads(k, number), split_heads(v, number)
    result = function(q, k, v)
    return ops.matmul(merge_heads(result), d)


# %% solution="sinusoidal_positions"
def sinusoidal_positions(length, width):
    table = np.zeros((length, width))
    places = np.arange(length).reshape(-1, 1)
    speeds = 1 / np.power(10000, np.arange(0, width, 2) / width)
    table[:, 0::2], table[:, 1::2] = np.sin(places * speeds), np.cos(places * speeds)
    return tuple(map(tuple, table.tolist()))


# %% solution="permute_tokens"
def permute_tokens(tokens, places):
    turned = ops.swapaxes(tokens, 0, 1)
    return ops.swapaxes(ops.take(turned, places, axis=0), 0, 1)


# %% solution="equivariance_gap"
def equivariance_gap(function, tokens, places):
    inverse = ops.argsort(places)
    back = permute_tokens(function(permute_tokens(tokens, places)), inverse)
    return ops.sqrt(ops.amax(ops.square(back - function(tokens))))


# %% solution="cut_patches"
def cut_patches(pictures, side):
    strips = ops.split(pictures, pictures.shape[1] // side, axis=1)
    squares = [
        s for strip in strips for s in ops.split(strip, strip.shape[2] // side, 2)
    ]
    flat = [ops.reshape(square, (square.shape[0], 1, -1)) for square in squares]
    return ops.concatenate(flat, axis=1)


# %% solution="embed_patches"
def embed_patches(pictures, w, b, first, side):
    patches = cut_patches(pictures, side)
    places = ops.pad(ops.matmul(patches, w) + b, ((0, 0), (1, 0), (0, 0)))
    at_start = np.zeros((1, places.shape[1], 1), dtype="float32")
    at_start[0, 0] = 1.0
    return places + ops.convert_to_tensor(at_start) * first


# %% solution="layer_norm"
def layer_norm(tokens, scale, shift):
    mean = ops.mean(tokens, axis=-1, keepdims=True)
    spread = ops.sqrt(ops.var(tokens, axis=-1, keepdims=True) + 1e-5)
    return ops.divide(tokens - mean, spread) * scale + shift


# %% solution="encoder_block"
def encoder_block(tokens, before_one, one, before_two, two):
    normal = before_one(tokens)
    attended = one(normal)
    middle = attended + tokens
    return two(before_two(middle)) + middle
