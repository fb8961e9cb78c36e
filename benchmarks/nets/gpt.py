"""GPT, two blocks of size 64, on 32 tokens out of 64, batches of 16."""

import keras
import keras_tokens as tokens
import numpy as np

from kerasdl.models.gpt import GPT

STEPS, BATCH = 20, 16
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
VOCABULARY, CONTEXT, DIM, DEPTH, HEADS = 64, 32, 64, 2, 4


def data():
    random = np.random.default_rng(0)
    windows = random.integers(VOCABULARY, size=(STEPS * BATCH, CONTEXT + 1))
    windows = windows.astype("int32")
    return windows[:, :-1], windows[:, 1:]


def ours():
    return GPT(VOCABULARY, CONTEXT, DIM, DEPTH, HEADS)


def keras_layers():
    inputs = keras.Input((CONTEXT,), dtype="int32")
    embedding = keras.layers.ReversibleEmbedding(VOCABULARY, DIM)
    x = tokens.Positions()(embedding(inputs))
    for _ in range(DEPTH):
        x = tokens.transformer_block(x, DIM, HEADS, 4 * DIM, causal=True)
    x = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    return keras.Model(inputs, embedding(x, reverse=True))
