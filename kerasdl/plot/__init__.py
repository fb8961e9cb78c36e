"""Plots for lessons. Each draws on the axes given, or on new ones, and returns them.

A plot that is a grid of pictures makes a figure of its own and returns that. Nothing
is shown: a notebook does it by itself, a script calls `matplotlib.pyplot.show()`.
"""

from kerasdl.plot.attention import attention_map, overlay
from kerasdl.plot.computation_graph import computation_graph
from kerasdl.plot.curves import curves
from kerasdl.plot.decision_map import decision_map
from kerasdl.plot.filters import feature_maps, filters
from kerasdl.plot.gradient_flow import gradient_flow
from kerasdl.plot.graph import graph
from kerasdl.plot.image_grid import image_grid
from kerasdl.plot.latent_space import latent_grid, latent_space
from kerasdl.plot.learning_curves import learning_curves
from kerasdl.plot.loss_surface import loss_surface
from kerasdl.plot.model_graph import model_graph
from kerasdl.plot.noise_schedule import noise_schedule
from kerasdl.plot.receptive_field import receptive_field
from kerasdl.plot.reliability_diagram import reliability_diagram
from kerasdl.plot.samples import histograms, point_clouds
from kerasdl.plot.state_graph import state_graph

__all__ = [
    "attention_map",
    "computation_graph",
    "curves",
    "decision_map",
    "feature_maps",
    "filters",
    "gradient_flow",
    "graph",
    "histograms",
    "image_grid",
    "latent_grid",
    "latent_space",
    "learning_curves",
    "loss_surface",
    "model_graph",
    "noise_schedule",
    "overlay",
    "point_clouds",
    "receptive_field",
    "reliability_diagram",
    "state_graph",
]
