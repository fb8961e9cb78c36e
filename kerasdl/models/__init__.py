"""Models, each built from the layers of `kerasdl.layers`."""

from kerasdl.models.mlp import MLP

__all__ = ["MLP"]
