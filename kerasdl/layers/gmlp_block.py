"""The block of the gMLP, and its spatial gating unit."""

import keras
from keras import ops

from kerasdl.layer import Layer
from kerasdl.layers.dense import Dense
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.multi_head_attention import check_tokens
from kerasdl.seeding import Normal


@keras.saving.register_keras_serializable("kerasdl")
class SpatialGatingUnit(Layer):
    """Spatial gating unit, `(batch, tokens, units)` to `(batch, tokens, units / 2)`.

    The channels are halved into u and v; the gate g = W normalize(v) + b is linear
    along the tokens (the same for each channel), and the output is u * g. W starts
    near 0 and b at 1: at first g is about 1 and tokens do not mix.

    tokens^2 + tokens parameters, and units of the norm.

    Raises:
        ValueError: when units is odd, or the input is not of shape
            `(batch, tokens, units)` with a known number of tokens.

    Source: Liu et al. 2021, https://arxiv.org/abs/2105.08050, section 2.1.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.norm = LayerNormalization(name="norm", dtype=self.dtype_policy)

    def build(self, input_shape):
        check_tokens("SpatialGatingUnit", input_shape)
        batch, tokens, units = input_shape
        if tokens is None or units % 2:
            raise ValueError(
                "SpatialGatingUnit needs inputs of shape (batch, tokens, units) with "
                "a known number of tokens and an even number of units. "
                f"Received: input_shape={tuple(input_shape)}."
            )
        self.norm.build((batch, tokens, units // 2))
        self.kernel = self.add_weight(
            shape=(tokens, tokens), initializer=Normal(stddev=1e-3), name="kernel"
        )
        self.bias = self.add_weight(shape=(tokens, 1), initializer="ones", name="bias")
        self.input_spec = keras.InputSpec(shape=(None, tokens, units))

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        u, v = ops.split(x, 2, axis=-1)
        return u * (ops.matmul(self.kernel, self.norm(v)) + self.bias)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] // 2)


@keras.saving.register_keras_serializable("kerasdl")
class GMLPBlock(Layer):
    """gMLP block, `(batch, tokens, dim)` to the same.

        x = x + gate(gelu(normalize(x) U)) V

    U and V (each with a bias) work along the channels; the spatial gating unit between
    them is the only place where tokens mix.

    Number of parameters: dim units + units for U, units dim / 2 + dim for V,
    tokens^2 + tokens + units of the gate, 2 dim of the norm.

    Args:
        dim: size of the tokens.
        units: hidden units, an even number.

    Raises:
        ValueError: when units is odd, or the input is not of shape
            `(batch, tokens, dim)`.

    Source: Liu et al. 2021, https://arxiv.org/abs/2105.08050, section 2; lecture, gMLP.
    """

    def __init__(self, dim, units, **kwargs):
        super().__init__(**kwargs)
        self.dim = dim
        self.units = units
        policy = self.dtype_policy
        self.norm = LayerNormalization(name="norm", dtype=policy)
        self.expand = Dense(units, "gelu", name="expand", dtype=policy)
        self.gate = SpatialGatingUnit(name="gate", dtype=policy)
        self.contract = Dense(dim, name="contract", dtype=policy)

    def build(self, input_shape):
        if len(input_shape) != 3 or input_shape[-1] != self.dim:
            raise ValueError(
                f"GMLPBlock needs inputs of shape (batch, tokens, {self.dim}). "
                f"Received: input_shape={tuple(input_shape)}, dim={self.dim}."
            )
        hidden = (*input_shape[:-1], self.units)
        self.norm.build(input_shape)
        self.expand.build(input_shape)
        self.gate.build(hidden)
        self.contract.build(self.gate.compute_output_shape(hidden))

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        return x + self.contract(self.gate(self.expand(self.norm(x))))

    def compute_output_shape(self, input_shape):
        return input_shape
