"""The network behind the metrics of generated images."""

import numpy as np

from cases import Case
from kerasdl import losses
from kerasdl.metrics.features import FeatureNet


def images(random):
    return random.uniform(size=(4, 8, 8, 1)).astype("float32")


def one_hot(random):
    return np.eye(3, dtype="float32")[random.integers(3, size=4)]


CASES = [
    Case(
        "feature_net",
        lambda: FeatureNet(3),
        images,
        parameters=16 * 10 + 32 * (9 * 16 + 1) + 64 * (32 * 2 * 2 + 1) + 65 * 3,
        targets=one_hot,
        loss=losses.log_loss,
    ),
]
