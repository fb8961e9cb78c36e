"""The sinusoidal embedding of timesteps."""

import keras
import numpy as np
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer


@keras.saving.register_keras_serializable("kerasdl")
class TimestepEmbedding(Layer):
    """Sinusoidal embedding of timesteps, `(batch,)` to `(batch, dim)`.

    Column k is sin(t w_k) for k < dim / 2, and cos(t w_k) in the second half, with
    frequencies w_k = period^(-2k / dim): from 1 down towards 1 / period. So near
    timesteps have near embeddings, and a network can tell all of them apart. It has no
    parameters.

    Args:
        dim: number of columns, even.
        period: the longest wave is 2 pi period^(1 - 2 / dim) steps, or about
            2 pi period where dim is large.

    Raises:
        ValueError: when `dim` is not even or positive, `period` is not above 1, or the
            timesteps are not of shape `(batch,)`.

    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.5; for
    timesteps Ho et al. 2020, https://arxiv.org/abs/2006.11239, appendix B.
    """

    def __init__(self, dim, period=10_000.0, **kwargs):
        # Without autocast float steps reach `call` as they are, whatever the policy.
        super().__init__(**{"autocast": False, **kwargs})
        check_whole("TimestepEmbedding", 2, dim=dim)
        if dim % 2:
            raise ValueError(
                "TimestepEmbedding needs an even number of columns. "
                f"Received: dim={dim!r}. Write TimestepEmbedding(32), for example."
            )
        if not period > 1:
            raise ValueError(
                f"TimestepEmbedding needs a period above 1. Received: period={period}."
            )
        self.dim = dim
        self.period = period
        exponents = -2 / dim * np.arange(dim // 2)
        self.frequencies = (float(period) ** exponents).astype("float32")

    def build(self, input_shape):
        if len(input_shape) != 1:
            raise ValueError(
                "TimestepEmbedding needs timesteps of shape (batch,). "
                f"Received: input_shape={tuple(input_shape)}."
            )

    def call(self, steps):
        # In float32 whatever the policy: bfloat16 cannot tell step 257 from 258.
        steps = ops.expand_dims(ops.cast(steps, "float32"), -1)
        angles = steps * ops.convert_to_tensor(self.frequencies)
        waves = ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=-1)
        return ops.cast(waves, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return (*input_shape, self.dim)
