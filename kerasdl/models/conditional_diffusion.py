"""Diffusion of a wanted class, with classifier-free guidance."""

import keras
from keras import ops

from kerasdl import random
from kerasdl.labels import check_labelled
from kerasdl.models.diffusion import Diffusion


@keras.saving.register_keras_serializable("kerasdl")
class ConditionalDiffusion(Diffusion):
    """Diffusion of p(x | label), `(examples, labels)` to errors of predicted noise.

    One denoiser learns p(x | label), and p(x) too: in training each label is replaced
    by "no label" with probability `drop`. In sampling the two are combined,

        eps = eps(x_t, t) + guidance (eps(x_t, t, label) - eps(x_t, t)),

    so guidance 1 samples p(x | label), 0 samples p(x), and above 1 pushes towards
    examples that are typical of the label: better to recognise, less diverse. (The
    paper's w is guidance - 1.) `fit((x, labels))` trains it.

    Args:
        denoiser: called as `denoiser(x_t, t, labels)`, with an attribute `classes`: a
            `Denoiser` with classes. The label `classes` stands for no label.
        betas, allow_signal: as in `Diffusion`.
        drop: probability of "no label" in training, in [0, 1).
        guidance: how far to follow the label in sampling, at least 0. For another
            guidance make another model around the trained denoiser.

    Raises:
        ValueError: when the denoiser has no classes, or drop or guidance is outside
            its range, or as in `Diffusion`; in `fit`, for what is no pair, or labels
            out of range (of a `keras.utils.PyDataset` the first batch is looked at).

    Source: Ho and Salimans 2022, https://arxiv.org/abs/2207.12598
    """

    def __init__(
        self, denoiser, betas, allow_signal=False, drop=0.1, guidance=1.0, **kwargs
    ):
        super().__init__(denoiser, betas, allow_signal, **kwargs)
        _check(denoiser, drop, guidance)
        self.drop, self.guidance = drop, guidance
        self.classes = denoiser.classes

    def build(self, input_shape):
        x_shape, _ = input_shape
        self.example_shape = tuple(x_shape[1:])
        if not self.denoiser.built:  # models of other guidance may share it
            zero = ops.zeros((1,), "int32")
            self.denoiser(ops.zeros((1, *self.example_shape)), zero, zero)

    def fit(self, x=None, *args, **kwargs):
        check_labelled("ConditionalDiffusion", x, self.classes + 1)
        return super().fit(x, *args, **kwargs)

    def call(self, inputs):
        x, labels = inputs
        x = ops.cast(x, self.compute_dtype)  # whole numbers too
        steps, noise = self.draw(x)
        noisy = self.q_sample(x, steps, noise)
        return self.denoiser(noisy, steps, self.dropped(labels)) - noise

    def dropped(self, labels):
        """Labels `(batch,)` to the same, some replaced by "no label"."""
        key = random.key(self.seeds)
        drop = random.bernoulli(ops.shape(labels), self.drop, key)
        return ops.where(drop > 0, self.denoiser.classes, ops.cast(labels, "int32"))

    def predict_noise(self, x, steps, labels):
        """x_t, timesteps and labels `(batch,)` to the noise, with guidance."""
        if self.guidance == 1:
            return self.denoiser(x, steps, labels)
        none = ops.full_like(labels, self.denoiser.classes)
        both = self.denoiser(
            ops.concatenate([x, x]),
            ops.concatenate([steps, steps]),
            ops.concatenate([labels, none]),
        )
        with_label, without = ops.split(both, 2)
        return without + self.guidance * (with_label - without)

    def get_config(self):
        return {**super().get_config(), "drop": self.drop, "guidance": self.guidance}


def _check(denoiser, drop, guidance):
    classes = getattr(denoiser, "classes", 0)
    if classes < 1 or not 0 <= drop < 1 or not guidance >= 0:
        raise ValueError(
            "ConditionalDiffusion needs a denoiser with classes, drop in [0, 1) and "
            f"guidance of at least 0. Received: a denoiser with classes={classes}, "
            f"drop={drop}, guidance={guidance}. Write Denoiser(network, classes=10)."
        )
