"""The hidden checks of the assignment on diffusion.

Samplers are tested with denoisers that the probes make, some of them exact, and with
recorders: what is compared is each step, not a distribution. Each check looks at one
idea and takes the rest of the answer as it is. One mistake so costs one idea.
"""

from autograder.checks import Limits

from . import (
    coin,
    ddim,
    ddim_sampling,
    ddpm,
    draw,
    embedding,
    forward,
    guidance,
    learning,
    loss,
    schedules,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (
    schedules,
    forward,
    embedding,
    draw,
    loss,
    coin,
    ddpm,
    ddim,
    ddim_sampling,
    guidance,
    learning,
)
checks = [check for problem in problems for check in problem.checks]

models = (
    "kerasdl.models.diffusion",
    "kerasdl.models.conditional_diffusion",
    "kerasdl.models.samplers",
)
forbids = {
    "schedules": ("kerasdl.noise_schedules",),
    "forward": models,
    "embedding": ("kerasdl.layers.timestep_embedding", "kerasdl.layers.positions"),
    "loss": models,
    "ddpm": models,
    "ddim": models,
    "guidance": models,
    "learning": models,
}
