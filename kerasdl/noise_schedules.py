"""Noise schedules of diffusion: how much noise each step of the forward process adds.

A schedule is its betas, float32 `(steps,)` in (0, 1): step t keeps sqrt(1 - beta_t) of
the data and adds noise of variance beta_t. What is left of the data after step t is
sqrt(alpha_bar_t), with alpha_bar_t = prod_{s <= t} (1 - beta_s). Steps count from 0, so
`betas[0]` is the paper's beta_1.

Sampling starts from pure noise, so the last alpha_bar must be near 0. The lecture's
coin takes 50 linear steps from 1e-4 to 0.02, made for 1000: alpha_bar ends at 0.603,
and the generated coin shows heads 0.40 of the time instead of 0.30.
"""

import numpy as np

from kerasdl.arguments import check_whole

LARGEST_TERMINAL = 0.05


def linear(steps: int, first: float = 1e-4, last: float = 0.02) -> np.ndarray:
    """Betas that grow evenly from `first` to `last`; the defaults suit 1000 steps.

    Source: Ho et al. 2020, https://arxiv.org/abs/2006.11239, section 4.
    """
    check_whole("A schedule", steps=steps)
    return checked(np.linspace(first, last, steps))


def cosine(steps: int, offset: float = 0.008, largest: float = 0.999) -> np.ndarray:
    """Betas for which alpha_bar falls as a squared cosine; for any number of steps.

    alpha_bar_t = f(t) / f(0) with f(t) = cos^2(pi/2 (t / steps + s) / (1 + s)), where s
    is the offset; beta is at most `largest`, since the last one would be 1.
    Source: Nichol and Dhariwal 2021, https://arxiv.org/abs/2102.09672, section 3.2.
    """
    check_whole("A schedule", steps=steps)
    time = np.arange(steps + 1) / steps
    left = np.cos(np.pi / 2 * (time + offset) / (1 + offset)) ** 2
    return checked(np.minimum(1 - left[1:] / left[:-1], largest))


def alpha_bars(betas: np.ndarray) -> np.ndarray:
    """Betas `(steps,)` to alpha_bar, the share of the data's variance left, float64."""
    return np.cumprod(1 - np.asarray(betas, "float64"))


def terminal(betas: np.ndarray) -> float:
    """The last alpha_bar, in (0, 1): near 0 if the forward process ends in noise."""
    return float(alpha_bars(betas)[-1])


def check_terminal(betas: np.ndarray) -> None:
    """Raise a ValueError unless the last alpha_bar is at most `LARGEST_TERMINAL`."""
    left = terminal(betas)
    if left <= LARGEST_TERMINAL:
        return
    raise ValueError(
        "Sampling starts from pure noise, so the schedule must end near it: expected a "
        f"last alpha_bar of at most {LARGEST_TERMINAL}. Received: {len(betas)} betas "
        f"with a last alpha_bar of {left:.3f}. Use noise_schedules.cosine"
        f"({len(betas)}), more steps, or larger betas; to keep these, write "
        "allow_signal=True."
    )


def checked(betas: np.ndarray) -> np.ndarray:
    """The betas as float32 `(steps,)`; a ValueError unless all are in (0, 1)."""
    betas = np.asarray(betas, "float32")
    if betas.ndim == 1 and betas.size and ((betas > 0) & (betas < 1)).all():
        return betas
    span = f", from {betas.min()} to {betas.max()}" if betas.size else ""
    raise ValueError(
        "Expected betas of shape (steps,), each above 0 and below 1. "
        f"Received: shape {betas.shape}{span}. noise_schedules.cosine(100) makes some."
    )
