"""The hidden checks of the assignment on the multilayer perceptron.

Each looks at one idea and takes the rest of the answer as it is: a hidden delta is
compared with what follows from the student's own output delta, a z with the student's
own z_in. One mistake so costs one idea.
"""

from autograder.checks import Limits

from . import (
    activations,
    backpropagation,
    classifier,
    forward,
    layer,
    minibatches,
    softmax,
    xor,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)

problems = (
    activations,
    softmax,
    forward,
    backpropagation,
    minibatches,
    xor,
    layer,
    classifier,
)
checks = [check for problem in problems for check in problem.checks]
