"""The vector-quantised autoencoder, VQ-VAE."""

import math

import keras
from keras import ops

from kerasdl import activations
from kerasdl.layers.vector_quantizer import VectorQuantizer, code_perplexity
from kerasdl.model import Model
from kerasdl.models.autoencoder import build_mirrored, mirrored, squared_error
from kerasdl.weighting import weighted_mean


@keras.saving.register_keras_serializable("kerasdl")
class VQVAE(Model):
    """Autoencoder with a discrete code, `(batch, features)` to its reconstruction.

    The encoder's output is cut into tokens, each of them replaced by the nearest of
    the codes (see `VectorQuantizer`, which also says how the codes learn and why none
    stays unused), and decoded. The loss is, averaged over the batch,
        |x - D(e)|^2 + commitment sum over the tokens of |z - sg(e)|^2.
    Metrics: `reconstruction` and `distance`, the two sums, and `perplexity`, the number
    of codes in use in a batch. `fit(x)` needs no targets and no loss.

    With sizes n_0 ... n_L it has the parameters of `DeepAutoencoder` and
    codes (n_L / tokens + 1) more, not trainable.

    Args:
        sizes: of the encoder's layers, from the input to the code; the decoder mirrors
            them. The last is tokens times the size of a code.
        codes: number of codes in the codebook.
        tokens: number of codes that describe one example: codes^tokens descriptions.
        commitment: weight of the distance from the encoder's output to its code.
        decay: of the codebook's moving averages.
        activation: of the hidden layers, as in `kerasdl.layers.Dense`.

    Raises:
        ValueError: when tokens do not divide the last size, the commitment is negative,
            for arguments that `VectorQuantizer` refuses, fewer than two sizes, or
            inputs of another size than the first.

    Source: lecture, other types of autoencoders; van den Oord et al. 2017,
    https://arxiv.org/abs/1711.00937
    """

    def __init__(
        self,
        sizes,
        codes,
        tokens=1,
        commitment=0.25,
        decay=0.99,
        activation="relu",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.sizes, self.activation = tuple(sizes), activations.get(activation)
        self.commitment = commitment
        self.encoder, self.decoder = mirrored(
            self.sizes, sizes[-1], activation, self.dtype_policy
        )
        if tokens < 1 or sizes[-1] % tokens:
            raise ValueError(
                "VQVAE cuts the encoder's output into tokens of equal size. "
                f"Received: tokens={tokens}, sizes={self.sizes}. "
                f"Make {sizes[-1]} a multiple of the tokens."
            )
        if not commitment >= 0:
            raise ValueError(
                "VQVAE needs a commitment of at least 0, or codes would be pushed away "
                f"from their inputs. Received: commitment={commitment}. 0.25 is usual."
            )
        self.tokens, self.dim = tokens, sizes[-1] // tokens
        self.quantizer = VectorQuantizer(codes, decay, dtype=self.dtype_policy)
        self.reconstruction = keras.metrics.Mean(name="reconstruction")
        self.distance = keras.metrics.Mean(name="distance")
        self.perplexity = keras.metrics.Mean(name="perplexity")

    def build(self, input_shape):
        build_mirrored(self, input_shape)
        self.quantizer.build((None, self.tokens, self.dim))

    def call(self, x, training=False):
        z = self.encode(x)
        chosen, numbers, distances = self.quantizer(z, training=training)
        return self.decode(chosen), numbers, distances

    def encode(self, x):
        """`(batch, features)` to `(batch, tokens, dim)`, before rounding to codes."""
        return ops.reshape(self.encoder(x), (-1, self.tokens, self.dim))

    def codes(self, x):
        """`(batch, features)` to the numbers of its codes, int32 `(batch, tokens)`."""
        return self.quantizer(self.encode(x))[1]

    def decode(self, z):
        """`(batch, tokens, dim)` to `(batch, features)`."""
        return self.decoder(ops.reshape(z, (-1, math.prod(z.shape[1:]))))

    def decode_codes(self, numbers):
        """Numbers of codes `(batch, tokens)` to `(batch, features)`."""
        return self.decode(self.quantizer.lookup(numbers))

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        outputs, numbers, distances = y_pred
        reconstruction = weighted_mean(squared_error(x, outputs), sample_weight)
        distance = weighted_mean(ops.sum(distances, axis=-1), sample_weight)
        self.reconstruction.update_state(reconstruction)
        self.distance.update_state(distance)
        self.perplexity.update_state(code_perplexity(numbers, self.quantizer.codes))
        return reconstruction + self.commitment * distance

    def get_config(self):
        return {
            **super().get_config(),
            "sizes": self.sizes,
            "codes": self.quantizer.codes,
            "tokens": self.tokens,
            "commitment": self.commitment,
            "decay": self.quantizer.decay,
            "activation": activations.serialize(self.activation),
        }
