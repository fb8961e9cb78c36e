"""The Wasserstein GAN with gradient penalty."""

import keras
from keras import ops

from kerasdl import adversarial, random
from kerasdl.arguments import check_whole
from kerasdl.model import Model
from kerasdl.nested import deserialized, serialized
from kerasdl.training import Player, Stepwise, frozen


@keras.saving.register_keras_serializable("kerasdl")
class WassersteinGAN(Model):
    """Wasserstein GAN, `(batch, ...)` to as many fakes of that shape.

    A critic C of slope about 1 scores examples, with max E C(x) - E C(G(z)) equal to
    the Wasserstein distance of real and fake; the generator makes it smaller:

        critic loss = E C(G(z)) - E C(x) + penalty E (|dC/dx| - 1)^2
        generator loss = -E C(G(z))

    The critic must be ahead: it takes several steps, each with new noise, for one of
    the generator, so this is trained in turns, `model.stepwise(...).fit(batches)`, and
    not by `fit`. `call` and `predict` make fakes.

    Parameters: those of both networks.

    Args:
        generator: maps noise `(batch, noise_dim)` to examples.
        critic: maps examples to scores `(batch, 1)`, without batch normalisation.
        noise_dim: size of the noise, at least 1.
        penalty: weight of the gradient penalty, above 0.

    Raises:
        ValueError: for a noise_dim below 1, a penalty not above 0, fakes of another
            shape than the examples, or scores of another than (batch, 1).

    Source: Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875; Gulrajani et al.
    2017, https://arxiv.org/abs/1704.00028, algorithm 1
    """

    def __init__(self, generator, critic, noise_dim, penalty=10.0, **kwargs):
        super().__init__(**kwargs)
        check_whole("WassersteinGAN", noise_dim=noise_dim)
        if not penalty > 0:
            raise ValueError(
                "WassersteinGAN needs a penalty above 0, or the critic's slope would "
                f"grow forever. Received: penalty={penalty}. The paper takes 10."
            )
        self.generator, self.critic = generator, critic
        self.noise_dim, self.penalty = noise_dim, penalty
        self.seeds = random.generator()

    def build(self, input_shape):
        if not self.generator.built:
            self.generator.build((input_shape[0], self.noise_dim))
        if not self.critic.built:
            self.critic.build(input_shape)

    def call(self, x, training=False):
        noise = random.normal((ops.shape(x)[0], self.noise_dim), random.key(self.seeds))
        noise = ops.cast(noise, self.compute_dtype)
        return self.generator(noise, training=training)

    def critic_loss(self, x):
        """Real examples to the critic's loss, penalty included."""
        fake = ops.stop_gradient(self(x, training=True))
        adversarial.check_fakes(x, fake)
        x = ops.cast(x, fake.dtype)
        loss = adversarial.critic_loss(self.critic(x), self.critic(fake))
        key = random.key(self.seeds)
        slope = adversarial.gradient_penalty(self.critic, x, fake, key)
        return loss + self.penalty * slope

    def generator_loss(self, x):
        """Real examples, of which only the number counts, to the generator's loss."""
        fake = self(x, training=True)
        return adversarial.wasserstein_generator_loss(frozen(self.critic, fake))

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        raise ValueError(
            "WassersteinGAN is trained in turns, not by fit. Write "
            "model.stepwise(generator_optimizer, critic_optimizer).fit(batches)."
        )

    def stepwise(self, generator_optimizer, critic_optimizer, critic_steps=5):
        """The trainer of the built model, a `Stepwise`: its `fit` takes batches x."""
        of_critic = self.critic.trainable_variables, critic_optimizer, critic_steps
        of_generator = self.generator.trainable_variables, generator_optimizer
        critic = Player("critic", self.critic_loss, *of_critic)
        generator = Player("generator", self.generator_loss, *of_generator)
        return Stepwise(self, [critic, generator])

    def get_config(self):
        return {
            **super().get_config(),
            "generator": serialized(self.generator),
            "critic": serialized(self.critic),
            "noise_dim": self.noise_dim,
            "penalty": self.penalty,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**deserialized(config, "generator", "critic"))
