"""The hidden checks of the assignment on generative adversarial networks.

No check trains anything: values, gradients, single steps and given samples are
compared. Each looks at one idea and takes the rest of the answer as it is: a batch is
compared with the student's own single examples, an edge with their own value beside it.
One mistake so costs one idea.
"""

from autograder.checks import Limits

from . import (
    best,
    coin,
    collapse,
    conditional_losses,
    distances,
    gradients,
    images,
    losses,
    rounds,
    sampling,
    step,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (
    sampling,
    losses,
    gradients,
    best,
    coin,
    step,
    rounds,
    images,
    conditional_losses,
    distances,
    collapse,
)
checks = [check for problem in problems for check in problem.checks]

forbids = {
    "losses": ("kerasdl.adversarial",),
    "gradients": ("kerasdl.adversarial", "kerasdl.divergences"),
    "coin": ("kerasdl.adversarial",),
    "step": ("kerasdl.models", "kerasdl.training"),
    "conditional": ("kerasdl.models", "kerasdl.adversarial"),
    "distances": ("kerasdl.metrics",),
    "collapse": ("kerasdl.metrics",),
}
