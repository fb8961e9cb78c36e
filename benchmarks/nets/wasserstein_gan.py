"""Wasserstein GAN of two perceptrons of 64-64 on points of 2 numbers, batches of 128.

Trained in turns by `Stepwise`: a step is one of the critic and one of the generator.
"""

import keras
from examples import points
from keras import ops

from kerasdl.autodiff import grad
from kerasdl.models.mlp import MLP
from kerasdl.models.wasserstein_gan import WassersteinGAN
from kerasdl.training import Player, Stepwise
from nets.deep_autoencoder import dense

STEPS, BATCH, NOISE, PENALTY = 50, 128, 8, 10.0
LOSS = None


def data():
    return points(STEPS * BATCH, 2), None


def ours():
    return WassersteinGAN(MLP((64, 64), 2), MLP((64, 64), 1), NOISE, PENALTY)


def keras_layers():
    return Critics(dense((NOISE, 64, 64, 2)), dense((2, 64, 64, 1)))


def trained_in_turns(model, batches):
    """A function that trains the model for an epoch, as the paper does."""
    model.build((None, 2))
    adam = keras.optimizers.Adam
    trainer = model.stepwise(adam(1e-3), adam(1e-3), critic_steps=1)
    return lambda: trainer.fit(batches)


class Critics(keras.Model):
    def __init__(self, generator, critic):
        super().__init__()
        self.generator, self.critic = generator, critic
        self.seeds = keras.random.SeedGenerator(0)

    def build(self, input_shape):
        """Both networks are built already."""

    def call(self, x):
        noise = keras.random.normal((ops.shape(x)[0], NOISE), seed=self.seeds)
        return self.generator(noise)

    def critic_loss(self, x):
        fake = ops.stop_gradient(self(x))
        share = keras.random.uniform((ops.shape(x)[0], 1), seed=self.seeds)
        between = share * x + (1 - share) * fake
        slopes = grad(lambda z: ops.sum(self.critic(z)))(between)
        lengths = ops.sqrt(ops.sum(ops.square(slopes), axis=1) + 1e-12)
        penalty = PENALTY * ops.mean(ops.square(lengths - 1))
        return ops.mean(self.critic(fake)) - ops.mean(self.critic(x)) + penalty

    def generator_loss(self, x):
        weights = [ops.stop_gradient(v.value) for v in self.critic.trainable_variables]
        scores, _ = self.critic.stateless_call(weights, [], self(x))
        return -ops.mean(scores)

    def stepwise(self, generator_optimizer, critic_optimizer, critic_steps):
        of_critic = self.critic.trainable_variables, critic_optimizer, critic_steps
        of_generator = self.generator.trainable_variables, generator_optimizer
        critic = Player("critic", self.critic_loss, *of_critic)
        generator = Player("generator", self.generator_loss, *of_generator)
        return Stepwise(self, [critic, generator])
