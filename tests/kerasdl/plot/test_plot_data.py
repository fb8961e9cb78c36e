"""Plots hold the numbers that they were given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import ops
from matplotlib.colors import to_rgb

from kerasdl import plot
from kerasdl.plot import canvas

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)


def shown(axes):
    return np.asarray(axes.images[0].get_array())


def test_filters_stand_in_rows_of_inputs():
    kernels = random.normal(size=(3, 5, 2, 4))
    figure = plot.filters(kernels)
    tiles = figure.axes[:8]
    for index, axes in enumerate(tiles):
        expected = kernels[:, :, index // 4, index % 4]
        np.testing.assert_array_equal(shown(axes), expected)
        low, high = axes.images[0].get_clim()
        assert low == -high == -np.abs(kernels).max()
    assert [axes.get_title() for axes in tiles[:4]] == [f"output {n}" for n in range(4)]
    assert figure.axes[8].get_ylabel() == "weight"


def test_filters_of_zeros():
    plot.filters(np.zeros((3, 3, 1, 1))).canvas.draw()


def test_feature_maps_share_a_scale():
    maps = random.normal(size=(6, 4, 5))
    figure = plot.feature_maps(maps, columns=2)
    for channel, axes in enumerate(figure.axes[:5]):
        np.testing.assert_array_equal(shown(axes), maps[:, :, channel])
        assert axes.images[0].get_clim() == (maps.min(), maps.max())


def test_attention_map_writes_the_weights_and_leaves_masked_ones_out():
    weights = np.array([[1, 0], [0.25, 0.75]])
    axes = plot.attention_map(weights, ["the", "cat"])
    np.testing.assert_array_equal(shown(axes), weights)
    assert [text.get_text() for text in axes.texts] == ["1.00", "0.25", "0.75"]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["the", "cat"]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["the", "cat"]


def test_attention_of_many_tokens_has_no_numbers():
    axes = plot.attention_map(np.full((9, 9), 1 / 9), range(9))
    assert len(axes.texts) == 0


def test_cross_attention_has_its_own_keys():
    axes = plot.attention_map(np.array([[0.2, 0.3, 0.5]]), ["q"], ["x", "y", "z"])
    assert [t.get_text() for t in axes.get_xticklabels()] == ["x", "y", "z"]


def test_overlay_covers_the_whole_image():
    image, heat = random.random((8, 12, 1)), random.random((2, 3))
    axes = plot.overlay(image, heat)
    np.testing.assert_array_equal(np.squeeze(shown(axes)), image[..., 0])
    np.testing.assert_array_equal(axes.images[1].get_array(), heat)
    assert axes.images[0].get_extent() == list(axes.images[1].get_extent())


def test_latent_space_has_a_mark_per_label():
    codes, labels = random.normal(size=(30, 2)), np.repeat([7, 3, 5], 10)
    axes = plot.latent_space(codes, labels)
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["3", "5", "7"]
    for drawn, label in zip(axes.collections, [3, 5, 7], strict=True):
        np.testing.assert_array_equal(drawn.get_offsets(), codes[labels == label])


def test_latent_grid_shows_each_code_where_it_lies():
    """An image of one pixel whose value is a function of the code."""

    def decode(codes):
        assert tuple(codes.shape) == (9, 2)
        x, y = codes[:, 0], codes[:, 1]
        return ops.reshape((x + 3 * y + 4) / 8, (-1, 1, 1))

    axes = plot.latent_grid(decode, -1, 1, columns=3)
    image, expected = shown(axes), [[0.75, 0.875, 1], [0.375, 0.5, 0.625]]
    np.testing.assert_allclose(image[:2], expected, atol=1e-6)
    assert tuple(axes.images[0].get_extent()) == (-1.5, 1.5, -1.5, 1.5)


def test_point_clouds_have_two_markers():
    real, fake = random.normal(size=(2, 20, 2))
    axes = plot.point_clouds({"real": real, "generated": fake})
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), real)
    np.testing.assert_array_equal(axes.collections[1].get_offsets(), fake)
    paths = [drawn.get_paths()[0].vertices.shape for drawn in axes.collections]
    assert paths[0] != paths[1]


def test_histograms_share_bins_and_have_area_one():
    samples = {"before": random.normal(3, 2, (50, 4)), "after": random.normal(size=90)}
    axes = plot.histograms(samples, bins=10)
    for drawn, (name, x) in zip(axes.patches, samples.items(), strict=True):
        heights, edges, _ = drawn.get_data()
        expected = np.histogram(x, edges, density=True)[0]
        np.testing.assert_allclose(heights, expected)
        assert (heights * np.diff(edges)).sum() == pytest.approx(1)
        assert drawn.get_label() == f"{name}: {x.mean():.2f} ± {x.std():.2f}"


def test_histograms_of_coins():
    axes = plot.histograms({"real": np.array([True, False, True, True])})
    assert axes.patches[0].get_label() == "real: 0.75 ± 0.43"


def test_gradient_flow_is_logarithmic_over_layers():
    axes = plot.gradient_flow({"plain": [1e-6, 1e-3, 1.0], "residual": [1.0, 1.0]})
    assert axes.get_yscale() == "log"
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [1e-6, 1e-3, 1.0])
    assert axes.lines[1].get_linestyle() != axes.lines[0].get_linestyle()


def test_noise_schedule_draws_both_factors():
    signal = np.array([0.99, 0.5, 0.0])
    data, noise = plot.noise_schedule({"linear": signal}).lines
    np.testing.assert_allclose(data.get_ydata() ** 2, signal)
    np.testing.assert_allclose(data.get_ydata() ** 2 + noise.get_ydata() ** 2, 1)


def test_reliability_diagram_counts_hits_per_tenth():
    probabilities = np.array([[0.95, 0.05], [0.05, 0.95], [0.1, 0.9], [0.4, 0.6]])
    axes = plot.reliability_diagram(probabilities, np.array([0, 0, 1, 1]))
    bars = {round(bar.get_x() + bar.get_width() / 2, 2): bar for bar in axes.patches}
    heights = {middle: bar.get_height() for middle, bar in bars.items()}
    assert heights == {0.55: 1.0, 0.85: 1.0, 0.95: 0.5}
    assert [text.get_text() for text in axes.texts] == ["1", "1", "2"]


def test_loss_surface_asks_for_the_places_that_it_draws():
    asked = []

    def loss(a, b):
        asked.append((a, b))
        return a**2 + 10 * b if a < 0.9 else float("inf")

    axes = plot.loss_surface(loss, -1, 1, points=3)
    assert sorted(asked) == [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), [[0, 0]])


@pytest.mark.parametrize(
    ("sizes", "strides", "inputs"),
    [([3], None, 3), ([3, 3, 3], None, 7), ([3, 2, 3], [1, 2, 1], 8), ([5], [2], 5)],
)
def test_receptive_field_is_the_formula(sizes, strides, inputs):
    axes = plot.receptive_field(sizes, strides)
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [len(dots[0].get_xdata()), len(dots[-1].get_xdata())] == [inputs, 1]
    assert axes.get_yticklabels()[0].get_text() == f"input: {inputs}"
    wires = sum(line.get_marker() != "o" for line in axes.lines)
    above = [len(line.get_xdata()) for line in dots[1:]]
    assert wires == sum(n * size for n, size in zip(above, sizes, strict=True))


def test_colours_differ_in_grey_too_or_in_their_marker():
    looks = [(canvas.colour(n), canvas.marker(n)) for n in range(35)]
    assert len(set(looks)) == 35
    grey = [np.dot(to_rgb(c), [0.299, 0.587, 0.114]) for c in canvas.COLOURS]
    assert max(grey) < 0.75, "too pale for white paper"
    assert plt.get_fignums() == []
