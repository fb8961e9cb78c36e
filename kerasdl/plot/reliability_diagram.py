"""Whether a classifier is right as often as it says."""

from matplotlib.axes import Axes

from kerasdl.metrics.calibration import reliability_table
from kerasdl.plot import canvas


def reliability_diagram(
    probabilities, labels, bins: int = 10, axes: Axes | None = None
) -> Axes:
    """Accuracy against confidence: a bar per range of confidence that occurs.

    A calibrated classifier's bars end near the diagonal; where they end below it, the
    classifier is over-confident. The number on a bar counts its examples. The numbers
    are those of `kerasdl.metrics.calibration.reliability_table`.

    Args:
        probabilities: `(n, classes)`, rows summing to 1.
        labels: class numbers `(n,)`.

    Raises:
        ValueError: as `reliability_table`.
    """
    table = reliability_table(canvas.array(probabilities), canvas.array(labels), bins)
    axes = canvas.axes_or_new(axes, 4.8, 4.6)
    middles = (table.edges[:-1] + table.edges[1:]) / 2
    for middle, count, accuracy in zip(
        middles, table.count, table.accuracy, strict=True
    ):
        if count:
            _bar(axes, middle, 0.9 / bins, accuracy, int(count))
    axes.plot([0, 1], [0, 1], "--", color="black", label="calibrated")
    axes.set(xlabel="confidence", ylabel="accuracy", xlim=(0, 1), ylim=(0, 1.08))
    axes.legend(loc="upper left")
    return axes


def _bar(axes: Axes, middle: float, width: float, height: float, count: int) -> None:
    axes.bar(middle, height, width, color=canvas.colour(5), edgecolor="black")
    above = {"ha": "center", "va": "bottom", "fontsize": 8}
    axes.text(middle, height + 0.01, str(count), bbox=canvas.PAPER, **above)
