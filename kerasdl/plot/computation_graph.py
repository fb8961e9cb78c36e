"""How a value is computed: a traced expression, with values and gradients."""

from matplotlib.axes import Axes

from kerasdl.plot import canvas, layout
from kerasdl.plot.boxes import boxes


def computation_graph(output, axes: Axes | None = None) -> Axes:
    """The graph of a `kerasdl.computation_graph.Number`, inputs on the left.

    Each node shows its value and, after `output.backward()`, the gradient of the
    output with respect to it; each edge the slope of one operation. A node's gradient
    is the sum over its outgoing edges of slope times the gradient at their end.

    Raises:
        ValueError: when output is not a Number.
    """
    canvas.require(
        hasattr(output, "ancestors"),
        "a kerasdl.computation_graph.Number",
        repr(output),
        "Compute it from Number(2.0, 'a'), Number(1.0, 'b'), ...",
    )
    nodes = output.ancestors()
    number = {id(node): index for index, node in enumerate(nodes)}
    slopes = {}
    for node in nodes:
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            ends = number[id(parent)], number[id(node)]
            is_constant = not (parent.name or parent.symbol)
            text = "" if is_constant else f"{slope:.3g}"
            slopes.setdefault(ends, []).append(text)
    edges = {ends: ", ".join(texts) for ends, texts in slopes.items()}
    places, ways = layout.layered(len(nodes), list(edges))
    labels = [_describe(node) for node in nodes]
    return boxes(places, labels, edges, ways, downwards=False, axes=axes)


def _describe(node) -> str:
    """Name or operation, value and gradient; of a constant the value alone."""
    title = " = ".join(text for text in (node.name, node.symbol) if text)
    if not title:
        return f"{node.value:.4g}"
    lines = [title, f"value {node.value:.4g}"]
    if node.gradient is not None:
        lines.append(f"gradient {node.gradient:.4g}")
    return "\n".join(lines)
