"""Latent diffusion draws digits: eight numbers in the code, 64 pixels outside.

A deep autoencoder makes codes of eight numbers; diffusion learns their distribution.
1000 decoded new codes are compared with as many decoded codes of real digits. Precision
is the share of new ones within reach of real ones (do they look real?), recall the
share of real ones within reach of new ones (is everything drawn?). The figure is the
lower of both, about 0.78; normal codes in place of diffusion have a precision of 0.33.
"""

import keras

import kerasdl
from kerasdl import data, noise_schedules
from kerasdl.metrics.diversity import precision_recall
from kerasdl.models.autoencoder import DeepAutoencoder
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.latent_diffusion import LatentDiffusion
from kerasdl.models.samplers import DDPM

GOAL = "precision and recall at least 0.6"
BATCH = 240


def run(seed: int) -> float:
    kerasdl.seed(seed)
    images, _ = data.load("digits")
    x = images.reshape(len(images), -1)
    autoencoder = DeepAutoencoder((64, 48, 8))
    autoencoder.build((None, 64))
    train(autoencoder, x, 30, 5e-3, seed)
    denoiser = Denoiser(ConditionedMLP((128, 128), outputs=8))
    model = LatentDiffusion(autoencoder, denoiser, noise_schedules.cosine(50))
    model.build((None, 64))
    model.adapt(x)
    train(model, x, 70, 1e-2, seed)
    codes = DDPM(model, clip=4.0).sample(1000)
    seen = autoencoder.predict(x[:1000], batch_size=1000, verbose=0)
    drawn = keras.ops.convert_to_numpy(model.decode(codes))
    return min(precision_recall(seen, drawn))


def reached(figure: float) -> bool:
    return figure >= 0.6


def train(model, x, epochs: int, rate: float, seed: int) -> None:
    rate = keras.optimizers.schedules.CosineDecay(rate, epochs * len(x) // BATCH)
    model.compile(keras.optimizers.Adam(rate, use_ema=True, ema_momentum=0.98))
    model.fit(kerasdl.Batches(x, x, BATCH, seed), epochs=epochs, verbose=0)
