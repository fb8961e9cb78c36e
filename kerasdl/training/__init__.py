"""What training needs beside `fit`, and what keeps it going.

Keras has early stopping that restores the best weights
(`keras.callbacks.EarlyStopping(restore_best_weights=True)`), averages of weights
(`use_ema=True` of every optimizer, `keras.callbacks.SwapEMAWeights`), cosine schedules
(`keras.optimizers.schedules.CosineDecay`) and max-norm (`keras.constraints.MaxNorm`):
they work with these models as they are.
"""

from kerasdl.training.clipping import AdaptiveClipping
from kerasdl.training.freezing import freeze, train_only
from kerasdl.training.frozen import frozen
from kerasdl.training.schedules import OneCycle
from kerasdl.training.stalls import diagnose
from kerasdl.training.stepwise import Player, Stepwise

__all__ = [
    "AdaptiveClipping",
    "OneCycle",
    "Player",
    "Stepwise",
    "diagnose",
    "freeze",
    "frozen",
    "train_only",
]
