"""What holds for every plot: axes, labels, figures, tensors, no pyplot state."""

import inspect

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kerasdl import plot
from kerasdl.computation_graph import Number

pytestmark = pytest.mark.backend

SQUARE = np.array([[0.5, 0.5], [0.25, 0.75]], "float32")
EXAMPLES = {
    "attention_map": (SQUARE, ["a", "b"]),
    "computation_graph": (Number(2.0, "a") * 3,),
    "curves": ({"twice": lambda x: 2 * x}, -1, 1),
    "decision_map": (lambda x: x[:, 0], SQUARE, [0, 1]),
    "feature_maps": (np.zeros((4, 4, 3), "float32"),),
    "filters": (np.ones((3, 3, 2, 4), "float32"),),
    "gradient_flow": ({"plain": np.array([1.0, 0.1])},),
    "graph": (np.array([[0, 1], [1, 0]]),),
    "histograms": ({"before": np.arange(9.0)},),
    "image_grid": (np.zeros((3, 8, 8)),),
    "latent_grid": (lambda codes: np.zeros((len(codes), 4, 4)),),
    "latent_space": (SQUARE, [0, 1]),
    "learning_curves": ({"loss": [2, 1]},),
    "loss_surface": (lambda a, b: a * a + b * b, -1, 1, 5),
    "model_graph": (keras.Sequential([keras.Input((3,)), keras.layers.ReLU()]),),
    "noise_schedule": ({"linear": np.linspace(0.9, 0.1, 5)},),
    "overlay": (np.zeros((8, 8, 1)), SQUARE),
    "point_clouds": ({"real": SQUARE},),
    "receptive_field": ([3, 3],),
    "reliability_diagram": (SQUARE, np.array([0, 1])),
    "state_graph": (SQUARE, "AB"),
}
GRIDS = {"feature_maps", "filters", "image_grid"}
NETWORKS = {"computation_graph", "graph", "model_graph", "state_graph"}


def test_every_plot_is_tried():
    assert sorted(EXAMPLES) == sorted(plot.__all__)


@pytest.mark.parametrize("name", EXAMPLES)
def test_one_figure_is_made_and_returned(name):
    drawn = getattr(plot, name)(*EXAMPLES[name])
    assert isinstance(drawn, Figure if name in GRIDS else Axes)
    figure = drawn if name in GRIDS else drawn.figure
    assert plt.get_fignums() == [figure.number]
    figure.canvas.draw()


@pytest.mark.parametrize("name", set(EXAMPLES) - GRIDS)
def test_axes_given_are_used_and_labelled(name):
    figure = plt.figure()
    given = figure.add_subplot()
    assert getattr(plot, name)(*EXAMPLES[name], axes=given) is given
    assert plt.get_fignums() == [figure.number]
    if name not in NETWORKS:
        assert given.get_xlabel() and given.get_ylabel()


@pytest.mark.parametrize("name", set(EXAMPLES) - GRIDS - NETWORKS)
def test_nothing_is_cut_off(name):
    axes = getattr(plot, name)(*EXAMPLES[name])
    axes.figure.canvas.draw()
    box, whole = axes.get_tightbbox(), axes.figure.bbox
    assert whole.x0 <= box.x0 and box.x1 <= whole.x1 + 1
    assert whole.y0 <= box.y0 and box.y1 <= whole.y1 + 1


@pytest.mark.parametrize("name", set(EXAMPLES))
def test_tensors_are_drawn_as_arrays_are(name):
    def tensors(value):
        if isinstance(value, np.ndarray):
            return keras.ops.convert_to_tensor(value)
        return (
            {k: tensors(v) for k, v in value.items()}
            if name != "curves" and (isinstance(value, dict))
            else value
        )

    if name != "decision_map":  # its points come from a data set
        getattr(plot, name)(*(tensors(value) for value in EXAMPLES[name]))


WRONG = {
    "attention_map": (SQUARE, ["a", "b", "c"]),
    "computation_graph": (2.0,),
    "decision_map": (lambda x: x[:, 0], SQUARE, [0, 1, 2]),
    "feature_maps": (np.zeros((1, 4, 4, 3)),),
    "filters": (np.zeros((3, 3)),),
    "gradient_flow": ({"plain": [-1.0]},),
    "graph": (np.zeros((2, 3)),),
    "histograms": ({"before": [np.nan]},),
    "image_grid": (np.zeros((8, 8)),),
    "latent_grid": (lambda codes: np.zeros((len(codes), 16)),),
    "latent_space": (np.zeros((2, 3)), [0, 1]),
    "loss_surface": (lambda a, b: a, 1, -1),
    "model_graph": (lambda x: x,),
    "noise_schedule": ({"linear": [1.5]},),
    "overlay": (np.zeros((8, 8, 2)), SQUARE),
    "point_clouds": ({"real": np.zeros((2, 8, 8))},),
    "receptive_field": ([3], [1, 1]),
    "reliability_diagram": (np.array([[2.0, -0.5]]), np.array([0])),
    "state_graph": (np.array([[0.5, 0.6], [0, 1]]), "AB"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments_are_named_and_leave_no_figure(name):
    with pytest.raises(ValueError, match=r"Expected .* Received: .*\. [A-Z]"):
        getattr(plot, name)(*WRONG[name])
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("attention_map", (-SQUARE, "ab")),
        ("filters", (np.zeros((0, 3, 1, 1)),)),
        ("gradient_flow", ({},)),
        ("histograms", ({"before": []},)),
        ("latent_grid", (lambda codes: codes, 1, 1)),
        ("loss_surface", (lambda a, b: float("nan"),)),
        ("receptive_field", ([],)),
        ("receptive_field", ([0],)),
        ("reliability_diagram", (SQUARE, np.array([[0], [1]]))),
        ("state_graph", (np.array([[1.5, -0.5], [0, 1]]), "AB")),
    ],
)
def test_more_wrong_arguments(name, arguments):
    with pytest.raises(ValueError, match="Received: "):
        getattr(plot, name)(*arguments)
    assert plt.get_fignums() == []


def test_every_function_says_what_it_draws():
    for name in plot.__all__:
        function = getattr(plot, name)
        assert inspect.isfunction(function) and len(function.__doc__) > 80
