# Small classes, closures and functools in place of bare formulas.

# %% solution="smoothing_weights"
import functools


class Kernel:
    def __init__(self, theta):
        self.theta = theta

    def logarithm(self, a, b):
        return -ops.square(self.theta) * ops.sum(ops.square(a - b), axis=-1)

    def weights(self, queries, keys):
        rows = [self.logarithm(query, keys) for query in queries]
        return ops.stack([ops.softmax(row) for row in rows])


def smoothing_weights(queries, keys, theta):
    return Kernel(theta).weights(queries, keys)


# %% solution="attention_weights"
class Scores:
    def __init__(self, queries, keys):
        self.root = keys.shape[-1] ** 0.5
        self.table = queries @ ops.swapaxes(keys, -2, -1) / self.root

    def normalised(self):
        shifted = self.table - ops.max(self.table, axis=-1, keepdims=True)
        exponentials = ops.exp(shifted)
        return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)


def attention_weights(queries, keys):
    return Scores(queries, keys).normalised()


# %% solution="attention"
class Attention:
    def __init__(self, *matrices):
        self.asks, self.answers, self.tells = (
            functools.partial(lambda w, tokens: ops.dot(tokens, w), w) for w in matrices
        )

    def __call__(self, x, context):
        weights = Scores(self.asks(x), self.answers(context)).normalised()
        return weights @ self.tells(context)


def attention(x, context, w_q, w_k, w_v):
    return Attention(w_q, w_k, w_v)(x, context)


# %% solution="masks"
class Mask:
    def __init__(self, rule):
        self.rule = rule

    def table(self, rows, columns):
        one, other = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
        return self.rule(one, other)


def causal_mask(tokens):
    return Mask(lambda query, key: ~(key > query)).table(tokens, tokens)


def padding_mask(lengths, tokens):
    lengths = ops.convert_to_numpy(lengths)
    rule = Mask(lambda example, place: lengths[example] > place)
    return rule.table(len(lengths), tokens)


# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    allowed = ops.cast(ops.broadcast_to(mask, scores.shape), scores.dtype)
    lowest = ops.min(scores, axis=-1, keepdims=True)
    top = ops.max(lowest + (scores - lowest) * allowed, axis=-1, keepdims=True)
    kernel = ops.exp(ops.minimum(scores - top, 0.0)) * allowed
    return kernel / (ops.sum(kernel, axis=-1, keepdims=True) + 1e-30)


# %% solution="split_heads"
class Heads:
    def __init__(self, number):
        self.number = number

    def apart(self, x):
        batch, tokens, dim = x.shape
        shape = (batch, tokens, self.number, dim // self.number)
        return ops.swapaxes(ops.reshape(x, shape), 1, 2)

    def together(self, x):
        batch, _, tokens, _ = x.shape
        return ops.reshape(ops.swapaxes(x, 1, 2), (batch, tokens, -1))


def split_heads(x, heads):
    return Heads(heads).apart(x)


def merge_heads(x):
    return Heads(x.shape[1]).together(x)


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    layout, (*inner, outer) = Heads(heads), weights
    parts = map(layout.apart, (x @ w for w in inner))
    return layout.together(attend(*parts)) @ outer


# %% solution="sinusoidal_positions"
class Hand:
    def __init__(self, number, hands):
        self.speed = 10000.0 ** (-number / hands)

    def at(self, places):
        return ops.sin(self.speed * places), ops.cos(self.speed * places)


def sinusoidal_positions(tokens, dim):
    places = ops.cast(ops.arange(tokens), "float32")
    hands = [Hand(number, dim // 2).at(places) for number in range(dim // 2)]
    return ops.stack([column for hand in hands for column in hand], axis=1)


# %% solution="learned_positions"
class LearnedPositions(keras.layers.Layer):
    def __init__(self, **options):
        super().__init__(**options)
        self.start = keras.initializers.get("zeros")

    def build(self, shape):
        self.p = self.add_weight(shape=(1, shape[1], shape[2]), initializer=self.start)
        super().build(shape)

    def call(self, tokens, training=None):
        return ops.add(tokens, ops.broadcast_to(self.p, ops.shape(tokens)))


# %% solution="permute_tokens"
def permute_tokens(x, order):
    rows = ops.one_hot(order, x.shape[1])
    return ops.matmul(rows, x)


# %% solution="equivariance_gap"
def equivariance_gap(layer, x, order):
    change = functools.partial(permute_tokens, order=order)
    gap = layer(change(x)) - change(layer(x))
    return max(float(ops.max(gap)), -float(ops.min(gap)))


# %% solution="encoder_block"
class Shortcut:
    def __init__(self, norm, part):
        self.norm, self.part = norm, part

    def __call__(self, x):
        return self.part(self.norm(x)) + x


def encoder_block(x, norm_1, attend, norm_2, feed):
    halves = Shortcut(norm_1, attend), Shortcut(norm_2, feed)
    return functools.reduce(lambda x, half: half(x), halves, x)
