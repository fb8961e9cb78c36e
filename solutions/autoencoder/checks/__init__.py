"""The hidden checks of the assignment on autoencoders.

Each looks at one idea and takes the rest of the answer as it is: a batch is compared
with the student's own single examples, a loss with their own terms, a gradient with
differences of their own values. One mistake so costs one idea.
"""

from autograder.checks import Limits

from . import (
    deep,
    elbo,
    generation,
    latent,
    linear,
    losses,
    path,
    subspaces,
    vq,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (losses, subspaces, linear, deep, latent, elbo, generation, path, vq)
checks = [check for problem in problems for check in problem.checks]
forbids = {
    "losses": ("kerasdl.losses", "kerasdl.divergences"),
    "subspaces": ("kerasdl.subspaces",),
    "linear": ("kerasdl.subspaces", "kerasdl.models"),
    "deep": ("kerasdl.models",),
    "latent": ("kerasdl.divergences", "kerasdl.layers", "kerasdl.models"),
    "elbo": ("kerasdl.divergences",),
    "vq": ("kerasdl.layers", "kerasdl.models"),
}
