"""kerasdl: deep learning written once, with Keras 3, for every backend.

    import kerasdl
    from kerasdl import activations, losses

    kerasdl.seed(0)
    x, y = kerasdl.data.load("digits")
    model = kerasdl.MLP(units=(64,), outputs=10)

The backend is the one that Keras is set to run on; kerasdl never changes it. Imported
on their own, so that this import stays quick: `kerasdl.augmentation`, `explain`,
`metrics`, `plot` (which loads matplotlib) and `recipes`.
"""

# First: it checks the backend before anything imports Keras.
from kerasdl.autodiff import grad, jit, value_and_grad  # isort: split

from kerasdl import activations, check, data, layers, losses, models, random, training
from kerasdl.data import Batches
from kerasdl.layers import Dense
from kerasdl.model import Model
from kerasdl.models import MLP
from kerasdl.seeding import GlorotUniform, HeNormal, Normal, seed

__version__ = "0.1.0"

__all__ = [
    "MLP",
    "Batches",
    "Dense",
    "GlorotUniform",
    "HeNormal",
    "Model",
    "Normal",
    "activations",
    "check",
    "data",
    "grad",
    "jit",
    "layers",
    "losses",
    "models",
    "random",
    "seed",
    "training",
    "value_and_grad",
]
