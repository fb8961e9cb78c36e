"""The conditional GAN: fakes of a wanted class."""

import keras
from keras import ops

from kerasdl.labels import check_labelled
from kerasdl.models.gan import GAN
from kerasdl.weighting import refuse_weights


@keras.saving.register_keras_serializable("kerasdl")
class ConditionalGAN(GAN):
    """GAN of p(x | label), `(examples, labels)` to a fake for each label.

    Generator and discriminator see the label too: a fake has to be a good example of
    its class. The losses are those of `GAN`; each fake has the label of the real
    example in its row. `fit((x, labels))` trains it.

    Args:
        generator: maps a pair (noise `(batch, noise_dim)`, labels `(batch,)`) to
            examples, such as `ImageGenerator`.
        discriminator: maps a pair (examples, labels) to logits `(batch, 1)`, such as
            `ImageDiscriminator`.
        noise_dim, blur: as in `GAN`.

    Raises:
        ValueError: as `GAN`; in `fit`, for what is no pair, or labels that are not
            below the `classes` of the networks (of a `keras.utils.PyDataset` the first
            batch is looked at).

    Source: Mirza and Osindero 2014, https://arxiv.org/abs/1411.1784
    """

    def build(self, input_shape):
        x_shape, labels_shape = input_shape
        if not self.generator.built:
            self.generator.build([(x_shape[0], self.noise_dim), labels_shape])
        if not self.discriminator.built:
            self.discriminator.build([x_shape, labels_shape])

    def fit(self, x=None, *args, **kwargs):
        networks = self.generator, self.discriminator
        classes = [n.classes for n in networks if hasattr(n, "classes")]
        check_labelled("ConditionalGAN", x, min(classes, default=None))
        return super().fit(x, *args, **kwargs)

    def call(self, inputs, training=False):
        x, labels = inputs
        return self.generator((self.noise(x), labels), training=training)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        refuse_weights("ConditionalGAN", sample_weight)
        examples, labels = x
        real, fake = self.blurred(examples, y_pred)
        pairs = [(seen, labels) for seen in (real, ops.stop_gradient(fake), fake)]
        return self.both_losses(*pairs, training)
