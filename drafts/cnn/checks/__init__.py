"""The hidden checks of the assignment on convolutional networks.

Each looks at one idea and takes the rest of the answer as it is: a stride is compared
with the student's own result at stride 1, padding with the student's own result on an
image that was padded before. One mistake so costs one idea.
"""

from autograder.checks import Limits

from . import (
    batch_norm,
    classifier,
    counting,
    dropout,
    filters,
    images,
    layer,
    learning,
    pooling,
    saliency,
    signals,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (
    signals,
    images,
    filters,
    learning,
    layer,
    counting,
    pooling,
    dropout,
    batch_norm,
    classifier,
    saliency,
)
checks = [check for problem in problems for check in problem.checks]

_LAYERS = tuple(
    f"keras.layers.{name}"
    for name in (
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "Conv1DTranspose",
        "Conv2DTranspose",
        "Conv3DTranspose",
        "DepthwiseConv1D",
        "DepthwiseConv2D",
        "SeparableConv1D",
        "SeparableConv2D",
    )
)
_BY_HAND = (
    *_LAYERS,
    "keras.ops.conv",
    "keras.ops.conv_transpose",
    "keras.ops.depthwise_conv",
    "keras.ops.separable_conv",
    "keras.ops.correlate",
    "kerasdl.layers",
    "numpy.convolve.__wrapped__",
    "numpy.correlate.__wrapped__",
)
_POOLING = tuple(
    f"keras.layers.{name}"
    for name in (
        "MaxPooling2D",
        "AveragePooling2D",
        "AdaptiveAveragePooling2D",
        "AdaptiveMaxPooling2D",
        "GlobalAveragePooling2D",
        "GlobalMaxPooling2D",
    )
)
_POOLING += tuple(
    f"keras.ops.{name}"
    for name in (
        "max_pool",
        "average_pool",
        "adaptive_average_pool",
        "adaptive_max_pool",
    )
)
forbids = {
    "signals": _BY_HAND,
    "images": _BY_HAND,
    "layer": (*_LAYERS, "kerasdl.layers"),
    "pooling": (*_POOLING, "kerasdl.layers"),
    "dropout": ("keras.layers.Dropout", "keras.random.dropout", "kerasdl.layers"),
    "batch_norm": (
        "keras.layers.BatchNormalization",
        "keras.ops.batch_normalization",
        "kerasdl.layers",
    ),
}
