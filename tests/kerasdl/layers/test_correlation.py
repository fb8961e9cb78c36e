"""Correlation: the lecture's numbers, slow loops, padding and stride, errors."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from differences import slopes
from kerasdl.layers.correlation import (
    Correlation1D,
    Correlation2D,
    convolve,
    correlate,
)
from kerasdl.layers.filters import IDENTITY, LAPLACIAN

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def made(layer, x):
    """The layer built on x, the bias drawn at random too."""
    layer(x)
    layer.set_weights([draw(*w.shape, seed=i) for i, w in enumerate(layer.weights)])
    return layer


def padded(x, size, stride):
    """x with zeros at both ends of each inner axis, so that ceil(n / stride) fit."""
    widths = [(0, 0)]
    for n in x.shape[1:-1]:
        total = max((-(-n // stride) - 1) * stride + size - n, 0)
        widths.append((total // 2, total - total // 2))
    return np.pad(x, [*widths, (0, 0)])


def by_loops(x, kernel, bias, stride):
    """Correlation of images `(batch, height, width, channels)` from its definition."""
    size, _, _, filters = kernel.shape
    height, width = [(n - size) // stride + 1 for n in x.shape[1:3]]
    y = np.zeros((len(x), height, width, filters))
    for i in range(height):
        for j in range(width):
            for k in range(size):
                for m in range(size):
                    pixel = x[:, i * stride + k, j * stride + m]
                    y[:, i, j] += pixel @ kernel[k, m]
    return y + bias


def test_the_lectures_identity_example():
    image = [
        [22, 15, 1, 3, 60],
        [42, 5, 38, 39, 7],
        [28, 9, 4, 66, 79],
        [0, 2, 25, 12, 17],
        [9, 14, 2, 51, 3],
    ]
    inner = [[5, 38, 39], [9, 4, 66], [2, 25, 12]]
    np.testing.assert_allclose(numpy(correlate(image, IDENTITY)), inner)


def test_the_lectures_edge_example():
    image = np.full((5, 5), 10)
    image[0] = image[:, :2] = 1
    edges = [[9, -18, -9], [9, -9, 0], [9, -9, 0]]
    np.testing.assert_allclose(numpy(correlate(image, LAPLACIAN)), edges)


def test_correlation_slides_and_convolution_slides_the_flipped_kernel():
    signal, kernel = [1, 2, 3, 5], [1, 10, 100]
    np.testing.assert_allclose(numpy(correlate(signal, kernel)), [321, 532])
    np.testing.assert_allclose(numpy(convolve(signal, kernel)), [123, 235])


def test_convolution_is_that_of_numpy():
    signal, kernel = draw(9), draw(4, seed=1)
    expected = np.convolve(signal, kernel, "valid")
    np.testing.assert_allclose(numpy(convolve(signal, kernel)), expected, atol=1e-5)


def test_convolution_of_polynomials_is_their_product():
    padded_signal = np.pad([1, 2, 3], 1)  # (1 + 2 x + 3 x^2)(4 + 5 x)
    np.testing.assert_allclose(numpy(convolve(padded_signal, [4, 5])), [4, 13, 22, 15])


def test_correlation_finds_a_pulse():
    pulse = np.array([1.0, -2.0, 3.0, 1.0])
    signal = np.zeros(30)
    signal[17:21] = pulse
    assert numpy(correlate(signal, pulse)).argmax() == 17


@pytest.mark.parametrize(
    "signal, kernel", [(np.ones(3), np.ones(4)), (np.ones((3, 3)), np.ones(2))]
)
def test_a_kernel_that_does_not_fit_is_an_error(signal, kernel):
    with pytest.raises(ValueError, match="fits into it.*Received: a signal of shape"):
        correlate(signal, kernel)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_2d_is_the_sum(size, stride, padding):
    x = draw(2, 7, 5, 3)
    layer = made(Correlation2D(4, size, stride, padding), x)
    kernel, bias = map(numpy, layer.weights)
    expected = by_loops(
        padded(x, size, stride) if padding == "same" else x, kernel, bias, stride
    )
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-4)
    assert layer.compute_output_shape(x.shape) == expected.shape


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_1d_is_2d_with_a_flat_image(padding):
    x = draw(2, 9, 3)
    layer = made(Correlation1D(4, 3, 2, padding), x)
    kernel, bias = map(numpy, layer.weights)
    x_padded = padded(x, 3, 2) if padding == "same" else x
    expected = np.stack(
        [
            np.einsum("bkc,kcf->bf", x_padded[:, n : n + 3], kernel) + bias
            for n in range(0, x_padded.shape[1] - 2, 2)
        ],
        axis=1,
    )
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)
    assert layer.compute_output_shape(x.shape) == expected.shape


def test_one_channel_one_filter_is_correlate():
    image = draw(6, 5)
    layer = made(Correlation2D(1, 3, use_bias=False), image[None, :, :, None])
    y = numpy(layer(image[None, :, :, None]))[0, :, :, 0]
    expected = numpy(correlate(image, layer.kernel[:, :, 0, 0]))
    np.testing.assert_allclose(y, expected, atol=1e-5)


def test_one_by_one_is_a_dense_layer_per_pixel():
    x = draw(2, 3, 4, 5)
    layer = made(Correlation2D(6, 1, activation="tanh"), x)
    kernel, bias = map(numpy, layer.weights)
    expected = np.tanh(x @ kernel[0, 0] + bias)
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)


def test_moves_with_its_input():
    x = np.zeros((1, 8, 8, 1), "float32")
    x[0, 2:5, 2:5] = draw(3, 3, 1)
    layer = made(Correlation2D(2, 3, padding="same"), x)
    moved = numpy(layer(np.roll(x, (1, 2), axis=(1, 2))))
    np.testing.assert_allclose(
        moved[:, 1:, 2:], numpy(layer(x))[:, :-1, :-2], atol=1e-5
    )


def test_gradient():
    layer = made(Correlation2D(2, 3, 2, "same", "tanh"), draw(1, 4, 5, 2))
    x = draw(1, 4, 5, 2, seed=5)

    def loss(x):
        return ops.sum(ops.square(layer(x)))

    gradient = numpy(kerasdl.grad(loss)(x))
    np.testing.assert_allclose(gradient, slopes(loss, x), atol=1e-2)


def test_number_of_parameters():
    layer = Correlation2D(4, 3)
    layer.build((None, None, None, 2))
    assert layer.count_params() == (9 * 2 + 1) * 4
    layer = Correlation1D(4, 3, use_bias=False)
    layer.build((None, None, 2))
    assert layer.count_params() == 3 * 2 * 4


def test_any_size_of_image_goes_through_the_same_filters():
    layer = Correlation2D(2, 3)
    outputs = layer(keras.Input((None, None, 1)))
    assert outputs.shape == (None, None, None, 2)
    assert layer(draw(1, 9, 4, 1)).shape == (1, 7, 2, 2)


def test_config_holds_all_arguments():
    layer = Correlation2D(2, 3, 2, "same", "elu", False, kerasdl.HeNormal(3))
    again = Correlation2D.from_config(layer.get_config())
    again.build((None, 4, 4, 1))
    layer.build((None, 4, 4, 1))
    np.testing.assert_array_equal(numpy(again.kernel), numpy(layer.kernel))
    assert again.get_config() == layer.get_config()


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"filters": 0, "kernel_size": 3}, "filters=0"),
        ({"filters": 2, "kernel_size": 1.5}, "kernel_size=1.5"),
        ({"filters": 2, "kernel_size": 3, "stride": True}, "stride=True"),
        ({"filters": 2, "kernel_size": 3, "padding": "full"}, "padding='full'"),
        ({"filters": 2, "kernel_size": 3, "activation": "relux"}, "relux"),
    ],
)
def test_wrong_arguments_are_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        Correlation2D(**arguments)


@pytest.mark.parametrize("shape", [(2, 8, 8), (2, 8, 8, None), (2, 2, 8, 1)])
def test_wrong_inputs_are_errors(shape):
    with pytest.raises(ValueError, match=r"Correlation2D needs inputs.*Received"):
        Correlation2D(2, 3).build(shape)
