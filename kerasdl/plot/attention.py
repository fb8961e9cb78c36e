"""Who attends to whom."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from kerasdl.plot import canvas

_NUMBERS_UP_TO = 8  # tokens: more numbers would not be legible
_ORANGE = (0.84, 0.37, 0.0)
_GLOW = LinearSegmentedColormap.from_list("glow", [(*_ORANGE, 0.0), (*_ORANGE, 0.85)])


def attention_map(
    weights,
    queries: Sequence,
    keys: Sequence | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Attention weights `(queries, keys)` as a heat map: a row per query.

    Args:
        weights: not negative; the rows of softmax attention sum to 1.
        queries: a label per row, such as the words of a sentence.
        keys: a label per column; None: the queries attend to themselves.

    Raises:
        ValueError: when weights are negative or there is not one label per row and
            column.
    """
    weights, keys = canvas.array(weights), queries if keys is None else keys
    canvas.require(
        weights.shape == (len(queries), len(keys)) and weights.min() >= 0,
        "weights of shape (queries, keys), none negative, and a label for each",
        f"weights of shape {weights.shape}, {len(queries)} queries, {len(keys)} keys",
        "Draw one head of one example: weights[0, head]; logits need a softmax.",
    )
    size = 1.8 + 0.42 * len(queries)
    axes = canvas.axes_or_new(axes, 2.6 + 0.42 * len(keys), max(size, 2.6))
    limit = max(weights.max(), 1e-9)
    drawn = axes.imshow(weights, cmap="Blues", vmin=0, vmax=limit)
    axes.set(xlabel="key: attended to", ylabel="query: attends")
    angle = 0 if max(len(str(key)) for key in keys) <= 2 else 90
    axes.set_xticks(range(len(keys)), keys, rotation=angle)
    axes.set_yticks(range(len(queries)), queries)
    axes.figure.colorbar(drawn, ax=axes, label="attention weight")
    if max(weights.shape) <= _NUMBERS_UP_TO:
        _write_numbers(axes, weights, limit)
    return axes


def overlay(image, heat, axes: Axes | None = None) -> Axes:
    """A heat map `(rows, columns)` laid over an image it may be coarser than.

    For the attention of a class token to the patches of an image, or for what a
    method of explanation found important. Each cell of the heat map covers an equal
    part of the image; the more orange, the higher.

    Args:
        image: `(height, width)`, or with 1 or 3 channels last, values in [0, 1].

    Raises:
        ValueError: when image or heat have another shape.
    """
    image, heat = canvas.array(image), canvas.array(heat)
    channels = image.shape[2] if image.ndim == 3 else 1
    canvas.require(
        image.ndim in (2, 3) and channels in (1, 3) and heat.ndim == 2,
        "an image (height, width) with 0, 1 or 3 channels and heat (rows, columns)",
        f"image of shape {image.shape}, heat of shape {heat.shape}",
        "The class token's weights to 4 x 4 patches: weights[0, 1:].reshape(4, 4).",
    )
    axes = canvas.axes_or_new(axes, 4.4, 3.6)
    axes.imshow(image, cmap="gray", vmin=0, vmax=1)
    height, width = image.shape[:2]
    frame = (-0.5, width - 0.5, height - 0.5, -0.5)
    drawn = axes.imshow(heat, cmap=_GLOW, extent=frame)
    axes.set(xlabel="column (pixels)", ylabel="row (pixels)")
    axes.figure.colorbar(drawn, ax=axes, label="importance")
    return axes


def _write_numbers(axes: Axes, weights, limit: float) -> None:
    for row, column in zip(*weights.nonzero(), strict=True):
        weight = weights[row, column]
        ink = "white" if weight > 0.6 * limit else "black"
        middle = {"ha": "center", "va": "center", "fontsize": 8}
        axes.text(column, row, f"{weight:.2f}", color=ink, **middle)
