"""What students get holds no solution, no hidden check and no expected value."""

import functools
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tokenize
import zipfile
from io import BytesIO

import pytest

from autograder.assignment import Assignment
from autograder.build import release_notebook, source_notebook, text_of, write_bundle
from tests.solutions.conftest import ASSIGNMENTS, NAMES, ROOT

HOLE = re.compile(r"### BEGIN SOLUTION(.*?)### END SOLUTION", re.DOTALL)


def secret_lines(assignment: Assignment) -> set[str]:
    """Lines of code of solutions, hidden checks, wheats; telling ones only."""
    texts = [hole for source in solutions(assignment) for hole in HOLE.findall(source)]
    texts += [path.read_text("utf-8") for path in checks(assignment)]
    texts += [source for wheat in assignment.wheats for source in wheat.cells.values()]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    to_all = shown_to_all()
    telling = {line for line in lines if len(line) > 25 and quoted(line) not in to_all}
    assert len(telling) > 300
    return telling


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def checks(assignment: Assignment) -> list:
    return [path for path in assignment.files if path.name != "notebook.py"]


def solutions(assignment: Assignment) -> list[str]:
    cells = [c for c in assignment.cells if c.role in ("solution", "written")]
    return [cell.source for cell in cells]


@functools.cache
def shown_to_all() -> str:
    return "\n".join(map(shown, ASSIGNMENTS.values()))


def shown(assignment: Assignment) -> str:
    """What the script itself shows to students outside holes, as JSON text."""
    open_roles = ("text", "given", "picture", "test")
    parts = [c.source for c in assignment.cells if c.role in open_roles]
    parts += [HOLE.sub("", source) for source in solutions(assignment)]
    return json.dumps("\n".join(parts), ensure_ascii=False)


def expected_values(assignment: Assignment) -> set[str]:
    """Numbers of five digits and more that only solutions and checks contain."""
    numbers = set()
    for path in checks(assignment):
        with open(path, "rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.NUMBER and len(token.string) > 5:
                    numbers.add(token.string)
    return {number for number in numbers if number not in shown_to_all()}


def assert_nothing_given_away(files: dict[str, str], assignment: Assignment) -> None:
    telling, values = secret_lines(assignment), expected_values(assignment)
    for name, text in files.items():
        found = {line for line in telling if quoted(line) in text}
        assert found == set(), f"{name} holds {sorted(found)[:3]}"
        assert not [number for number in values if number in text], name
        for words in ("BEGIN SOLUTION", "HIDDEN TESTS", "check_here", "caught by"):
            assert words not in text, name


def test_the_students_zip_holds_no_solution_check_or_value(tmp_path):
    notebooks = {n: text_of(release_notebook(a)) for n, a in ASSIGNMENTS.items()}
    write_bundle(notebooks, tmp_path / "students.zip")
    with zipfile.ZipFile(BytesIO((tmp_path / "students.zip").read_bytes())) as files:
        found = {name: files.read(name).decode("utf-8") for name in files.namelist()}
    assert set(found) == {"START.md", *(f"exercises/{n}.ipynb" for n in NAMES)}
    for assignment in ASSIGNMENTS.values():
        assert_nothing_given_away(found, assignment)


def test_that_test_would_find_what_the_instructors_files_hold(assignment):
    text = text_of(source_notebook(assignment))
    with pytest.raises(AssertionError):
        assert_nothing_given_away({assignment.name: text}, assignment)
    texts = {path.name: path.read_text("utf-8") for path in checks(assignment)}
    with pytest.raises(AssertionError):
        assert_nothing_given_away(texts, assignment)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel and the source distribution that students may install."""
    folder = tmp_path_factory.mktemp("dist")
    copy = folder / "clone"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(copy)], check=True, capture_output=True)
    return folder


def test_wheel_and_sdist_hold_no_assignment(built):
    wheel = next(built.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    names += tarfile.open(next(built.glob("*.tar.gz"))).getnames()
    for word in ("solutions", "wheats", "chaffs", "exercises", "demo.txt"):
        assert not [name for name in names if word in name.split("/")]
    assert "autograder/templates/student.html" in names
    assert "kerasdl/autodiff.py" in names
