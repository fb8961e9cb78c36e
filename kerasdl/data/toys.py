"""Points in the plane and tosses of coins, made up with NumPy.

Each function gives the same numbers for the same seed, in random order (but see
`gaussian_ring`), and as many of each class as of any other (one more where n cannot be
divided).
"""

import numpy as np

from kerasdl.arguments import check_range, check_whole


def xor() -> tuple[np.ndarray, np.ndarray]:
    """The four XOR points `(4, 2)` and targets `(4, 1)`, float32, all -1 or 1.

    The target is 1 where the two coordinates differ. No line separates the two
    classes: a network needs a hidden layer.
    """
    points = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], "float32")
    return points, -np.prod(points, axis=1, keepdims=True)


def moons(n: int, noise: float = 0.1, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into each other: points `(n, 2)` and labels `(n,)`.

    Both have radius 1. The upper one, class 0, has its centre in (0, 0), the lower
    one, class 1, in (1, 0.5). No line separates them.

    Args:
        noise: standard deviation of each coordinate.

    Returns:
        points as float32, labels as int32.

    Raises:
        ValueError: when n is below 1 or the noise negative.
    """
    random, labels = _labels("moons", n, 2, noise, seed)
    side = 1 - 2 * labels
    angles = random.uniform(0, np.pi, n)
    x = labels + side * np.cos(angles)
    y = 0.5 * labels + side * np.sin(angles)
    return _scattered(np.stack([x, y], axis=1), noise, random), labels


def rings(
    n: int, classes: int = 2, noise: float = 0.05, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Circles around 0, one in another: points `(n, 2)` and labels `(n,)`.

    Class c has radius (c + 1) / classes; the largest circle has radius 1. The rest is
    as in `moons`.
    """
    random, labels = _labels("rings", n, classes, noise, seed)
    radii = (labels + 1) / classes
    angles = random.uniform(0, 2 * np.pi, n)
    return _scattered(_polar(radii, angles), noise, random), labels


def spirals(
    n: int, classes: int = 2, turns: float = 1.0, noise: float = 0.02, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Spirals wound around each other: points `(n, 2)` and labels `(n,)`.

    On each the radius grows from 0.1 to 1 while the angle grows by so many turns. The
    rest is as in `moons`.
    """
    random, labels = _labels("spirals", n, classes, noise, seed)
    way = random.uniform(0, 1, n)
    angles = 2 * np.pi * (labels / classes + turns * way)
    return _scattered(_polar(0.1 + 0.9 * way, angles), noise, random), labels


def gaussian_ring(
    n: int, modes: int = 8, radius: float = 0.75, noise: float = 0.08, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Gaussians whose centres lie on a circle: points `(n, 2)` and modes `(n,)`.

    Centre k has the angle 2 pi k / modes. It shows which modes a generative model
    forgets, and what it puts between them: `kerasdl.ring` measures both. The modes come
    in turn, 0, 1, 2 ...; the rest is as in `moons`.
    """
    _check("gaussian_ring", n, modes, noise)
    labels = np.arange(n, dtype="int32") % modes
    centres = _polar(radius, 2 * np.pi * labels / modes)
    return _scattered(centres, noise, np.random.default_rng(seed)), labels


def blobs(
    n: int, classes: int = 3, noise: float = 0.1, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Gaussians at random places: points `(n, 2)` and labels `(n,)`.

    The centres are drawn evenly from [-1, 1] x [-1, 1], so that blobs may overlap. The
    rest is as in `moons`.
    """
    random, labels = _labels("blobs", n, classes, noise, seed)
    centres = random.uniform(-1, 1, (classes, 2))
    return _scattered(centres[labels], noise, random), labels


def tosses(n: int, heads: float = 0.3, seed: int = 0) -> np.ndarray:
    """Tosses of a coin `(n, 1)`, float32: 1 is heads, 0 is tails.

    Args:
        heads: probability of heads, in [0, 1]. The share of heads differs from it by
            sqrt(heads (1 - heads) / n), as a standard deviation.
    """
    check_whole("tosses", 1, n=n)
    check_range("tosses", 0, 1, heads=heads)
    random = np.random.default_rng(seed)
    return (random.random((n, 1)) < heads).astype("float32")


def smooth_tosses(
    n: int, heads: float = 0.3, noise: float = 0.05, seed: int = 0
) -> np.ndarray:
    """Tosses of a coin `(n, 1)`, float32: near 0.75 is heads, near -0.75 is tails.

    The probability has two narrow peaks, which suits models that generate real
    numbers.

    Args:
        heads: probability of heads, in [0, 1].
        noise: standard deviation around either value.
    """
    check_range("smooth_tosses", 0, np.inf, noise=noise)
    sides = 1.5 * tosses(n, heads, seed) - 0.75
    return _scattered(sides, noise, np.random.default_rng([seed, 1]))


def _labels(
    name: str, n: int, classes: int, noise: float, seed: int
) -> tuple[np.random.Generator, np.ndarray]:
    _check(name, n, classes, noise)
    random = np.random.default_rng(seed)
    return random, random.permutation(np.arange(n, dtype="int32") % classes)


def _check(name: str, n: int, classes: int, noise: float) -> None:
    check_whole(name, 1, n=n, classes=classes)
    check_range(name, 0, np.inf, noise=noise)


def _polar(radii: float | np.ndarray, angles: np.ndarray) -> np.ndarray:
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


def _scattered(
    points: np.ndarray, noise: float, random: np.random.Generator
) -> np.ndarray:
    return (points + random.normal(0, noise, points.shape)).astype("float32")
