"""The public names, and what an import may and may not do."""

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import keras
import pytest

import kerasdl

pytestmark = pytest.mark.backend

FOLDER = Path(kerasdl.__file__).parent


def test_public_names():
    assert kerasdl.__all__ == [
        "MLP",
        "Batches",
        "Dense",
        "GlorotUniform",
        "HeNormal",
        "Model",
        "Normal",
        "activations",
        "check",
        "data",
        "grad",
        "jit",
        "layers",
        "losses",
        "models",
        "random",
        "seed",
        "training",
        "value_and_grad",
    ]
    assert all(hasattr(kerasdl, name) for name in kerasdl.__all__)


def test_version_is_that_of_the_package():
    assert kerasdl.__version__ == importlib.metadata.version("kerasdl")


def test_only_autodiff_names_a_backend():
    """And data/tfds.py a package whose name begins with that of a backend."""
    names = re.compile(r"tensorflow|jax|torch|\btf\b", re.IGNORECASE)
    package = "tensorflow_datasets"
    texts = {path: path.read_text() for path in FOLDER.rglob("*.py")}
    files = {path for path in texts if names.search(texts[path].replace(package, ""))}
    assert files == {FOLDER / "autodiff.py"}
    files = {path for path in texts if package in texts[path]}
    assert files == {FOLDER / "data" / "tfds.py"}


def test_files_are_short():
    for path in FOLDER.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 250, path


IMPORT = """
import os, sys, time
import keras
before, modules = dict(os.environ), set(sys.modules)
start = time.process_time()
import kerasdl
seconds = time.process_time() - start
kerasdl.seed(0)
kerasdl.MLP((3,), 2, seed=0)(keras.ops.ones((2, 4)))
assert dict(os.environ) == before
new = {name.split(".")[0] for name in set(sys.modules) - modules}
assert not new & {"sklearn", "matplotlib", "pandas", "tensorflow"}, new
print(seconds)
"""


def test_import_is_light_and_leaves_the_backend_alone():
    command = [sys.executable, "-c", IMPORT]
    environment = {**os.environ, "KERAS_BACKEND": keras.config.backend()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 0.1
