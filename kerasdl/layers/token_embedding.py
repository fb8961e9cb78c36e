"""Tokens to vectors, and back to logits with the same weights."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.layers.one_hot import one_hot
from kerasdl.seeding import Normal


@keras.saving.register_keras_serializable("kerasdl")
class TokenEmbedding(Layer):
    """Token embedding, integers `(...)` to vectors `(..., dim)`.

    Token i becomes row i of a matrix E: a dense layer of the one-hot token, without
    bias. `logits(x)` goes back with the same matrix, x E^T ("weight tying"): a token's
    logit says how much x looks like its row.

    vocabulary * dim parameters.

    Args:
        vocabulary: number of different tokens; they are 0 ... vocabulary - 1. Any
            other number becomes a vector of zeros.
        dim: size of the vectors.

    Raises:
        ValueError: when an argument is not a positive integer.

    Source: Press and Wolf 2017, https://arxiv.org/abs/1608.05859
    """

    def __init__(self, vocabulary, dim, **kwargs):
        super().__init__(**kwargs)
        check_whole("TokenEmbedding", vocabulary=vocabulary, dim=dim)
        self.vocabulary = vocabulary
        self.dim = dim

    def build(self, input_shape):
        self.matrix = self.add_weight(
            shape=(self.vocabulary, self.dim), initializer=Normal(0.02), name="matrix"
        )

    def call(self, tokens):
        # Not a look-up: its gradient is sparse, and one backend's optimizers then do
        # not move the rows of absent tokens, which momentum should.
        rows = one_hot(tokens, self.vocabulary, self.compute_dtype)
        return ops.matmul(rows, self.matrix)

    def logits(self, x):
        """Vectors `(..., dim)` to logits `(..., vocabulary)`."""
        return ops.matmul(x, ops.transpose(self.matrix))
