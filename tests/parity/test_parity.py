"""The backends agree on every layer and model, and read each other's files.

Tolerances are those of the README: weights exactly; outputs 1e-5; gradients 1e-5, or
1e-2 of the largest where a ReLU follows a batch normalisation; the loss of each of ten
steps 1e-3; a trained model that another backend loads, 1e-5 of its largest output.
"""

import concurrent.futures
import itertools
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

from cases import all_cases

BACKENDS = ("tensorflow", "jax", "torch")
PAIRS = list(itertools.combinations(BACKENDS, 2))
CASES = all_cases()
each = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
TESTS = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder per backend with its answers to all cases."""
    folder = tmp_path_factory.mktemp("parity")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        computing = [pool.submit(work, b, "compute", folder) for b in BACKENDS]
        for task in computing:
            task.result()
        loading = [
            pool.submit(work, b, "load", folder, other)
            for b, other in itertools.permutations(BACKENDS, 2)
        ]
        for task in loading:
            task.result()
    return folder


def work(backend, *arguments):
    path = os.pathsep.join(map(str, [TESTS.parent, TESTS]))
    environment = {**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": path}
    worker = [sys.executable, TESTS / "parity" / "worker.py", *map(str, arguments)]
    done = subprocess.run(worker, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def answers(folder, backend, name):
    error = folder / backend / f"{name}.error"
    assert not error.exists(), f"{backend}: {error.read_text()}"
    return dict(np.load(folder / backend / f"{name}.npz"))


def chosen(values, kind):
    return [value for name, value in values.items() if name.split()[0] == kind]


@pytest.fixture(params=PAIRS, ids="-".join)
def pair(request):
    return request.param


@each
def test_same_seed_same_start(case, pair, folder):
    one, other = (answers(folder, backend, case.name) for backend in pair)
    for a, b in zip(chosen(one, "weights"), chosen(other, "weights"), strict=True):
        np.testing.assert_array_equal(a, b)


@each
def test_outputs(case, pair, folder):
    one, other = (answers(folder, backend, case.name) for backend in pair)
    for a, b in zip(chosen(one, "outputs"), chosen(other, "outputs"), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5)


@each
def test_gradients(case, pair, folder):
    one, other = (answers(folder, backend, case.name) for backend in pair)
    pairs = zip(chosen(one, "gradients"), chosen(other, "gradients"), strict=True)
    pairs = list(pairs)
    largest = max((np.abs(a).max() for a, _ in pairs), default=0)
    for a, b in pairs:
        atol = max(1e-5, 1e-2 * largest) if case.gates else 1e-5
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=atol)


@each
def test_loss_of_ten_steps(case, pair, folder):
    one, other = (answers(folder, backend, case.name) for backend in pair)
    if "losses" in one:
        np.testing.assert_allclose(one["losses"], other["losses"], atol=1e-3)


@each
@pytest.mark.parametrize("backend", BACKENDS)
def test_loads_the_files_of_the_others(case, backend, folder):
    for other in BACKENDS:
        if other == backend:
            continue
        saved = chosen(answers(folder, other, case.name), "saved")
        loaded = answers(folder, backend, f"{case.name} of {other}")
        for a, b in zip(saved, chosen(loaded, "loaded"), strict=True):
            # Of the largest: after training a net may amplify rounding a little.
            largest = max(1, np.abs(a).max(initial=0))
            np.testing.assert_allclose(a, b, rtol=0, atol=1e-5 * largest)
