"""Vector quantisation: a codebook that learns by moving averages."""

import keras
from keras import ops

from kerasdl import random
from kerasdl.layer import Layer
from kerasdl.seeding import Normal


@keras.saving.register_keras_serializable("kerasdl")
class VectorQuantizer(Layer):
    """Nearest codes, `(batch, ..., dim)` to the same shape.

    Each vector x becomes the code e_k at the smallest distance |x - e_k|. Rounding has
    no useful gradient, so the gradient of the output passes to x unchanged (straight
    through), and the distance returned beside it pulls x towards its code.

    The codes are no trainable weights: each is the moving average of the vectors that
    chose it, the minimum of the codebook loss |sg(x) - e_k|^2. With n_k such vectors
    in a training batch and decay g,
        N_k <- g N_k + (1 - g) n_k
        N_k e_k <- g N_k e_k + (1 - g) sum of these vectors.
    A code that hardly any vector chooses would stay where it is for good; most codes
    end so in small examples. Here a code whose N_k falls below `dead` times the even
    share n / codes starts again at a vector of the batch, drawn at random, with the
    even share. N starts at 0, so the first batch places all codes, unless dead is 0.

    codes (dim + 1) parameters, none of them trainable.

    Args:
        codes: number of codes, at least 1.
        decay: g above, from 0 to below 1; 0.9 suits a training of few hundred steps.
        dead: smallest share, in even shares, that keeps a code; 0 never restarts one.

    Returns:
        The codes chosen, `(batch, ..., dim)`; their numbers, int32 `(batch, ...)`; and
        the squared distances |x - sg(e_k)|^2, float32 `(batch, ...)`: the commitment
        loss, before its weight.

    Raises:
        ValueError: for arguments out of range, or inputs without a known last axis.

    Source: van den Oord et al. 2017, section 3 and appendix A.1,
    https://arxiv.org/abs/1711.00937; restarts: Dhariwal et al. 2020, section 3.1,
    https://arxiv.org/abs/2005.00341
    """

    def __init__(self, codes, decay=0.99, dead=0.03, **kwargs):
        super().__init__(**kwargs)
        if codes < 1 or not 0 <= decay < 1 or not 0 <= dead < 1:
            raise ValueError(
                "VectorQuantizer needs codes >= 1, 0 <= decay < 1 and 0 <= dead < 1. "
                f"Received: codes={codes}, decay={decay}, dead={dead}. "
                "Write VectorQuantizer(32), for example."
            )
        self.codes, self.decay, self.dead = codes, decay, dead
        self.seeds = random.generator()

    def build(self, input_shape):
        if len(input_shape) < 2 or input_shape[-1] is None:
            raise ValueError(
                "VectorQuantizer needs inputs of shape (batch, ..., dim), dim known. "
                f"Received: input_shape={tuple(input_shape)}. Add the batch axis."
            )
        # Averages of many steps are too fine for half precision.
        fixed = {"trainable": False, "autocast": False, "dtype": "float32"}
        shape = (self.codes, input_shape[-1])
        self.codebook = self.add_weight(shape, Normal(1.0), name="codebook", **fixed)
        self.counts = self.add_weight((self.codes,), "zeros", name="counts", **fixed)
        self.input_spec = keras.InputSpec(min_ndim=2, axes={-1: input_shape[-1]})

    def call(self, x, training=False):
        x = ops.cast(x, self.compute_dtype)
        shape = ops.shape(x)
        vectors = ops.reshape(ops.cast(x, "float32"), (-1, shape[-1]))
        numbers = self.nearest(vectors)
        chosen = self.lookup(numbers)
        distances = ops.sum(ops.square(vectors - chosen), axis=-1)
        if training:
            self._learn(ops.stop_gradient(vectors), numbers)
        chosen = ops.cast(ops.reshape(chosen, shape), x.dtype)
        numbers, distances = (ops.reshape(v, shape[:-1]) for v in (numbers, distances))
        return x + ops.stop_gradient(chosen - x), numbers, distances

    def nearest(self, vectors):
        """Vectors `(n, dim)` to the numbers of their codes, int32 `(n,)`."""
        codebook = ops.convert_to_tensor(self.codebook)
        products = ops.matmul(ops.stop_gradient(vectors), ops.transpose(codebook))
        # |x|^2 is left out of |x - e|^2: it is the same for all codes.
        squares = ops.sum(ops.square(codebook), axis=-1)
        return ops.cast(ops.argmin(squares - 2 * products, axis=-1), "int32")

    def lookup(self, numbers):
        """Numbers `(...)` to their codes `(..., dim)`."""
        return ops.take(self.codebook, numbers, axis=0)

    def _learn(self, vectors, numbers):
        """Move the codes to the mean of their vectors; restart the dead ones."""
        choice = ops.one_hot(numbers, self.codes, dtype="float32")  # (n, codes)
        counts = self._moved(self.counts, ops.sum(choice, axis=0))
        before = ops.expand_dims(self.counts, -1) * self.codebook
        sums = self._moved(before, ops.matmul(ops.transpose(choice), vectors))
        means = sums / ops.expand_dims(ops.maximum(counts, 1e-20), -1)
        # A code that no vector has chosen, or none for very long, stays.
        chosen = ops.expand_dims(counts > 1e-20, -1)
        means = ops.where(chosen, means, self.codebook.value)
        share = ops.cast(ops.shape(vectors)[0], "float32") / self.codes
        alive = counts >= self.dead * share
        fresh = self._drawn(vectors)
        self.codebook.assign(ops.where(ops.expand_dims(alive, -1), means, fresh))
        self.counts.assign(ops.where(alive, counts, share))

    def _moved(self, average, new):
        return self.decay * average + (1 - self.decay) * new

    def _drawn(self, vectors):
        """As many of the vectors as there are codes, at random, with repetition."""
        place = random.uniform((self.codes,), random.key(self.seeds))
        count = ops.cast(ops.shape(vectors)[0], "float32")
        return ops.take(vectors, ops.cast(place * count, "int32"), axis=0)

    def compute_output_shape(self, input_shape):
        return input_shape, input_shape[:-1], input_shape[:-1]


def code_perplexity(numbers, codes):
    """Numbers of codes `(...)` to how many codes they use, from 1 to `codes`: a scalar.

    exp(-sum_k p_k log p_k), p_k being the fraction of code k: the entropy as a number
    of codes in even use.
    """
    choice = ops.one_hot(ops.reshape(numbers, (-1,)), codes, dtype="float32")
    p = ops.mean(choice, axis=0)
    return ops.exp(-ops.sum(p * ops.log(ops.maximum(p, 1e-20))))
