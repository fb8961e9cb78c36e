"""Scaled dot-product attention, and the mask of what may be attended."""

import keras
from keras import ops


def attention(queries, keys, values, mask=None):
    """Queries `(..., queries, dim)` to outputs `(..., queries, value_dim)`.

    softmax(Q K^T / sqrt(dim)) V: each output is a mean of the values, weighted by how
    well the query matches each key. No parameters.

    Args:
        queries: `(..., queries, dim)`.
        keys: `(..., keys, dim)`: of the same tokens in self-attention, of others in
            cross-attention.
        values: `(..., keys, value_dim)`.
        mask: booleans that broadcast to `(..., queries, keys)`; True: may attend. A
            query that may attend to nothing has an output of zeros.

    Raises:
        ValueError: when queries and keys differ in dim, or the mask is not boolean.

    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.2.1;
        lecture, attention. The lecture's d is here the dim of the queries and keys
        that meet: in a layer of several heads, that of one head.
    """
    weights = attention_weights(queries, keys, mask)
    return ops.matmul(weights, values)


def attention_weights(queries, keys, mask=None):
    """Queries and keys to weights `(..., queries, keys)`, whose rows sum to 1.

    softmax over the keys of Q K^T / sqrt(dim). Arguments as in `attention`; the row of
    a query that may attend to nothing is 0.
    """
    dim = queries.shape[-1]
    if keys.shape[-1] != dim:
        raise ValueError(
            "Attention needs queries and keys (..., tokens, dim) of the same dim. "
            f"Received: queries of shape {tuple(queries.shape)}, keys of shape "
            f"{tuple(keys.shape)}. Project both to one dim first."
        )
    scores = ops.matmul(queries * dim**-0.5, ops.swapaxes(keys, -1, -2))
    return masked_softmax(scores, mask)


def masked_softmax(scores, mask=None):
    """Scores `(..., queries, keys)` to their softmax over the keys that may be seen.

    Computed in float32 and returned in the type of the scores: sums of many small
    bfloat16 numbers lose digits.
    """
    scores = ops.convert_to_tensor(scores)
    wide = ops.cast(scores, keras.backend.result_type(scores.dtype, "float32"))
    if mask is None:
        return ops.cast(ops.softmax(wide, axis=-1), scores.dtype)
    mask = boolean_mask(mask)
    weights = ops.softmax(ops.where(mask, wide, -1e30), axis=-1)
    # In a row without True all scores are equal: the softmax would be uniform, not 0.
    return ops.cast(ops.where(mask, weights, 0.0), scores.dtype)


def boolean_mask(mask):
    """The mask as a tensor; an error if it is not boolean."""
    mask = ops.convert_to_tensor(mask)
    dtype = keras.backend.standardize_dtype(mask.dtype)
    if dtype == "bool":
        return mask
    raise ValueError(
        "A mask is boolean, True where a query may attend to a key. "
        f"Received: a mask of {dtype}. Compare it: mask > 0."
    )


def causal_mask(tokens, keys=None):
    """Booleans `(tokens, keys)`, by default `(tokens, tokens)`: the lower triangle.

    Token i may attend to token j if j <= i: to itself and what came before, not after.
    """
    queries = ops.expand_dims(ops.arange(tokens), 1)
    return queries >= ops.arange(tokens if keys is None else keys)
