"""What a problem forbids raises in its probes, whatever its name, and only there."""

import pytest

from autograder.box import probing
from autograder.box.forbidding import Forbidden, forbidden

pytestmark = pytest.mark.backend

ASK = "def run(student):\n    return student.answer()"
LAYER = "keras.layers.MultiHeadAttention"
SOFTMAX = "keras.ops.softmax"


def asked(cells, *forbids):
    """The error's type of a student's `answer()`, or what it returned."""
    names = {}
    exec(cells, names)
    found = probing.answer(ASK, names, {}, 20, forbids)
    return found["error"]["type"] if "error" in found else found["value"]


ATTENTION = """
    x = keras.ops.ones((1, 2, 4))
    return keras.ops.shape({}(x, x))[1]"""


@pytest.mark.parametrize(
    "cells",
    [
        "import keras\ndef answer():" + ATTENTION.format(LAYER + "(2, 2)"),
        "import keras\nfrom keras.layers import MultiHeadAttention as M\n"
        "def answer():" + ATTENTION.format("M(2, 2)"),
        "import keras\nclass Own(keras.layers.MultiHeadAttention):\n    pass\n"
        "def answer():" + ATTENTION.format("Own(2, 2)"),
        "import keras\nlayer = keras.layers.MultiHeadAttention(2, 2)\n"
        "def answer():" + ATTENTION.format("layer"),
        "import keras\nlayer = keras.layers.MultiHeadAttention(2, 2)\n"
        "layer.build((1, 2, 4), (1, 2, 4))\n"
        "def answer():" + ATTENTION.format("layer.call"),
        "import keras\nM = getattr(keras.layers, 'Multi' + 'HeadAttention')\n"
        "def answer():" + ATTENTION.format("M(2, 2)"),
    ],
)
def test_a_class_is_forbidden_under_any_name(cells):
    assert asked(cells) == 2
    assert asked(cells, LAYER) == "Forbidden"
    assert asked(cells) == 2  # afterwards it works again


@pytest.mark.parametrize(
    "cells",
    [
        "from keras import ops\ndef answer():\n    return ops.softmax(ops.ones((2,)))",
        "from keras import ops\nfrom keras.ops import softmax as s\n"
        "def answer():\n    return s(ops.ones((2,)))",
        "import functools\nfrom keras import ops\ns = functools.partial(ops.softmax)\n"
        "def answer():\n    return s(ops.ones((2,)), )",
    ],
)
def test_a_function_is_forbidden_under_any_name(cells):
    assert asked(cells, SOFTMAX) == "Forbidden"
    assert list(asked(cells)) == [0.5, 0.5]


def test_a_package_forbids_all_that_is_defined_in_it():
    layer = "import kerasdl\ndef answer():\n    kerasdl.layers.Dense(3)\n    return 1"
    function = "from kerasdl.layers import causal_mask\n"
    function += "def answer():\n    causal_mask(3)\n    return 1"
    other = "import keras\ndef answer():\n    keras.layers.Dense(3)\n    return 1"
    assert asked(layer, "kerasdl.layers") == "Forbidden"
    assert asked(function, "kerasdl.layers") == "Forbidden"
    assert asked(other, "kerasdl.layers") == 1
    assert asked(layer) == asked(function) == 1


def test_an_error_inside_leaves_nothing_forbidden():
    import keras

    with pytest.raises(ZeroDivisionError), forbidden([SOFTMAX, LAYER]):
        raise ZeroDivisionError
    keras.ops.softmax(keras.ops.ones((2,)))
    with pytest.raises(Forbidden, match="softmax"), forbidden([SOFTMAX]):
        keras.ops.softmax(keras.ops.ones((2,)))


def test_a_name_that_does_not_exist_is_said():
    with pytest.raises(LookupError, match="no_such"), forbidden(["keras.no_such"]):
        pass
