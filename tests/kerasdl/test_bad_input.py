"""Bad input gets an error that names what was expected, what came, and the fix.

One row a mistake: what is called, a part of what was expected, and of what came.
"""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import (
    augmentation,
    data,
    explain,
    grad,
    layers,
    losses,
    metrics,
    models,
    noise_schedules,
    plot,
    training,
)

pytestmark = pytest.mark.backend


def ones(*shape):
    return np.ones(shape, "float32")


def graph(nodes=(2, 5, 3), adjacency=(2, 5, 5)):
    return ones(*nodes), ones(*adjacency)


def denoiser():
    return models.Denoiser(models.ConditionedMLP((4,), outputs=1), embedding_dim=4)


def fit(model, x, y, loss=None):
    model.compile("sgd", loss)
    model.fit(x, y, verbose=0)


ROWS = [
    # wrong rank or shape
    (lambda: layers.Dense(3)(ones(4)), "(batch, ..., dim)", "(4,)"),
    (lambda: models.MLP(4, 2)(ones(2, 8, 8, 1)), "(batch, dim)", "(2, 8, 8, 1)"),
    (lambda: layers.Correlation1D(2, 3)(ones(2, 8)), "channels", "(2, 8)"),
    (lambda: layers.Correlation2D(2, 3)(ones(2, 8, 8)), "channels", "(2, 8, 8)"),
    (lambda: layers.MaxPooling2D()(ones(2, 8, 8)), "channels", "(2, 8, 8)"),
    (lambda: layers.AdaptiveAveragePooling2D(2)(ones(2, 8)), "channels", "(2, 8)"),
    (lambda: layers.BatchNormalization()(ones(3)), "channels", "(3,)"),
    (lambda: layers.ResidualBlock(4)(ones(2, 8, 8)), "channels", "(2, 8, 8)"),
    (
        lambda: layers.MultiHeadAttention(4, 2)(ones(3, 4)),
        "(batch, tokens, dim)",
        "(3, 4)",
    ),
    (lambda: layers.TransformerBlock(4, 2, 8)(ones(3, 4)), "(batch, tokens", "(3, 4)"),
    (lambda: layers.MixerBlock(4, 4)(ones(3, 4)), "(batch, tokens", "(3, 4)"),
    (lambda: layers.LearnedPositions()(ones(3, 4)), "(batch, tokens", "(3, 4)"),
    (lambda: layers.Recurrent(4)(ones(3, 4)), "steps", "(3, 4)"),
    (
        lambda: layers.MessagePassing(4)(*graph(adjacency=(2, 5, 4))),
        "(graphs, nodes",
        "(2, 5, 4)",
    ),
    (
        lambda: layers.GraphConvolution(4)(*graph(nodes=(5, 3))),
        "(graphs, nodes",
        "(5, 3)",
    ),
    (lambda: models.LeNet(10)(ones(2, 64)), "channels", "(2, 64)"),
    (lambda: models.CNN(10)(ones(2, 8, 8)), "channels", "(2, 8, 8)"),
    (lambda: models.ResNet(10, depth=8)(ones(2, 64)), "channels", "(2, 64)"),
    (lambda: models.ViT(2, 8, 1, 2, 8, 10)(ones(2, 64)), "channels", "(2, 64)"),
    (lambda: models.Perceptron()(ones(2, 3, 1)), "(batch, dim)", "(2, 3, 1)"),
    (lambda: models.DeepAutoencoder((6, 2))(ones(2, 5)), "6", "5"),
    (lambda: models.VAE((6, 2))(ones(2, 5)), "6", "5"),
    (lambda: models.RecurrentClassifier(4, 2)(ones(3, 4)), "steps", "(3, 4)"),
    # indivisible sizes
    (lambda: layers.PatchEmbedding(3, 8)(ones(2, 8, 8, 1)), "divide", "8"),
    (lambda: models.ViT(3, 8, 1, 2, 8, 10)(ones(2, 8, 8, 1)), "divide", "8"),
    (lambda: models.Mixer(3, 8, 1, 8, 8, 10)(ones(2, 8, 8, 1)), "divide", "8"),
    (lambda: layers.MultiHeadAttention(6, 4), "divides dim", "heads=4"),
    (lambda: layers.Performer(6, 4), "divides dim", "heads=4"),
    (lambda: models.GPT(2, 4, 6, 1, 4), "divides dim", "heads=4"),
    (lambda: models.ViT(2, 6, 1, 4, 8, 10), "divides dim", "heads=4"),
    (lambda: models.ResNet(10, depth=21), "6 n + 2", "21"),
    (lambda: models.UNet(1)(ones(2, 7, 7, 1)), "divi", "7"),
    (lambda: layers.TimestepEmbedding(5), "even", "5"),
    # arguments out of range
    (lambda: layers.Dense(0), "at least 1", "units=0"),
    (lambda: layers.Dense(3, "rleu"), "activation", "'rleu'"),
    (lambda: layers.Correlation2D(0, 3), "1", "0"),
    (lambda: layers.Correlation2D(2, 3, padding="full"), "'valid'", "'full'"),
    (lambda: layers.Dropout(1.5), "rate", "1.5"),
    (lambda: layers.ScheduledDropout(0.5, 10, phase="middle"), "'early'", "'middle'"),
    (lambda: layers.Maxout(0), "1", "0"),
    (lambda: layers.BatchNormalization(momentum=1.0), "[0, 1)", "1.0"),
    (lambda: layers.LayerNormalization(epsilon=0), "epsilon", "0"),
    (lambda: layers.KernelSmoother(theta=-1.0), "theta", "-1"),
    (lambda: layers.MessagePassing(4, aggregation="median"), "'sum'", "'median'"),
    (lambda: layers.VectorQuantizer(0), "codes", "0"),
    (lambda: models.ViT(2, 8, 1, 2, 8, 10, pool="max"), "'class'", "'max'"),
    (
        lambda: models.ViT(2, 8, 1, 2, 8, 10, positions="rotary"),
        "'learned'",
        "'rotary'",
    ),
    (lambda: models.DenoisingAutoencoder((6, 2), noise=-1), "noise", "-1"),
    (lambda: models.Perceptron(penalty=-1.0), "penalty", "-1"),
    (lambda: models.MonteCarlo(models.MLP(4, 1), samples=0), "samples", "0"),
    (lambda: models.Diffusion(denoiser(), noise_schedules.linear(50)), "0.05", "0.6"),
    (lambda: models.Diffusion(denoiser(), np.array([0.5, 1.5])), "below 1", "1.5"),
    (lambda: models.DDIM(diffusion(), steps=1000), "steps", "1000"),
    (lambda: models.DDPM(diffusion(), clip=-1.0), "clip", "-1"),
    (lambda: training.OneCycle(0.0, 10), "peak", "0.0"),
    (
        lambda: training.AdaptiveClipping(keras.optimizers.SGD(), clipping=0),
        "clipping",
        "0",
    ),
    (lambda: kerasdl.seed(-1), "0 to 2**32", "-1"),
    (lambda: kerasdl.Normal(stddev=-1), "at least 0", "-1"),
    # values and labels out of range, unknown names
    (lambda: losses.log_loss(np.array([0, 1]), ones(2, 3)), "(batch, classes)", "(2,)"),
    (lambda: grad(lambda x: x**2)(2), "floats", "int"),
    (lambda: grad(lambda x: x)(ones(2)), "one float", "(2,)"),
    (lambda: data.load("digit"), "'digits'", "'digit'"),
    (lambda: data.load("digits", "tset"), "'test'", "'tset'"),
    (lambda: data.molecule("unobtainium"), "molecule", "'unobtainium'"),
    (lambda: data.Batches(ones(3), ones(2), 2), "as many rows", "3 rows in x, 2 in y"),
    (lambda: data.Batches(ones(3), ones(3), 0), "at least 1", "0"),
    (lambda: data.tosses(10, heads=1.5), "heads", "1.5"),
    (
        lambda: metrics.brier_score(2 * ones(2, 2), np.array([0, 1])),
        "probabilities",
        "2",
    ),
    (lambda: metrics.mmd_squared(ones(4, 2), ones(4, 3)), "same", "3"),
    (
        lambda: metrics.ssim(ones(2, 16, 16, 1), ones(2, 8, 8, 1)),
        "shape",
        "(2, 8, 8, 1)",
    ),
    (lambda: training.frozen(models.MLP(2, 1), ones(1, 2)), "weights", "not built"),
    (lambda: explain.saliency(columns, ones(2, 3), 99), "0 to 2", "99"),
    (lambda: explain.saliency(columns, ones(2, 3), -1), "0 to 2", "-1"),
    (lambda: explain.fgsm(columns, ones(2, 3), [0, 99], 0.1), "0 to 2", "99"),
    (lambda: explain.fgsm(columns, [[5.0]], [0], 0.1), "[low, high]", "5"),
    (lambda: explain.one_pixel_attack(columns, 255 * ones(4, 4, 1), 0), "[0.0", "255"),
    (lambda: explain.one_pixel_attack(bright, ones(4, 4, 1), -1), "0 to 1", "-1"),
    (lambda: metrics.bleu([["a", "b"]], [["a", "b"]]), "list of references", "'a'"),
    (lambda: metrics.bleu([[1, 2]], [[1, 2]]), "list of references", "1"),
    (lambda: metrics.rouge_n([["a", "b"]], ["a b"]), "split()", "as strings"),
    (lambda: metrics.rouge_n([["a"]], [["a"]], order=0), "at least 1", "order=0"),
    (lambda: metrics.two_sample_test(*SAMPLES, permutations=-3), "at least 1", "-3"),
    (lambda: metrics.sliced_wasserstein(*SAMPLES, directions=0), "at least 1", "=0"),
    (lambda: metrics.wasserstein_1d([1], [2], order=np.inf), "finite", "inf"),
    (
        lambda: augmentation.mixup(*SAMPLES, RANDOM, alpha=float("nan")),
        "alpha > 0",
        "nan",
    ),
    (lambda: augmentation.flip(np.nan * ones(1, 4, 4, 1), RANDOM), "[0, 1]", "nan"),
    (lambda: augmentation.erase(ones(1, 4, 4, 1), RANDOM, 1.5), "[0, 1]", "share=1.5"),
    (lambda: augmentation.shift_colours(ones(1, 4, 4, 1), RANDOM, -0.1), "0", "-0.1"),
    (lambda: models.VQVAE((6, 2), 3, commitment=-1), "at least 0", "commitment=-1"),
    (lambda: models.ContrastiveEncoder(4, 2, temperature=0), "above 0", "=0"),
    (lambda: fit(models.VAE((6, 2)), 255 * ones(2, 6), None), "[0, 1]", "255"),
    (
        lambda: fit(models.QNetwork((), 2), ones(1, 3), np.array([[7.0, 0]])),
        "actions that are whole numbers from 0 to 1",
        "7",
    ),
    (lambda: fit(models.QNetwork((), 2), ones(3, 3), ones(3)), "(n, 2)", "(3,)"),
    (lambda: plot.latent_grid(columns, columns=0), "one column", "columns=0"),
    (lambda: plot.image_grid(ones(2, 4, 4), columns=0), "one column", "columns=0"),
    (lambda: plot.gradient_flow({"plain": []}), "one per layer", "(0,)"),
    (lambda: diagnosed(models.VAE((6, 2))), "one output", "tuple"),
]


SAMPLES = ones(4, 2), np.zeros((4, 2), "float32")
RANDOM = np.random.default_rng(0)


def columns(x):
    """A classifier whose logits are its inputs."""
    return x


def bright(images):
    """A classifier of two classes by the first pixel."""
    return images[:, 0, 0] * ones(2)


def diagnosed(model):
    model.build((None, 6))
    return training.diagnose(model, ones(2, 6), ones(2, 6), losses.log_loss)


def diffusion():
    model = models.Diffusion(denoiser(), noise_schedules.cosine(10))
    model.build((None, 1))
    return model


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_error_names_expected_and_received(row):
    call, expected, received = ROWS[row]
    with pytest.raises(ValueError) as caught:
        call()
    message = str(caught.value)
    assert expected in message, message
    assert received in message, message
    assert "eceived" in message or "received" in message, message
    assert len(message) < 700, message
