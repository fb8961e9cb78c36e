"""Patches, the class token, positions and token embeddings."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl.layers.patches import ClassToken, PatchEmbedding, cut_patches
from kerasdl.layers.positions import (
    LearnedPositions,
    SinusoidalPositions,
    sinusoids,
)
from kerasdl.layers.token_embedding import TokenEmbedding

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def test_patches_by_hand():
    image = np.arange(16, dtype="float32").reshape(1, 4, 4, 1)
    expected = [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]
    np.testing.assert_array_equal(numpy(cut_patches(image, 2))[0], expected)


def test_patches_equal_slices():
    images = draw(2, 4, 6, 3)
    received = numpy(cut_patches(images, 2))
    places = [(i, j) for i in (0, 2) for j in (0, 2, 4)]
    for token, (i, j) in enumerate(places):
        expected = images[:, i : i + 2, j : j + 2].reshape(2, -1)
        np.testing.assert_array_equal(received[:, token], expected)


def test_patch_embedding_is_a_convolution():
    images, layer = draw(2, 4, 6, 3), PatchEmbedding(2, 5)
    received = numpy(layer(images))
    kernel = numpy(layer.dense.kernel).reshape(2, 2, 3, 5)
    expected = numpy(ops.conv(images, kernel, strides=2, padding="valid"))
    np.testing.assert_allclose(received, expected.reshape(2, 6, 5), atol=1e-5)
    assert layer.compute_output_shape((None, 4, 6, 3)) == (None, 6, 5)


def test_class_token_comes_first():
    x, layer = draw(3, 4, 5), ClassToken()
    outputs = numpy(layer(x))
    np.testing.assert_array_equal(outputs[:, 1:], x)
    token = numpy(layer.token)[0, 0]
    assert token.any()
    np.testing.assert_array_equal(outputs[:, 0], np.stack([token] * 3))


def test_learned_positions_of_shorter_inputs_are_the_first():
    x, layer = draw(2, 4, 6), LearnedPositions(length=5)
    learned = numpy(layer(x)) - x
    np.testing.assert_allclose(learned[0], learned[1], atol=1e-6)
    assert len(np.unique(learned[0].round(5), axis=0)) == 4
    short = numpy(layer(x[:, :2])) - x[:, :2]
    np.testing.assert_allclose(short[0], learned[0, :2], atol=1e-6)


def test_sinusoids_by_hand_and_as_clocks():
    table = numpy(sinusoids(50, 6))
    for place in (0, 1, 7, 49):
        for i in range(3):
            angle = place / 10000 ** (2 * i / 6)
            assert table[place, 2 * i] == pytest.approx(math.sin(angle), abs=1e-5)
            assert table[place, 2 * i + 1] == pytest.approx(math.cos(angle), abs=1e-5)
    products = table @ table.T
    for gap in (0, 3, 20):  # the product of two places depends on their distance
        np.testing.assert_allclose(np.diag(products, gap), products[0, gap], atol=1e-4)


def test_sinusoidal_positions_of_any_length():
    layer = SinusoidalPositions()
    for tokens in (3, 8):
        x = draw(2, tokens, 4)
        expected = x + numpy(sinusoids(tokens, 4))
        np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-6)
    assert layer.count_params() == 0


def test_token_embedding_and_its_logits():
    layer, tokens = TokenEmbedding(5, 3), np.array([[4, 0], [2, 2]])
    vectors = numpy(layer(tokens))
    matrix = numpy(layer.matrix)
    np.testing.assert_array_equal(vectors, matrix[tokens])
    x = draw(2, 4, 3)
    np.testing.assert_allclose(numpy(layer.logits(x)), x @ matrix.T, atol=1e-6)
    assert layer.count_params() == 15


def test_the_number_of_tokens_may_be_unknown():
    inputs = keras.Input((None, 4))
    model = keras.Model(inputs, SinusoidalPositions()(LearnedPositions(7)(inputs)))
    for tokens in (2, 7):
        assert model.predict(draw(2, tokens, 4), verbose=0).shape == (2, tokens, 4)


def test_errors():
    with pytest.raises(ValueError, match="patch=3, images of 4 x 6"):
        PatchEmbedding(3, 5)(draw(1, 4, 6, 1))
    with pytest.raises(ValueError, match=r"batch, height, width.*\(4, 6, 1\)"):
        PatchEmbedding(2, 5)(draw(4, 6, 1))
    with pytest.raises(ValueError, match="patch=0"):
        PatchEmbedding(0, 5)
    with pytest.raises(ValueError, match="ClassToken.*batch, tokens, dim"):
        ClassToken()(draw(4, 6))
    layer = LearnedPositions(length=3)
    layer(draw(1, 3, 2))
    with pytest.raises(ValueError, match="3 positions.*4 tokens"):
        layer(draw(1, 4, 2))
    with pytest.raises(ValueError, match="Give the length"):
        LearnedPositions()(keras.Input((None, 4)))
    with pytest.raises(ValueError, match="even dim"):
        SinusoidalPositions()(draw(1, 2, 3))
    with pytest.raises(ValueError, match="vocabulary=0"):
        TokenEmbedding(0, 3)
