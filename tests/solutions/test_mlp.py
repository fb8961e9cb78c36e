"""The first assignment: fair on every backend, and nothing of it given away.

The demo class holds every wheat and a chaff per problem, on each backend. Every chaff
is tried on one backend here, in turn; `make trial` tries all of them on all three.
"""

import csv
import json
import re
import secrets
import shutil
import subprocess
import sys
import tarfile
import tokenize
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from autograder import demo, report, trial
from autograder.assignment import Assignment
from autograder.box import isolation
from autograder.build import release_notebook, source_notebook, text_of, write_bundle
from autograder.collect import collect
from autograder.commands.options import BACKENDS
from autograder.course import Course
from autograder.grade import Batch
from tests.autograder.gradebooks import automatic
from tests.autograder.test_nbgrader import nbgrader

ROOT = Path(__file__).parents[2]
MLP = Assignment(ROOT / "solutions" / "mlp")
HOLE = re.compile(r"### BEGIN SOLUTION(.*?)### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Backend to the demo class, collected and marked, and the same class unmarked."""
    made = {}

    def mark(backend):
        if backend not in made:
            folder = tmp_path_factory.mktemp(backend)
            course, hand_ins = demo.set_up(folder / "demo", MLP)
            collect(course, "mlp", hand_ins)
            shutil.copytree(course.root, folder / "unmarked")
            batch = Batch(course, "mlp", backend)
            students = course.students("mlp")
            batch.run(students, 2, isolation.best(), lambda *_: None)
            report.write(course, "mlp")
            made[backend] = course, Course(folder / "unmarked")
        return made[backend]

    return mark


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_hand_in_of_the_demo_class_ends_as_it_must(marked, backend):
    course, _ = marked(backend)
    rows = {row.student: row for row in report.rows(course, "mlp")}
    expected = demo.expectations(MLP)
    missed = {name: expected[name].missed(rows[name], MLP) for name in expected}
    assert {name: words for name, words in missed.items() if words} == {}
    assert rows["odd-blank"].automatic == 0
    assert len(expected) >= 24
    with open(course.root / "grades.csv", newline="") as file:
        assert {line["student"] for line in csv.DictReader(file)} == set(expected)
    assert all(course.feedback(name, "mlp").is_file() for name in expected)


def test_plain_nbgrader_gives_the_honest_ones_the_same_marks(marked):
    course, plain = marked("torch")
    honest = ["odd-blank", "odd-half-finished", "odd-late", "odd-exception-in-a-cell"]
    honest += [name for name in course.students("mlp") if not name.startswith("odd-")]
    for name in set(plain.students("mlp")) - set(honest):
        shutil.rmtree(plain.root / "submitted" / name)
    ran = nbgrader(plain, "autograde", "mlp", backend="torch")
    assert ran.returncode == 0, ran.stderr[-2000:]
    ours = automatic(course, "mlp")
    assert automatic(plain, "mlp") == {name: ours[name] for name in honest}


@pytest.mark.parametrize("backend", BACKENDS)
def test_chaffs_are_caught_by_the_checks_that_they_name(backend):
    """A third of the chaffs per backend."""
    turn = BACKENDS.index(backend)
    some = MLP.chaffs[turn :: len(BACKENDS)]
    outcomes = trial.trial(
        MLP, some, backend, isolation.best(), 2, secrets.randbits(63), lambda _: None
    )
    surprises = {o.answer.name: o.surprise for o in outcomes if not o.as_expected}
    assert surprises == {}


def test_there_are_enough_wheats_and_chaffs_and_each_check_is_tried():
    assert len(MLP.wheats) >= 6 and len(MLP.chaffs) >= 20
    checks = {c.name for problem in MLP.problems.values() for c in problem.checks}
    tried = {name for chaff in MLP.chaffs for name in chaff.caught_by}
    assert checks == tried
    assert 20 <= MLP.points <= 30 and sum(MLP.written.values()) > 0
    assert all(chaff.mistake for chaff in MLP.chaffs)


def test_chaffs_that_say_the_same_twice_are_one_too_many():
    bodies = [json.dumps(chaff.cells, sort_keys=True) for chaff in MLP.chaffs]
    assert len(set(bodies)) == len(bodies)


def test_the_exercise_in_the_repository_is_the_one_that_is_built():
    path = ROOT / "exercises" / "mlp" / "mlp.ipynb"
    assert path.read_text(encoding="utf-8") == text_of(release_notebook(MLP))


# --- what students get holds no answer -------------------------------------------


def secret_lines() -> set[str]:
    """Lines of code of solutions, hidden checks, wheats; telling ones only."""
    texts = [hole for source in solutions() for hole in HOLE.findall(source)]
    texts += [path.read_text("utf-8") for path in MLP.files if path.suffix == ".py"][1:]
    texts += [source for wheat in MLP.wheats for source in wheat.cells.values()]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    shown_to_all = shown()
    visible = {line for line in lines if json.dumps(line)[1:-1] in shown_to_all}
    telling = {line for line in lines - visible if len(line) > 25}
    assert len(telling) > 300
    return telling


def solutions() -> list[str]:
    cells = [c for c in MLP.cells if c.role in ("solution", "written")]
    return [cell.source for cell in cells]


def shown() -> str:
    """What the script itself shows to students outside holes, as JSON text."""
    shown = [c.source for c in MLP.cells if c.role in ("text", "given", "test")]
    shown += [HOLE.sub("", source) for source in solutions()]
    return json.dumps("\n".join(shown), ensure_ascii=False)


def expected_values() -> set[str]:
    """Numbers of five digits and more that only solutions and checks contain."""
    numbers = set()
    for path in MLP.files[1:]:
        with open(path, "rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.NUMBER and len(token.string) > 5:
                    numbers.add(token.string)
    return {number for number in numbers if number not in shown()}


def contents_of(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(archive)) as files:
        return {name: files.read(name).decode("utf-8") for name in files.namelist()}


def assert_nothing_given_away(files: dict[str, str]) -> None:
    telling = secret_lines()
    for name, text in files.items():
        found = {line for line in telling if json.dumps(line)[1:-1] in text}
        assert found == set(), f"{name} holds {sorted(found)[:3]}"
        assert not [number for number in expected_values() if number in text], name
        for words in ("BEGIN SOLUTION", "HIDDEN TESTS", "check_here", "caught by"):
            assert words not in text, name


def test_the_students_zip_holds_no_solution_check_or_value(tmp_path):
    notebooks = {"mlp": text_of(release_notebook(MLP))}
    write_bundle(notebooks, tmp_path / "students.zip")
    files = contents_of((tmp_path / "students.zip").read_bytes())
    assert set(files) == {"START.md", "exercises/mlp.ipynb"}
    assert_nothing_given_away(files)


def test_that_test_would_find_what_the_instructors_notebook_holds():
    with pytest.raises(AssertionError):
        assert_nothing_given_away({"mlp": text_of(source_notebook(MLP))})
    checks = {path.name: path.read_text("utf-8") for path in MLP.files[1:]}
    with pytest.raises(AssertionError):
        assert_nothing_given_away(checks)


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


def test_every_hole_stops_with_an_error_and_none_runs_silently():
    holes = [c for c in release_notebook(MLP).cells if c.id.startswith("solution-")]
    assert len(holes) == len(MLP.reference)
    for cell in holes:
        assert "raise NotImplementedError()" in cell.source
        compile(cell.source, cell.id, "exec")
