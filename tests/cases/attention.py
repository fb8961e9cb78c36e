"""Attention, transformers, and the networks that do without."""

import keras

from cases import Case
from kerasdl.layers.feed_forward import FeedForward
from kerasdl.layers.gmlp_block import GMLPBlock, SpatialGatingUnit
from kerasdl.layers.kernel_smoother import KernelSmoother
from kerasdl.layers.mixer_block import MixerBlock
from kerasdl.layers.multi_head_attention import MultiHeadAttention
from kerasdl.layers.patches import ClassToken, PatchEmbedding
from kerasdl.layers.performer import Performer
from kerasdl.layers.positions import LearnedPositions, SinusoidalPositions
from kerasdl.layers.token_embedding import TokenEmbedding
from kerasdl.layers.transformer_block import TransformerBlock
from kerasdl.models.gmlp import GMLP
from kerasdl.models.gpt import GPT
from kerasdl.models.mixer import Mixer
from kerasdl.models.vit import ViT


def tokens(random):
    return random.normal(size=(4, 5, 8)).astype("float32")


def two_sources(random):
    return tokens(random), random.normal(size=(4, 3, 6)).astype("float32")


def images(random):
    return random.normal(size=(4, 4, 6, 2)).astype("float32")


def labels(random):
    return random.integers(3, size=4)


def words(random):
    return random.integers(7, size=(4, 5)).astype("int32")


def cross_entropy(targets, logits):
    return keras.losses.sparse_categorical_crossentropy(
        targets, logits, from_logits=True
    )


ATTENTION = 4 * 8 * 9
BLOCK = ATTENTION + (2 * 8 * 12 + 12 + 8) + 4 * 8
MIXER = (2 * 6 * 10 + 10 + 6) + (2 * 8 * 12 + 12 + 8) + 4 * 8
GATE = 6 * 6 + 6 + 12
GATED = (8 * 12 + 12) + (12 * 8 // 2 + 8) + GATE + 2 * 8
PATCHES = 2 * 2 * 2 * 8 + 8
END = 2 * 8 + (8 + 1) * 3

CASES = [
    Case("kernel_smoother", KernelSmoother, tokens, 0),
    Case("feed_forward", lambda: FeedForward(12), tokens, 2 * 8 * 12 + 12 + 8),
    Case("multi_head_attention", lambda: MultiHeadAttention(8, 2), tokens, ATTENTION),
    Case(
        "cross_attention",
        lambda: MultiHeadAttention(4, 2),
        two_sources,
        parameters=4 * (8 + 2 * 6 + 4 + 4),
        several=True,
    ),
    Case(
        "causal_attention",
        lambda: MultiHeadAttention(8, 4, causal=True),
        tokens,
        parameters=ATTENTION,
    ),
    Case("performer", lambda: Performer(8, 2, 16), tokens, ATTENTION + 16 * 4),
    Case("patch_embedding", lambda: PatchEmbedding(2, 8), images, PATCHES),
    Case("class_token", ClassToken, tokens, 8),
    Case("learned_positions", LearnedPositions, tokens, 5 * 8),
    Case("sinusoidal_positions", SinusoidalPositions, tokens, 0),
    Case("token_embedding", lambda: TokenEmbedding(7, 8), words, 7 * 8),
    Case("transformer_block", lambda: TransformerBlock(8, 2, 12), tokens, BLOCK),
    Case(
        "mixer_block",
        lambda: MixerBlock(10, 12),
        tokens,
        parameters=(2 * 5 * 10 + 10 + 5) + (2 * 8 * 12 + 12 + 8) + 4 * 8,
    ),
    Case("spatial_gating_unit", SpatialGatingUnit, tokens, 5 * 5 + 5 + 8),
    Case(
        "gmlp_block",
        lambda: GMLPBlock(8, 12),
        tokens,
        parameters=(8 * 12 + 12) + (12 * 8 // 2 + 8) + (5 * 5 + 5 + 12) + 2 * 8,
    ),
    Case(
        "vit",
        lambda: ViT(patch=2, dim=8, depth=2, heads=2, units=12, classes=3),
        images,
        parameters=PATCHES + 8 + (6 + 1) * 8 + 2 * BLOCK + END,
        targets=labels,
        loss=cross_entropy,
    ),
    Case(
        "vit_without_class_token",
        lambda: ViT(2, 8, 1, 2, 12, 3, pool="mean", positions="sinusoidal"),
        images,
        parameters=PATCHES + BLOCK + END,
        targets=labels,
        loss=cross_entropy,
    ),
    Case(
        "mixer",
        lambda: Mixer(2, 8, 2, token_units=10, channel_units=12, classes=3),
        images,
        parameters=PATCHES + 2 * MIXER + END,
        targets=labels,
        loss=cross_entropy,
    ),
    Case(
        "gmlp",
        lambda: GMLP(2, 8, 2, units=12, classes=3),
        images,
        parameters=PATCHES + 2 * GATED + END,
        targets=labels,
        loss=cross_entropy,
    ),
    Case(
        "gpt",
        lambda: GPT(vocabulary=7, context=6, dim=8, depth=2, heads=2, units=12),
        words,
        parameters=7 * 8 + 6 * 8 + 2 * BLOCK + 2 * 8,
        targets=words,
        loss=cross_entropy,
    ),
]
