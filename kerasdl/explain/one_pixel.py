"""The one-pixel attack: one changed pixel that changes the answer."""

import numpy as np
from keras import ops

from kerasdl.activations import softmax
from kerasdl.labels import check_labels


def one_pixel_attack(
    model,
    image,
    label: int,
    population: int = 100,
    generations: int = 30,
    low: float = 0.0,
    high: float = 1.0,
    seed: int = 0,
):
    """An image `(height, width, channels)` to one that differs in one pixel.

    The model is asked for answers only, never for gradients. Differential evolution
    looks for the pixel and its new value that make the right class least probable:
    a candidate is (row, column, value per channel); its child is
    a + 0.5 (b - c), of three other candidates a, b, c, and takes its place if it
    does better. The search ends early when the answer is wrong.

    Args:
        model: a function of a batch, `(batch, height, width, channels)` to logits
            `(batch, classes)`.
        image: values in [low, high].
        label: the right class.
        population: number of candidates, at least 4; the model sees as many images
            at a time.
        generations: the most there will be.
        low, high: range of the values.
        seed: of the search, an integer.

    Returns:
        The best image found, a NumPy array; the model may still be right about it.

    Raises:
        ValueError: when there is no single image, it is not in the range, the label is
            no class, or there are fewer than 4 candidates.

    Source: Su et al. 2019, https://arxiv.org/abs/1710.08864; lecture, adversarial
    images.
    """
    image = np.asarray(image, "float32")
    _check(image, population, low, high)
    random = np.random.default_rng(seed)
    height, width, channels = image.shape
    least = np.array([0, 0] + [low] * channels)
    most = np.array([height - 1e-3, width - 1e-3] + [high] * channels)

    def fitness(candidates):
        probabilities = softmax(model(_painted(image, candidates)))
        probabilities = ops.convert_to_numpy(probabilities)
        check_labels("label", label, probabilities.shape[1])
        wrong = probabilities.argmax(axis=1) != label
        return probabilities[:, label] - wrong  # a wrong answer beats any right one

    candidates = random.uniform(least, most, (population, 2 + channels))
    scores = fitness(candidates)
    for _ in range(generations):
        if scores.min() < 0:
            break
        children = np.clip(_children(candidates, random), least, most)
        new = fitness(children)
        better = new < scores
        candidates = np.where(better[:, None], children, candidates)
        scores = np.where(better, new, scores)
    return _painted(image, candidates[[scores.argmin()]])[0]


def _children(candidates, random):
    """One child a + 0.5 (b - c) per candidate; a, b, c differ from it, each other."""
    n = len(candidates)
    others = np.argsort(random.random((n, n - 1)), axis=1)[:, :3]
    others += others >= np.arange(n)[:, None]  # skip the candidate itself
    a, b, c = (candidates[column] for column in others.T)
    return a + 0.5 * (b - c)


def _painted(image, candidates):
    """One copy of the image per candidate, with its pixel set."""
    images = np.repeat(image[None], len(candidates), axis=0)
    rows, columns = candidates[:, :2].astype(int).T
    images[np.arange(len(images)), rows, columns] = candidates[:, 2:]
    return images


def _check(image, population, low, high):
    if image.ndim != 3:
        raise ValueError(
            "one_pixel_attack needs one image of shape (height, width, channels). "
            f"Received: shape {image.shape}. Attack a batch one image at a time."
        )
    if not (image.min() >= low and image.max() <= high):
        raise ValueError(
            f"Expected an image in [low, high] = [{low}, {high}]. Received: values "
            f"from {image.min():.4g} to {image.max():.4g}. Give low and high, or scale."
        )
    if population < 4:
        raise ValueError(
            "A child has three parents besides the candidate: the population needs at "
            f"least 4. Received: population={population}."
        )
