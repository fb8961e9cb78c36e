"""The hidden checks of the assignment on the vision transformer.

Each looks at one idea and takes the rest of the answer as it is: scores are judged
whatever the softmax normalises over, means with the student's own weights, patches
whatever the order within them. One mistake so costs one idea.

All inputs that tell axes apart are random: with equal tokens attention is right
whatever its softmax sums over.
"""

from autograder.checks import Limits

from . import (
    attention,
    block,
    class_token,
    heads,
    masks,
    norm,
    patches,
    permutation,
    positions,
    smoother,
    vit,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (
    smoother,
    attention,
    masks,
    heads,
    positions,
    permutation,
    patches,
    norm,
    block,
    vit,
    class_token,
)
checks = [check for problem in problems for check in problem.checks]

_ATTENTION = (
    "keras.layers.MultiHeadAttention",
    "keras.layers.Attention",
    "keras.layers.AdditiveAttention",
    "keras.layers.GroupQueryAttention",
    "keras.ops.dot_product_attention",
    "kerasdl.layers",
)
# A package costs some milliseconds per probe, and models help in one problem alone.
_NORMS = ("keras.layers.LayerNormalization", "keras.ops.layer_normalization")

forbids = {
    "smoother": _ATTENTION,
    "attention": _ATTENTION,
    "masks": _ATTENTION,
    "heads": _ATTENTION,
    "positions": _ATTENTION,
    "permutation": _ATTENTION,
    "patches": _ATTENTION,
    "block": (*_ATTENTION, *_NORMS),
    "vit": (*_ATTENTION, "kerasdl.models"),
}
