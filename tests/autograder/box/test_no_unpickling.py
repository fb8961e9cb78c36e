"""Nothing that comes from a student is unpickled or loaded as a model by the grader.

Read from the grader's own sources: a file format that can carry code is dangerous as
soon as it is opened, whatever is done with it then.
"""

import ast
from pathlib import Path

import pytest

import autograder

SOURCES = sorted(Path(autograder.__file__).parent.rglob("*.py"))
MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
MODULES |= {"h5py", "torch", "tensorflow", "yaml"}
CALLS = {"load_model", "load_weights", "model_from_json", "deserialize_keras_object"}
CALLS |= {"enable_unsafe_deserialization", "read_pickle", "loadtxt", "fromregex"}


def forbidden(tree):
    """Imports and calls that would open such a file, with their lines."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name.partition(".")[0] for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [(node.module or "").partition(".")[0]]
        yield from ((node.lineno, name) for name in names if name in MODULES)
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            options = {one.arg: ast.unparse(one.value) for one in node.keywords}
            if called in CALLS or options.get("allow_pickle") == "True":
                yield node.lineno, called


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_part_opens_what_can_carry_code(path):
    assert list(forbidden(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "keras.models.load_model(path)",
        "np.load(path, allow_pickle=True)",
        "import torch.serialization",
    ],
)
def test_such_a_part_would_be_found(source):
    assert list(forbidden(ast.parse(source)))
