"""The hidden checks of the assignment on the multilayer perceptron.

Each looks at one idea and takes the rest of the answer as it is: a hidden delta is
compared with what follows from the student's own output delta, a z with the student's
own z_in. One mistake so costs one idea.
"""

from autograder.checks import Limits

from . import (
    activations,
    approximation,
    backpropagation,
    classifier,
    forward,
    layer,
    losses,
    minibatches,
    one_cycle,
    softmax,
    stalls,
    training,
    xor,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

parts = (
    activations,
    softmax,
    losses,
    forward,
    backpropagation,
    stalls,
    minibatches,
    training,
    one_cycle,
    xor,
    approximation,
    layer,
    classifier,
)
checks = [check for part in parts for check in part.checks]

forbids = {
    "activations": ("kerasdl.activations",),
    "softmax": ("kerasdl.activations",),
    "losses": ("kerasdl.losses",),
    "training": ("kerasdl.training",),
    "layer": ("keras.layers.Dense", "kerasdl.layers.Dense"),
}
