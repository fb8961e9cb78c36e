"""Multi-head attention."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.layers.dense import Dense
from kerasdl.layers.scaled_dot_product import attention_weights, causal_mask


@keras.saving.register_keras_serializable("kerasdl")
class MultiHeadAttention(Layer):
    """Multi-head attention, `(batch, tokens, inputs)` to `(batch, tokens, dim)`.

    Q = x W_q, K = y W_k and V = y W_v (each with a bias) are cut along dim into heads;
    each head is softmax(Q K^T / sqrt(dim / heads)) V, and the heads, side by side, go
    through W_o (with a bias). `layer(x)` is self-attention, y = x; `layer(x, y)` with
    y of shape `(batch, keys, key_inputs)` is cross-attention.

    Number of parameters: dim (inputs + 2 key_inputs + dim + 4), so 4 dim (dim + 1) in
    self-attention with inputs = dim. The number of heads plays no part.

    `layer(queries, keys=None, mask=None, return_weights=False)`:
        mask: booleans `(queries, keys)`, `(batch, queries, keys)` or
            `(batch, heads, queries, keys)`; True: may attend.
        return_weights: return `(outputs, weights)`, the weights of shape
            `(batch, heads, queries, keys)`; their rows sum to 1.

    Args:
        dim: size of the output tokens.
        heads: number of heads; it must divide dim.
        causal: token i attends to tokens j <= i only, of those the mask allows.

    Raises:
        ValueError: when dim or heads is not a positive integer, heads does not divide
            dim, an input is not of shape `(batch, tokens, inputs)`, queries and keys
            are not of one batch, or a mask is not boolean or of another shape.

    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.2.2;
        lecture, multi-headed attention.
    """

    def __init__(self, dim, heads, causal=False, **kwargs):
        super().__init__(**kwargs)
        _check_heads(type(self).__name__, dim, heads)
        self.dim = dim
        self.heads = heads
        self.causal = causal
        policy = self.dtype_policy
        self.query = Dense(dim, name="query", dtype=policy)
        self.key = Dense(dim, name="key", dtype=policy)
        self.value = Dense(dim, name="value", dtype=policy)
        self.projection = Dense(dim, name="projection", dtype=policy)

    def build(self, queries_shape, keys_shape=None):
        keys_shape = queries_shape if keys_shape is None else keys_shape
        for shape in (queries_shape, keys_shape):
            check_tokens(type(self).__name__, shape)
        self.query.build(queries_shape)
        self.key.build(keys_shape)
        self.value.build(keys_shape)
        self.projection.build((*queries_shape[:-1], self.dim))

    def call(self, queries, keys=None, mask=None, return_weights=False):
        keys = queries if keys is None else keys
        check_batches(type(self).__name__, queries, keys)
        q, k, v = self.query(queries), self.key(keys), self.value(keys)
        q, k, v = self.split(q), self.split(k), self.split(v)
        weights = attention_weights(q, k, self.allowed(q, k, mask))
        outputs = self.projection(self.join(ops.matmul(weights, v)))
        return (outputs, weights) if return_weights else outputs

    def split(self, x):
        """`(batch, tokens, dim)` to `(batch, heads, tokens, dim / heads)`."""
        tokens = ops.shape(x)[1]
        x = ops.reshape(x, (-1, tokens, self.heads, self.dim // self.heads))
        return ops.transpose(x, (0, 2, 1, 3))

    def join(self, x):
        """`(batch, heads, tokens, dim / heads)` to `(batch, tokens, dim)`."""
        tokens = ops.shape(x)[2]
        return ops.reshape(ops.transpose(x, (0, 2, 1, 3)), (-1, tokens, self.dim))

    def allowed(self, q, k, mask):
        """The mask that broadcasts to `(batch, heads, queries, keys)`, or None."""
        if mask is not None:
            mask = _mask_of_heads(mask, (*q.shape[:3], k.shape[2]))
        if not self.causal:
            return mask
        causal = causal_mask(ops.shape(q)[2], ops.shape(k)[2])
        return causal if mask is None else ops.logical_and(mask, causal)


def check_tokens(name, shape):
    """An error that names the layer, unless `shape` is `(batch, tokens, dim)`."""
    if len(shape) != 3 or shape[-1] is None:
        raise ValueError(
            f"{name} needs inputs of shape (batch, tokens, dim) with a known dim. "
            f"Received: shape {tuple(shape)}. "
            "Add the missing axis, or flatten the rows and columns of an image."
        )


def check_batches(name, queries, keys):
    """An error that names the layer, unless both have the same number of examples."""
    sizes = queries.shape[0], keys.shape[0]
    if None not in sizes and sizes[0] != sizes[1]:
        raise ValueError(
            f"{name} needs queries and keys of the same batch. Received: shapes "
            f"{tuple(queries.shape)} and {tuple(keys.shape)}. "
            "Repeat the smaller along the batch axis."
        )


def _check_heads(name, dim, heads):
    check_whole(name, dim=dim, heads=heads)
    if dim % heads:
        raise ValueError(
            f"{name} needs a number of heads that divides dim. "
            f"Received: dim={dim!r}, heads={heads!r}. "
            "Take a divisor of dim, such as heads=4 for dim=64."
        )


def _mask_of_heads(mask, expected):
    """The mask with an axis of heads; `expected` is (batch, heads, queries, keys)."""
    mask = ops.convert_to_tensor(mask)
    rank = len(mask.shape)
    of_heads = ops.expand_dims(mask, 1) if rank == 3 else mask
    pairs = zip(reversed(of_heads.shape), reversed(expected), strict=False)
    fits = all(n in (None, 1, size) or size is None for n, size in pairs)
    if rank not in (2, 3, 4) or not fits:
        raise ValueError(
            "A mask has shape (queries, keys), (batch, queries, keys) or (batch, "
            f"heads, queries, keys), here {tuple(expected)}. "
            f"Received: shape {tuple(mask.shape)}."
        )
    return of_heads
