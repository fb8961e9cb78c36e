"""The ready-made checks, asked of real code in a box."""

import numpy as np
import pytest

from autograder.checks import CopiedWeights, Learns, Property, SameValues
from autograder.limits import Limits
from autograder.mark import judge
from autograder.probe import asked

LAYER = """
import keras
from keras import ops
class Own(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
    def build(self, shape):
        self.b = self.add_weight(shape=(self.units,))
        self.w = self.add_weight(shape=(shape[-1], self.units))
    def call(self, x):
        return {formula}
"""

MODEL = """
import keras, numpy as np
class Nearest:
    '''Scores by distance to the mean of each class.'''
    def __init__(self, x, y):
        x, y = keras.ops.convert_to_numpy(x), keras.ops.convert_to_numpy(y)
        self.means = np.stack([x[y == c].mean(0) for c in range(3)])
    def predict(self, x, verbose=0):
        return -((x[:, None] - self.means) ** 2).sum(-1)
def train(x, y, x_validation, y_validation):
    return Nearest({trained_on})
"""


@pytest.fixture
def told(parent):
    """Runs a student's code and gives a check's mark for it."""

    def ask(code, check):
        with parent.box(Limits()) as box:
            box.run_cell(code, 20)
            reply = asked([check], 3, lambda s, given, t: box.probe(s, given, t or 20))
            _, inputs, answer = next(iter(reply))
        return judge(check, answer, inputs)

    return ask


def pairs(rng):
    return rng.normal(size=(3, 2)), rng.normal(size=2)


SUM = SameValues("a/sum", "add", pairs, lambda a, b: a + b, "mind the plus.")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def add(a, b): return a + b", ""),
        ("def add(first, second): return [list(r) for r in (first + second)]", ""),
        ("def add(a, b): return a - b", "differs by up to"),
        ("def add(a, b): return (a + b)[0]", "has shape (2,), expected (3, 2)"),
        ("def add(a, b): pass", "None (is a `return` missing?)"),
        ("def add(a): return a", "TypeError"),
        ("def ad(a, b): return a", "`add` is not defined"),
        ("def add(a, b): raise NotImplementedError()", "Not answered yet"),
    ],
)
def test_same_values(told, code, words):
    mark = told(code, SUM)
    assert mark.share == (words == "") and words in mark.sentence


def affine():
    return CopiedWeights(
        "a/layer",
        "Own",
        [4],
        lambda rng: (rng.normal(size=(3, 4)), rng.normal(size=4)),
        lambda rng: rng.normal(size=(2, 3)),
        lambda x, kernel, bias: x @ kernel + bias,
        "mind the product.",
    )


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("ops.matmul(x, self.w) + self.b", ""),
        ("ops.matmul(x, self.w)", "with given weights differs"),
        ("ops.matmul(x, self.w) - self.b", "mind the product"),
    ],
)
def test_copied_weights_are_matched_by_shape(told, formula, words):
    mark = told(LAYER.format(formula=formula), affine())
    assert mark.share == (words == "") and words in mark.sentence


def test_copied_weights_of_other_shapes_are_named(told):
    code = LAYER.format(formula="x").replace("(self.units,)", "(1, self.units)")
    mark = told(code, affine())
    assert mark.share == 0 and "[[1, 4], [3, 4]], expected" in mark.sentence


def clusters(rng):
    centres = 5 * rng.normal(size=(3, 4))
    labels = np.arange(60) % 3
    x = centres[labels] + rng.normal(size=(60, 4)) / 10
    parts = {"train": slice(0, 30), "validation": slice(30, 40), "test": slice(40, 60)}
    data = {f"x_{name}": x[part] for name, part in parts.items()}
    data |= {f"y_{name}": labels[part] for name, part in parts.items()}
    data["y_validation"] = (data["y_validation"] + 1) % 3  # wrong on purpose
    return data


@pytest.mark.parametrize(
    ("trained_on", "words"),
    [("x, y", ""), ("x_validation, y_validation", "of unseen examples right")],
)
def test_learning_is_judged_on_labels_that_stayed_outside(told, trained_on, words):
    check = Learns("a/learns", "train", clusters, 0.9, "mind the data.")
    mark = told(MODEL.format(trained_on=trained_on), check)
    assert mark.share == (words == "") and words in mark.sentence


def test_a_property(told):
    def run(student, x):
        return student.f(x)

    check = Property(
        "a/even",
        lambda rng: {"x": rng.normal(size=5)},
        run,
        lambda result, inputs: (
            None if np.allclose(result, inputs["x"] ** 2, atol=1e-4) else "not a square"
        ),
    )
    assert told("def f(x): return x * x", check).share == 1
    assert told("def f(x): return x", check).sentence == "not a square"


def test_a_shared_question_is_asked_once():
    one, two = affine(), affine()
    one.question = two.question = "a/both"
    two.name = "a/other"
    calls = []

    def ask(source, given, seconds):
        calls.append(source)
        return {"value": None}

    found = list(asked([one, two], 3, ask))
    assert len(calls) == 1 and found[0][1] is found[1][1]
