"""A box shows what a notebook would, ends what goes on too long, and starts warm."""

import time

import pytest

from autograder.box.client import BoxDied
from autograder.limits import Limits

LIMITS = Limits(cell_seconds=2, grace_seconds=3)


@pytest.fixture
def box(parent):
    with parent.box(LIMITS) as box:
        yield box


def shown(reply):
    return [output["output_type"] for output in reply["outputs"]]


def test_streams_results_and_figures(box):
    assert shown(box.run_cell("print('a'); 1 + 1", 5)) == ["stream", "execute_result"]
    reply = box.run_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", 5)
    assert "image/png" in reply["outputs"][-1]["data"]


def test_names_live_on_between_cells(box):
    box.run_cell("x = 3", 5)
    reply = box.run_cell("x", 5)
    assert reply["outputs"][0]["data"]["text/plain"] == "3"


@pytest.mark.parametrize("source", ["1/0", "def f(:", "raise SystemExit", "%nonsense"])
def test_errors_are_shown_and_survived(box, source):
    assert box.run_cell(source, 5)["ended"] == "error"
    assert box.run_cell("1", 5)["ended"] == "ok"


def test_an_endless_loop_is_interrupted_and_the_names_are_kept(box):
    box.run_cell("kept = 5", 5)
    started = time.monotonic()
    assert box.run_cell("while True: pass", 1)["ended"] == "time"
    assert time.monotonic() - started < 3
    assert box.run_cell("kept", 5)["ended"] == "ok"


def test_a_loop_that_will_not_be_interrupted_is_killed(box):
    stubborn = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\n"
    with pytest.raises(BoxDied, match="did not stop"):
        box.run_cell(stubborn + "while True: pass", 1)


def test_endless_printing_is_cut(box):
    reply = box.run_cell("while True: print('again ' * 100)", 1)
    assert reply["ended"] == "time"
    text = "".join(output.get("text", "") for output in reply["outputs"])
    assert len(text) < LIMITS.output_bytes + 200 and "output cut" in text


def test_memory_is_limited_and_said_so(box):
    reply = box.run_cell("import numpy\nnumpy.ones(10 * 2**27)", 5)
    assert reply["outputs"][-1]["ename"] in ("MemoryError", "_ArrayMemoryError")


def test_an_exit_is_told(box):
    with pytest.raises(BoxDied, match="ended its own process"):
        box.run_cell("import os; os._exit(0)", 5)


def test_a_box_knows_nothing_of_the_one_before(parent):
    with parent.box(LIMITS) as box:
        box.run_cell("open('/tmp/left', 'w').write('x'); import keras; keras.x = 1", 5)
    with parent.box(LIMITS) as box:
        reply = box.run_cell("import os, keras\n[os.listdir('/tmp'), dir(keras)]", 5)
    text = reply["outputs"][0]["data"]["text/plain"]
    assert "left" not in text and "'x'" not in text
