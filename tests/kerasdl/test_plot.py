"""Plots draw what they are given, on the axes they are given, and show nothing."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
import pytest  # noqa: E402
from keras import ops  # noqa: E402

from kerasdl import activations, data, plot  # noqa: E402

pytestmark = pytest.mark.backend


@pytest.fixture(autouse=True)
def close_figures(monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("plt.show was called"))
    yield
    plt.close("all")


def test_learning_curves_pair_metric_and_validation():
    history = {"loss": [3, 2, 1], "val_loss": [4, 3, 2], "accuracy": [0, 0.5, 1]}
    axes = plot.learning_curves(history)
    lines = {line.get_label(): line for line in axes.lines}
    assert set(lines) == set(history)
    assert lines["val_loss"].get_linestyle() == "--"
    assert lines["val_loss"].get_color() == lines["loss"].get_color()
    assert lines["accuracy"].get_color() != lines["loss"].get_color()
    assert list(lines["loss"].get_xdata()) == [1, 2, 3]


def test_learning_curves_take_what_fit_returns():
    class History:
        history = {"loss": [1.0]}

    assert len(plot.learning_curves(History()).lines) == 1


def test_every_function_uses_the_axes_given():
    given = plt.figure().add_subplot()
    points, targets = data.xor()
    assert plot.learning_curves({"loss": [1]}, given) is given
    assert plot.decision_map(lambda x: x[:, 0], points, targets, given) is given
    assert plot.curves({"tanh": ops.tanh}, -1, 1, given) is given
    assert len(plt.get_fignums()) == 1


def seen_at(axes, x, y):
    """The class drawn at a place."""
    mesh = axes.collections[0]
    corners = mesh.get_coordinates()[:-1, :-1]
    distance = np.abs(corners - [x, y]).sum(axis=-1)
    return mesh.get_array().reshape(distance.shape)[
        np.unravel_index(distance.argmin(), distance.shape)
    ]


@pytest.mark.parametrize("columns", [0, 1, 3])
def test_decision_map_draws_the_class(columns):
    """Right of x = 0 is class 1 and left class 0, whatever the form of the scores."""

    def predict(x):
        assert x.dtype == np.float32
        right = ops.convert_to_tensor(x)[:, 0]
        if columns == 3:
            return ops.stack([-right, right, ops.zeros_like(right) - 9], axis=1)
        return ops.reshape(right, (-1, 1)) if columns else right

    points, targets = data.xor()
    axes = plot.decision_map(predict, points, targets)
    assert [seen_at(axes, -1, 1), seen_at(axes, 1, -1)] == [0, 1]
    np.testing.assert_array_equal(axes.collections[1].get_offsets(), points)


def test_decision_map_errors():
    with pytest.raises(ValueError, match=r"\(4, 3\), 4 labels"):
        plot.decision_map(len, np.ones((4, 3)), np.ones(4))


def test_curves_draw_the_functions():
    axes = plot.curves({"tanh": activations.tanh, "relu": activations.relu}, -2, 3)
    for line, expected in zip(
        axes.lines, (np.tanh, lambda x: x * (x > 0)), strict=True
    ):
        x, y = line.get_data()
        np.testing.assert_allclose([x.min(), x.max()], [-2, 3])
        np.testing.assert_allclose(y, expected(x), atol=1e-5)


def test_image_grid():
    images, labels = data.load()
    figure = plot.image_grid(images[:10], labels[:10], columns=4)
    assert len(figure.axes) == 10
    assert [axes.get_title() for axes in figure.axes] == [str(n) for n in labels[:10]]
    shown = np.squeeze(figure.axes[3].images[0].get_array())
    np.testing.assert_array_equal(shown, images[3, :, :, 0])
    assert figure.axes[3].images[0].get_clim() == (0, 1)


def test_image_grid_errors():
    with pytest.raises(ValueError, match="2 images, 1 titles"):
        plot.image_grid(np.zeros((2, 8, 8)), titles=["one"])
    with pytest.raises(ValueError, match="0 images"):
        plot.image_grid(np.zeros((0, 8, 8)))
