"""Autoencoders: linear, deep and denoising."""

import keras
from keras import ops

from kerasdl import activations, random
from kerasdl.model import Model
from kerasdl.models.mlp import MLP
from kerasdl.seeding import GlorotUniform
from kerasdl.weighting import weighted_mean


class Autoencoder(Model):
    """`(batch, features)` to its reconstruction, D(E(x)); base of those below.

    Minimises the mean over the batch of |x - D(E(x))|^2, summed over the features. The
    target is x itself: `compile("adam")`, then `fit(x)`. `encode` and `decode` take
    arrays too, in training and after.

    Source: lecture, autoencoders.
    """

    def call(self, x):
        return self.decode(self.encode(x))

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        return weighted_mean(squared_error(x, y_pred), sample_weight)


@keras.saving.register_keras_serializable("kerasdl")
class LinearAutoencoder(Autoencoder):
    """Linear encoder and decoder without bias: x to x W_E W_D. Centre x first.

    Its minima are those of PCA: W_E W_D is the projection on the span of the first
    `dim` principal axes, and W_D W_E = I; both follow from the loss, without the
    constraint that the lecture adds. Neither fixes the axes themselves: W_E R and
    R^-1 W_D do as well for any invertible R. With tied weights, W_D = W_E^T, the
    columns are orthonormal at the minimum, which leaves a rotation.

    W_E has shape `(features, dim)`: features dim parameters tied, else twice as many.

    Args:
        dim: numbers in the code, at least 1.
        tied: one matrix for both directions.

    Raises:
        ValueError: when dim is below 1, the input is not `(batch, features)`, or in
            `encode` and `decode` when the model is not built.

    Source: lecture, autoencoders and PCA; Baldi and Hornik 1989,
    https://doi.org/10.1016/0893-6080(89)90014-2
    """

    def __init__(self, dim, tied=False, **kwargs):
        super().__init__(**kwargs)
        if dim < 1:
            raise ValueError(
                "LinearAutoencoder needs a code of at least one number. "
                f"Received: dim={dim}. Write LinearAutoencoder(2), for example."
            )
        self.dim, self.tied = dim, tied

    def build(self, input_shape):
        if len(input_shape) != 2:
            raise ValueError(
                "LinearAutoencoder needs inputs of shape (batch, features). "
                f"Received: input_shape={tuple(input_shape)}. "
                "Flatten images first: images.reshape(len(images), -1)."
            )
        self.input_spec = keras.InputSpec(ndim=2, axes={-1: input_shape[-1]})
        shape = (input_shape[-1], self.dim)
        self.encoder = self.add_weight(shape, GlorotUniform(), name="encoder")
        if not self.tied:
            shape = shape[::-1]
            self.decoder = self.add_weight(shape, GlorotUniform(), name="decoder")

    def encode(self, x):
        """`(batch, features)` to codes `(batch, dim)`."""
        self._check_built()
        return ops.matmul(x, self.encoder)

    def decode(self, z):
        """Codes `(batch, dim)` to `(batch, features)`."""
        self._check_built()
        return ops.matmul(z, ops.transpose(self.encoder) if self.tied else self.decoder)

    def _check_built(self):
        if not self.built:
            raise ValueError(
                "LinearAutoencoder needs its matrices to encode and decode. "
                f"Received: {self.name!r}, not built. Train it first, or write "
                "build((None, features))."
            )

    def get_config(self):
        return {**super().get_config(), "dim": self.dim, "tied": self.tied}


@keras.saving.register_keras_serializable("kerasdl")
class DeepAutoencoder(Autoencoder):
    """An MLP as encoder and its mirror image as decoder.

    Sizes (784, 1000, 500, 250, 2) are the example in the literature: the decoder is
    2-250-500-1000-784. Code and output have no activation. With sizes n_0 ... n_L,
    2 sum_i n_i n_i+1 + n_0 + 2 (n_1 + ... + n_L-1) + n_L parameters.

    Args:
        sizes: of the encoder's layers, from the input to the code.
        activation: of the hidden layers, as in `kerasdl.layers.Dense`.

    Raises:
        ValueError: for fewer than two sizes, or inputs of another size than the first.

    Source: lecture, deep autoencoder; Hinton and Salakhutdinov 2006,
    https://doi.org/10.1126/science.1127647
    """

    def __init__(self, sizes, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.sizes, self.activation = tuple(sizes), activations.get(activation)
        self.encoder, self.decoder = mirrored(
            self.sizes, sizes[-1], activation, self.dtype_policy
        )

    def build(self, input_shape):
        build_mirrored(self, input_shape)

    def encode(self, x):
        """`(batch, features)` to codes `(batch, dim)`."""
        return self.encoder(x)

    def decode(self, z):
        """Codes `(batch, dim)` to `(batch, features)`."""
        return self.decoder(z)

    def get_config(self):
        return {
            **super().get_config(),
            "sizes": self.sizes,
            "activation": activations.serialize(self.activation),
        }


@keras.saving.register_keras_serializable("kerasdl")
class DenoisingAutoencoder(DeepAutoencoder):
    """Deep autoencoder that sees x + noise in training and is to return x.

    The noise is Gaussian, drawn anew at every call, and only in training: afterwards
    the input is taken as it is, noisy or not. The code need not be narrow, since
    copying the input is not the way to a small loss. Parameters as `DeepAutoencoder`.

    Args:
        sizes, activation: as for `DeepAutoencoder`.
        noise: standard deviation, in the units of x, not negative.

    Raises:
        ValueError: for a negative noise, and as `DeepAutoencoder` does.

    Source: lecture, other types of autoencoders; Vincent et al. 2010, section 3.3,
    https://jmlr.org/papers/v11/vincent10a.html
    """

    def __init__(self, sizes, noise=0.5, activation="relu", **kwargs):
        super().__init__(sizes, activation, **kwargs)
        if noise < 0:
            raise ValueError(
                "DenoisingAutoencoder needs a standard deviation of at least 0. "
                f"Received: noise={noise}. Write noise=0.5, for example."
            )
        self.noise = noise
        self.seeds = random.generator()

    def call(self, x, training=False):
        if training:
            x = ops.cast(x, self.compute_dtype)
            noise = random.normal(ops.shape(x), random.key(self.seeds))
            x = x + self.noise * ops.cast(noise, x.dtype)
        return super().call(x)

    def get_config(self):
        return {**super().get_config(), "noise": self.noise}


def mirrored(sizes, outputs, activation, dtype):
    """Sizes n_0 ... n_L to two MLPs: n_0 ... n_L-1 to outputs, and n_L to n_0."""
    if len(sizes) < 2:
        raise ValueError(
            "An autoencoder needs the size of the input and of the code at least. "
            f"Received: sizes={tuple(sizes)}. Write sizes=(64, 32, 8), for example."
        )
    features, *units, _ = sizes
    encoder = MLP(units, outputs, activation, name="encoder", dtype=dtype)
    decoder = MLP(units[::-1], features, activation, name="decoder", dtype=dtype)
    return encoder, decoder


def build_mirrored(model, input_shape):
    """Build a model's encoder and decoder, for the sizes that it was given."""
    features, dim = model.sizes[0], model.sizes[-1]
    if len(input_shape) != 2 or input_shape[-1] != features:
        raise ValueError(
            f"Expected inputs of shape (batch, {features}), by the first of the sizes. "
            f"Received: input_shape={tuple(input_shape)}, sizes={model.sizes}. "
            "Flatten images first: images.reshape(len(images), -1)."
        )
    model.input_spec = keras.InputSpec(ndim=2, axes={-1: features})
    for part, size in ((model.encoder, features), (model.decoder, dim)):
        if not part.built:  # `encode` or `decode` may have been called before
            part.build((None, size))


def squared_error(x, reconstruction):
    """|x - reconstruction|^2 summed over the features, float32 `(batch,)`."""
    x, reconstruction = (ops.cast(v, "float32") for v in (x, reconstruction))
    return ops.sum(ops.square(x - reconstruction), axis=-1)
