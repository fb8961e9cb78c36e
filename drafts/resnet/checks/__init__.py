"""The hidden checks of the assignment on residual networks.

Each looks at one idea and takes the rest of the answer as it is: a branch is what a
block adds to its own shortcut, a step of the stream begins with the student's own
stream, gradients are judged whatever the loss is multiplied by. One mistake so costs
one idea.
"""

from autograder.checks import Limits

from . import (
    adapter,
    block,
    block_modes,
    block_sum,
    gradients,
    model,
    norms,
    plan,
    stream,
    transfer,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (
    block,
    block_modes,
    block_sum,
    stream,
    plan,
    model,
    gradients,
    norms,
    transfer,
    adapter,
)
checks = [check for problem in problems for check in problem.checks]

forbids = {
    "block": ("kerasdl.layers", "kerasdl.models"),
    "resnet": ("kerasdl.models",),
    "norms": ("kerasdl.training",),
    "transfer": ("kerasdl.training",),
    "adapter": ("kerasdl.layers",),
}
