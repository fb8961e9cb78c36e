"""A case per public layer and model: what the general tests need to know of it.

Each file here has a list `CASES`. From a case `tests/kerasdl/test_cases.py` tests on
one backend what holds for all layers and models (saving, compiled training, batches of
any size, mixed precision, number of parameters); `tests/parity` compares the backends.
"""

import dataclasses
import importlib
import pkgutil
from collections.abc import Callable


@dataclasses.dataclass
class Case:
    """A layer or model and inputs for it.

    Args:
        name: unique, such as "multi_head_attention".
        build: returns a new layer or model; `kerasdl.seed(0)` is called before.
        inputs: maps a NumPy generator to what `call` takes first: an array or a nest of
            arrays whose first axis is a batch of 4. With `several`, a tuple of the
            positional arguments of `call` (layers only).
        parameters: the number of weights, from the formula in the docstring.
        targets: maps a NumPy generator to the targets `(4, ...)` of a model.
        loss: of a model with targets, maps (targets, outputs) to a loss per example;
            None for layers and for models with a `compute_loss` of their own.
        several: see `inputs`.
        gates: a ReLU follows a batch normalisation: gradients may differ by 1e-2 of the
            largest between backends, because gates flip at 0.
        integers: the outputs are integers; nothing is trained.
    """

    name: str
    build: Callable
    inputs: Callable
    parameters: int
    targets: Callable | None = None
    loss: Callable | None = None
    several: bool = False
    gates: bool = False
    integers: bool = False


def all_cases() -> list[Case]:
    """The cases of all files beside this one."""
    files = [file.name for file in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in files]
    return [case for module in modules for case in getattr(module, "CASES", [])]
