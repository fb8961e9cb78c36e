"""The generative adversarial network."""

import keras
from keras import ops

from kerasdl import adversarial, random
from kerasdl.arguments import check_whole
from kerasdl.model import Model
from kerasdl.nested import deserialized, serialized
from kerasdl.training import frozen
from kerasdl.weighting import refuse_weights


@keras.saving.register_keras_serializable("kerasdl")
class GAN(Model):
    """Generative adversarial network, `(batch, ...)` to as many fakes of that shape.

    A generator G makes examples from noise z ~ N(0, 1); a discriminator D tells them
    from real ones. One loss trains both, in plain `fit(x)`:

        loss = [-log s(D(x)) - log(1 - s(D(G(z))))]     moves D only: G(z) is constant
             + [-log s(D(G(z)))]                        moves G only: D is constant

    So both move at once, each by its own gradient. `call(x)` uses only the number of
    rows of x; `predict(x)` makes so many fakes. Two optimizers, by the names of the
    networks:

        adam = keras.optimizers.Adam
        gan = GAN(MLP(32, 2, name="generator"), MLP(32, 1, name="discriminator"), 8)
        players = {".*generator/.*": adam(1e-3), ".*discriminator/.*": adam(2e-3)}
        rates = keras.optimizers.OptimizerMap(adam(1e-3), players)
        gan.compile(keras.optimizers.MultiOptimizer(rates))

    The history has `d_loss` and `g_loss`; 1.386 and 0.693 (2 log 2 and log 2) when the
    fakes cannot be told from real ones. Parameters: those of both networks.

    Args:
        generator: maps noise `(batch, noise_dim)` to examples.
        discriminator: maps examples to logits `(batch, 1)`.
        noise_dim: size of the noise, at least 1.
        blur: standard deviation of noise added to all that the discriminator sees, at
            least 0. Some lets both distributions overlap, which steadies training.

    Raises:
        ValueError: for a noise_dim below 1, a negative blur, fakes of another shape
            than the examples, logits of another than (batch, 1), or sample weights.

    Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661; blur: Sonderby et
    al. 2016, https://arxiv.org/abs/1610.04490, section 3.
    """

    def __init__(self, generator, discriminator, noise_dim, blur=0.0, **kwargs):
        super().__init__(**kwargs)
        check_whole(type(self).__name__, noise_dim=noise_dim)
        if not blur >= 0:
            raise ValueError(
                "The blur is a standard deviation: expected a number of at least 0. "
                f"Received: blur={blur}. 0.1 is little for examples in [-1, 1]."
            )
        self.generator, self.discriminator = generator, discriminator
        self.noise_dim, self.blur = noise_dim, blur
        self.seeds = random.generator()
        self.d_loss = keras.metrics.Mean(name="d_loss")
        self.g_loss = keras.metrics.Mean(name="g_loss")

    def build(self, input_shape):
        _build(self.generator, (input_shape[0], self.noise_dim))
        _build(self.discriminator, input_shape)

    def call(self, x, training=False):
        return self.generator(self.noise(x), training=training)

    def noise(self, x):
        """Examples `(batch, ...)` to noise `(batch, noise_dim)`."""
        key = random.key(self.seeds)
        noise = random.normal((ops.shape(x)[0], self.noise_dim), key)
        return ops.cast(noise, self.compute_dtype)

    def blurred(self, real, fake):
        """Real and fake examples to what the discriminator sees of them."""
        adversarial.check_fakes(real, fake)
        real = ops.cast(real, fake.dtype)
        if not self.blur:
            return real, fake
        key = random.key(self.seeds)
        blur = self.blur * random.normal(ops.shape(real), random.fold_in(key, 1))
        other = self.blur * random.normal(ops.shape(fake), random.fold_in(key, 2))
        return real + ops.cast(blur, fake.dtype), fake + ops.cast(other, fake.dtype)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        refuse_weights("GAN", sample_weight)
        real, fake = self.blurred(x, y_pred)
        return self.both_losses(real, ops.stop_gradient(fake), fake, training)

    def both_losses(self, real, still, fake, training):
        """What the discriminator sees to the sum of both losses; `still` is constant.

        Each is what the discriminator takes, so a pair if it takes labels too.
        """
        d_loss = adversarial.discriminator_loss(
            self.discriminator(real, training=training),
            self.discriminator(still, training=training),
        )
        g_loss = adversarial.generator_loss(frozen(self.discriminator, fake, training))
        self.d_loss.update_state(d_loss)
        self.g_loss.update_state(g_loss)
        return d_loss + g_loss

    def get_config(self):
        return {
            **super().get_config(),
            "generator": serialized(self.generator),
            "discriminator": serialized(self.discriminator),
            "noise_dim": self.noise_dim,
            "blur": self.blur,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**deserialized(config, "generator", "discriminator"))


def _build(network, input_shape):
    if not network.built:
        network.build(input_shape)
