"""The variational autoencoder."""

import keras
import numpy as np
from keras import ops

from kerasdl import activations, random
from kerasdl.divergences import bernoulli_log_likelihood, gaussian_kl
from kerasdl.layers.gaussian import GaussianSample
from kerasdl.model import Model
from kerasdl.models.autoencoder import build_mirrored, mirrored
from kerasdl.weighting import weighted_mean


@keras.saving.register_keras_serializable("kerasdl")
class VAE(Model):
    """x in [0, 1], `(batch, features)`, to logits of the same shape and a posterior.

    The encoder gives mean and log variance of q(z|x), a Gaussian with a diagonal
    covariance; the decoder gives from a sample z the logits of p(x|z), independent
    Bernoullis; p(z) = N(0, I). The loss is minus the evidence lower bound, in nats,
        -log p(x|z) + KL(q(z|x) || p(z)),
    averaged over the batch; the metrics `reconstruction` and `kl` are its two terms.
    `fit(x)` needs no targets and no loss.

    With sizes n_0 ... n_L it has the parameters of `DeepAutoencoder` and, as the
    encoder's last layer gives two numbers for each of the code's, (n_L-1 + 1) n_L more.

    Args:
        sizes: of the encoder's layers, from the input to z; the decoder mirrors them.
        activation: of the hidden layers, as in `kerasdl.layers.Dense`.

    Raises:
        ValueError: for fewer than two sizes, inputs of another size than the first, or
            an array outside [0, 1] in `fit`.

    Source: lecture, other types of autoencoders; Kingma and Welling 2014,
    https://arxiv.org/abs/1312.6114
    """

    def __init__(self, sizes, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.sizes, self.activation = tuple(sizes), activations.get(activation)
        self.encoder, self.decoder = mirrored(
            self.sizes, 2 * sizes[-1], activation, self.dtype_policy
        )
        self.sample = GaussianSample(dtype=self.dtype_policy)
        self.reconstruction = keras.metrics.Mean(name="reconstruction")
        self.kl = keras.metrics.Mean(name="kl")

    def build(self, input_shape):
        build_mirrored(self, input_shape)
        self.sample.build((None, self.sizes[-1]), (None, self.sizes[-1]))

    def fit(self, x=None, *args, **kwargs):
        _check_range(x)
        return super().fit(x, *args, **kwargs)

    def call(self, x):
        mean, log_variance = self.encode(x)
        return self.decode(self.sample(mean, log_variance)), mean, log_variance

    def encode(self, x):
        """`(batch, features)` to mean and log variance of z, `(batch, dim)` each."""
        return ops.split(self.encoder(x), 2, axis=-1)

    def decode(self, z):
        """`(batch, dim)` to logits `(batch, features)`; their sigmoid is in (0, 1)."""
        return self.decoder(z)

    def generate(self, n, seed=None):
        """n new examples, `(n, features)` in (0, 1): the means of p(x|z), z ~ p(z).

        The same seed gives the same z, on every backend; None gives new ones.
        """
        seeds = self.sample.seeds if seed is None else random.generator(seed)
        z = random.normal((n, self.sizes[-1]), random.key(seeds))
        return ops.sigmoid(self.decode(z))

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        logits, mean, log_variance = y_pred
        likelihoods = bernoulli_log_likelihood(x, logits)
        reconstruction = -weighted_mean(likelihoods, sample_weight)
        kl = weighted_mean(gaussian_kl(mean, log_variance), sample_weight)
        self.reconstruction.update_state(reconstruction)
        self.kl.update_state(kl)
        return reconstruction + kl

    def get_config(self):
        return {
            **super().get_config(),
            "sizes": self.sizes,
            "activation": activations.serialize(self.activation),
        }


def _check_range(x):
    """A likelihood of values outside [0, 1] has no maximum; rounding is allowed for."""
    if not isinstance(x, np.ndarray) or (x.min() >= -1e-3 and x.max() <= 1 + 1e-3):
        return
    raise ValueError(
        "VAE learns probabilities: it needs values in [0, 1]. Received: values from "
        f"{x.min():.4g} to {x.max():.4g}. Divide bytes by 255."
    )
