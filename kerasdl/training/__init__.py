"""What training needs beside `fit`, and what keeps it going."""

from kerasdl.training.frozen import frozen
from kerasdl.training.stepwise import Player, Stepwise

__all__ = ["Player", "Stepwise", "frozen"]
