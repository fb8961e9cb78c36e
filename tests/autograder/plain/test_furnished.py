"""Boxes with files, as nbgrader's kernels find them."""

import pytest

from autograder.box.client import BoxError
from autograder.limits import Limits
from autograder.plain import furnished
from autograder.plain.furnished import Furnished
from autograder.run import Session

FILES = {
    "data.csv": b"a,b\n1,2\n",
    "sub/deep/raw.bin": bytes(range(256)) * 3,
    "empty": b"",
    "helper.py": b"def triple(x):\n    return 3 * x\n",
}


@pytest.fixture
def session(parent):
    session = Session(Furnished(parent, FILES), Limits())
    yield session
    session.close()


def shown(outputs):
    return "".join(output.get("text", "") for output in outputs)


def test_files_lie_in_the_working_folder(session):
    read = session.run(
        "print(open('data.csv').read(), len(open('sub/deep/raw.bin', 'rb').read()),"
        " repr(open('empty').read()))"
    )
    assert shown(read) == "a,b\n1,2\n 768 ''\n"


def test_large_files_come_in_pieces(parent, monkeypatch):
    monkeypatch.setattr(furnished, "PIECE", 1000)
    data = bytes(range(256)) * 10
    session = Session(Furnished(parent, {"large": data}), Limits())
    same = session.run("print(open('large', 'rb').read() == bytes(range(256)) * 10)")
    session.close()
    assert shown(same) == "True\n"


def test_modules_of_the_assignment_can_be_imported(session):
    assert shown(session.run("import helper; print(helper.triple(2))")) == "6\n"


def test_a_box_that_takes_the_place_of_another_has_the_files_too(session):
    session.run("open('data.csv', 'w').write('changed')")
    session.run("import os; os._exit(1)")
    again = shown(session.run("print(open('data.csv').read())"))
    assert again == "changed\n"  # the first cell ran again, the second did not
    assert session.restarts == 1
    assert shown(session.run("print(len(open('empty').read()))")) == "0\n"


def test_warnings_are_shown_as_in_a_kernel(session):
    outputs = session.run("import warnings; warnings.warn('mind')")
    assert outputs[0]["name"] == "stderr" and "mind" in outputs[0]["text"]
    outputs = session.run("warnings.warn('old', ImportWarning)")
    assert outputs == []


def test_what_the_warm_parent_left_behind_is_not_heard_of(session):
    """Its open files are closed in a box, and complain when they are collected."""
    outputs = session.run(
        "import gc, matplotlib.font_manager as fonts\n"
        "fonts._get_font.cache_clear()\n"
        "collected = gc.collect()"
    )
    assert outputs == []


def test_commands_run_as_in_a_kernel(session):
    outputs = session.run("word = 'there'\n!echo hello $word; echo more >&2; exit 3")
    assert [output["name"] for output in outputs] == ["stdout"]
    assert shown(outputs) == "hello there\nmore\n"
    assert shown(session.run("print(_exit_code)")) == "3\n"


@pytest.mark.parametrize("replaced", ["lambda *_, **__: None", "None"])
def test_an_error_cannot_be_hidden(session, replaced):
    session.run(
        "import IPython.core.interactiveshell as s\n"
        f"s.InteractiveShell.showtraceback = {replaced}"
    )
    outputs = session.run("assert False")
    assert [output["output_type"] for output in outputs].count("error") == 1


def test_files_that_do_not_fit_are_said(parent):
    limits = Limits(disk_mb=1)
    with pytest.raises(BoxError, match="could not be furnished.*space|large"):
        Furnished(parent, {"large": bytes(3 << 20)}).box(limits)
    Furnished(parent, FILES).box(limits).close()
