"""What an assignment's `checks.py` is written with."""

from autograder.checks.check import Check, Verdict, probe_source
from autograder.checks.compare import compare
from autograder.checks.kinds import CopiedWeights, Learns, Property, SameValues
from autograder.checks.predictions import Predictions
from autograder.checks.reference import finite_differences
from autograder.limits import Limits

__all__ = [
    "Check",
    "CopiedWeights",
    "Learns",
    "Limits",
    "Predictions",
    "Property",
    "SameValues",
    "Verdict",
    "compare",
    "finite_differences",
    "probe_source",
]
