"""Performer: attention whose cost grows with the number of tokens, not its square."""

import keras
import numpy as np
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layers.multi_head_attention import MultiHeadAttention, check_batches
from kerasdl.seeding import draw_seed

EPSILON = 1e-6  # of a feature, whose largest value is about 1


@keras.saving.register_keras_serializable("kerasdl")
class Performer(MultiHeadAttention):
    """Linear attention, `(batch, tokens, inputs)` to `(batch, tokens, dim)`.

    The kernel exp(<q, k> / sqrt(d)), d = dim / heads, is the mean of
    phi_i(q) phi_i(k) over random features phi, all positive:

        phi_i(x) = exp(<w_i, z> - ||z||^2 / 2), z = x / d^(1/4), w_i ~ N(0, I).

    So Q K^T need not be formed: phi(Q) (phi(K)^T V) costs tokens * features * dim
    instead of tokens^2 * dim. Within a block of d features the w_i are orthogonal,
    which lowers the variance; the error falls like 1 / sqrt(features).

    Parameters as `MultiHeadAttention`: dim (inputs + 2 key_inputs + dim + 4), and
    features * d fixed numbers w, drawn once and saved with the layer.

    Args:
        dim: size of the output tokens.
        heads: number of heads; it must divide dim.
        features: number of random features of each head.

    Raises:
        ValueError: as `MultiHeadAttention`, when features is below 1, or when causal is
            true. There is no `mask` and no `return_weights`: the weights are never
            formed.

    Source: Choromanski et al. 2021, https://arxiv.org/abs/2009.14794, lemma 1 and
        section 2.4; lecture, computational complexity.
    """

    def __init__(self, dim, heads, features=64, **kwargs):
        if kwargs.pop("causal", False):
            raise ValueError(
                "Performer is not causal: it forms no weights that could be masked. "
                "Received: causal=True. Use MultiHeadAttention, which can be causal."
            )
        super().__init__(dim, heads, **kwargs)
        check_whole("Performer", features=features)
        self.features = features

    def build(self, queries_shape, keys_shape=None):
        super().build(queries_shape, keys_shape)
        self.directions = self.add_weight(
            shape=(self.features, self.dim // self.heads),
            initializer=OrthogonalGaussian(),
            trainable=False,
            name="directions",
        )

    def call(self, queries, keys=None):
        keys = queries if keys is None else keys
        check_batches("Performer", queries, keys)
        q, k, v = self.query(queries), self.key(keys), self.value(keys)
        q, k, v = self.split(q), self.split(k), self.split(v)
        return self.projection(self.join(linear_attention(q, k, v, self.directions)))


def linear_attention(queries, keys, values, directions):
    """`attention(queries, keys, values)` with the kernel of random features.

    phi(Q) (phi(K)^T V) / (phi(Q) (phi(K)^T 1)), in float32. `directions` is
    `(features, dim)`; the shapes of the others are those of `attention`.
    """
    scale = queries.shape[-1] ** -0.25
    # A factor common to all features of a query, or to all keys, cancels.
    q = positive_features(queries * scale, directions, axis=-1)
    k = positive_features(keys * scale, directions, axis=(-2, -1))
    keys_first = ops.swapaxes(k, -1, -2)
    numerator = ops.matmul(q, ops.matmul(keys_first, ops.cast(values, q.dtype)))
    denominator = ops.matmul(q, ops.sum(keys_first, axis=-1, keepdims=True))
    return ops.cast(numerator / denominator, values.dtype)


def positive_features(x, directions, axis):
    """`(..., tokens, dim)` to `(..., tokens, features)`: exp(<w_i, x> - ||x||^2 / 2).

    Divided by the largest feature along `axis`, so that nothing overflows.
    """
    x, directions = ops.cast(x, "float32"), ops.cast(directions, "float32")
    half_square = ops.sum(ops.square(x), axis=-1, keepdims=True) / 2
    logs = ops.matmul(x, ops.transpose(directions)) - half_square
    largest = ops.stop_gradient(ops.max(logs, axis=axis, keepdims=True))
    return ops.exp(logs - largest) + EPSILON


@keras.saving.register_keras_serializable("kerasdl")
class OrthogonalGaussian(keras.initializers.Initializer):
    """A shape `(features, dim)` to rows of N(0, I), orthogonal in blocks of dim rows.

    Each row alone is a Gaussian vector: its direction is a row of a random rotation,
    its length that of another Gaussian vector. Equal on every backend.

    Args:
        seed: an integer gives the same rows at every call; None draws on from the
            library's generator, which `kerasdl.seed` sets.
    """

    def __init__(self, seed=None):
        self.seed = seed

    def __call__(self, shape, dtype=None):
        features, dim = shape
        random = np.random.default_rng(draw_seed() if self.seed is None else self.seed)
        blocks = -(-features // dim)
        directions = np.concatenate([_rotation(random, dim) for _ in range(blocks)])
        lengths = np.linalg.norm(random.normal(size=shape), axis=1, keepdims=True)
        rows = directions[:features] * lengths
        return ops.convert_to_tensor(rows.astype("float32"), dtype=dtype)

    def get_config(self):
        return {"seed": self.seed}


def _rotation(random, dim):
    """A rotation or reflection, all equally likely: Q and the signs of R of a QR."""
    q, r = np.linalg.qr(random.normal(size=(dim, dim)))
    return q * np.sign(np.diag(r))
