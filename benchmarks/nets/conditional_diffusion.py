"""Diffusion of points of 2 numbers in 4 classes; otherwise as `diffusion`."""

import keras
from examples import labels, points
from keras import ops

from kerasdl.models.conditional_diffusion import ConditionalDiffusion
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from nets.diffusion import BATCH, BETAS, EMBEDDING, LOSS, STEPS, NoisePredictor

CLASSES, DROP = 4, 0.1
__all__ = ["BATCH", "LOSS", "STEPS"]


def data():
    return (points(STEPS * BATCH, 2), labels(STEPS * BATCH, CLASSES)), None


def ours():
    network = ConditionedMLP((64, 64, 64), outputs=2)
    denoiser = Denoiser(network, EMBEDDING, CLASSES)
    return ConditionalDiffusion(denoiser, BETAS, drop=DROP)


def keras_layers():
    return LabelledNoisePredictor()


class LabelledNoisePredictor(NoisePredictor):
    def __init__(self):
        super().__init__()
        self.table = keras.layers.Embedding(CLASSES + 1, EMBEDDING)

    def call(self, inputs):
        x, label = inputs
        drop = keras.random.uniform(ops.shape(label), seed=self.seeds) < DROP
        label = ops.where(drop, CLASSES, ops.cast(label, "int32"))
        return self.predicted(x, lambda step: step + self.table(label))
