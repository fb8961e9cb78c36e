"""A class is marked once, to the end, whatever stops the marking."""

import functools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from autograder import demo
from autograder.box import isolation
from autograder.collecting.collect import collect
from autograder.course import Course, CourseError, init
from autograder.grade import Batch
from autograder.returning.results import load_results
from autograder.workers.pool import Pool
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.gradebooks import contents
from tests.autograder.notebooks import WRONG, hand_in

SEED = "12345"


def put(course, student, data):
    folder = course.submitted(student, "toy")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_bytes(data)


def grade(course, students=None, **options):
    """Marks, and says which students were marked anew (not taken from the store)."""
    done = []
    batch = Batch(course, "toy", BACKEND, **options)
    before = {s: batch._stored(s) is not None for s in course.students("toy")}
    batch.run(
        students or course.students("toy"),
        workers(),
        lambda student, result: done.append(student),
    )
    return [student for student in done if not before[student]]


def test_only_what_changed_is_marked_again(course, toy):
    put(course, "ada", hand_in(toy))
    put(course, "bob", hand_in(toy, double=WRONG))
    assert sorted(grade(course)) == ["ada", "bob"]
    assert grade(course) == []
    put(course, "bob", hand_in(toy))
    assert grade(course) == ["bob"]
    assert load_results(course, "toy")["bob"].earned == 5
    assert sorted(grade(course, force=True)) == ["ada", "bob"]
    checks = course.root / "solutions" / "toy" / "checks.py"
    checks.write_text(checks.read_text() + "\n# changed\n")
    assert sorted(grade(course)) == ["ada", "bob"]


def test_a_new_run_has_a_new_seed(course, toy):
    put(course, "ada", hand_in(toy))
    seeds = set()
    for _ in range(2):
        grade(course, force=True)
        path = course.work_of("toy") / "seed.json"
        seeds.add(json.loads(path.read_text())["seed"])
    assert len(seeds) == 2


def test_manual_marks_stay(course, toy):
    put(course, "ada", hand_in(toy))
    grade(course)
    with course.gradebook() as gradebook:
        found = gradebook.find_grade("check-mean", "toy", "toy", "ada")
        found.manual_score = 1.5
        gradebook.db.commit()
    grade(course, force=True)
    assert contents(course, "toy")["ada"]["check-mean"][:2] == [3.0, 1.5]


def test_a_hand_in_without_the_notebook_has_a_reason(course, toy):
    folder = course.submitted("ada", "toy")
    folder.mkdir(parents=True)
    (folder / "other.ipynb").write_bytes(hand_in(toy))
    put(course, "bob", hand_in(toy))
    grade(course)
    results = load_results(course, "toy")
    assert "other.ipynb" in results["ada"].reason and results["bob"].earned == 5
    assert contents(course, "toy")["ada"]["check-mean"] == [None, None, True]


def test_a_failed_hand_in_does_not_keep_the_mark_of_the_one_before(course, toy):
    put(course, "ada", hand_in(toy))
    grade(course)
    put(course, "ada", b"no notebook")
    grade(course)
    assert load_results(course, "toy")["ada"].status == "failed"
    assert contents(course, "toy")["ada"]["check-mean"] == [None, None, True]


def test_a_damaged_result_is_made_again(course, toy):
    put(course, "ada", hand_in(toy))
    grade(course)
    path = course.work_of("toy") / "results" / "ada.json"
    path.write_text("{")
    assert "damaged" in load_results(course, "toy")["ada"].reason
    assert grade(course) == ["ada"]
    assert load_results(course, "toy")["ada"].earned == 5


def test_new_cells_are_refused_once_marks_are_recorded(course, toy, tmp_path):
    put(course, "ada", hand_in(toy))
    grade(course)
    (tmp_path / "new" / "toy").mkdir(parents=True)
    for path in toy.files:
        text = path.read_text().replace("double", "twice")
        (tmp_path / "new" / "toy" / path.name).write_text(text)
    before = sorted(course.root.rglob("*"))
    with pytest.raises(CourseError, match="check-double.*Nothing was changed"):
        init(course.root, [tmp_path / "new" / "toy"])
    assert sorted(course.root.rglob("*")) == before
    assert grade(course) == []


def test_a_path_that_nbgrader_cannot_take_is_refused(toy, tmp_path):
    with pytest.raises(CourseError, match="its path has"):
        init(tmp_path / "what?", [toy.folder])
    assert not (tmp_path / "what?").exists()


def test_a_machine_that_cannot_mark_keeps_no_mark(course, toy, monkeypatch):
    put(course, "ada", hand_in(toy))
    with monkeypatch.context() as patch:
        patch.setattr("autograder.box.warm.START_SECONDS", 0.01)
        batch = Batch(course, "toy", BACKEND)
        own = functools.partial(Pool, isolated=isolation.best(), jobs=1)
        results = batch.run(["ada"], own, lambda *_: None)
    assert "This machine could not run it" in results["ada"].reason
    assert "This machine" in load_results(course, "toy")["ada"].reason
    assert grade(course) == ["ada"]
    assert load_results(course, "toy")["ada"].earned == 5


def test_a_second_run_at_the_same_time_is_refused(course, toy):
    import fcntl

    put(course, "ada", hand_in(toy))
    course.work_of("toy").mkdir(parents=True)
    with open(course.work_of("toy") / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CourseError, match="another"):
            grade(course)


def start(course):
    """`autograder grade` as a person starts it, in a process group of its own."""
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        "--course",
        str(course.root),
    ]
    return subprocess.Popen(
        [*command, "--backend", BACKEND, "--jobs", "2"],
        env={**os.environ, "AUTOGRADER_SEED": SEED},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def clean(tmp_path_factory, toy):
    """A marked class, the same class unmarked, and the seconds that it took."""
    course = demo.set_up(tmp_path_factory.mktemp("demo") / "demo", [toy])
    hand_ins = demo.hand_ins(course, toy)
    collect(course, "toy", hand_ins)
    unmarked = tmp_path_factory.mktemp("unmarked") / "course"
    shutil.copytree(course.root, unmarked)
    started = time.monotonic()
    process = start(course)
    output = process.communicate()[0].decode()
    assert process.returncode == 1, output  # two hand-ins are no notebooks
    assert "20 marked, 2 not marked" in output
    return course, unmarked, time.monotonic() - started


def test_killed_ten_times_and_continued_it_ends_the_same(clean, tmp_path):
    course, unmarked, seconds = clean
    shutil.copytree(unmarked, tmp_path / "course")
    killed = Course(tmp_path / "course")
    moments = random.Random(int(SEED))
    kills = 0
    while kills < 10:
        started, process = time.monotonic(), start(killed)
        try:
            process.communicate(timeout=moments.uniform(0.2, 0.8) * seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
        else:
            # It was done in time, which says how long a run takes now. Half of the
            # results go, so that there is something to do for the next ones.
            seconds = time.monotonic() - started
            results = sorted((killed.work_of("toy") / "results").glob("*.json"))
            for path in results[::2]:
                path.unlink()
    process = start(killed)
    assert process.communicate() and process.returncode == 1
    assert contents(killed, "toy") == contents(course, "toy")
    again, once = load_results(killed, "toy"), load_results(course, "toy")
    assert {k: v.problems for k, v in again.items()} == {
        k: v.problems for k, v in once.items()
    }


def test_interrupted_it_says_how_to_go_on_and_leaves_nothing_behind(clean, tmp_path):
    _, unmarked, seconds = clean
    shutil.copytree(unmarked, tmp_path / "course")
    process = start(Course(tmp_path / "course"))
    time.sleep(0.6 * seconds)
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 1
    assert "The same command goes on" in output and "Traceback" not in output
    group = ["ps", "-o", "pid=", "-s", str(process.pid)]
    deadline = time.monotonic() + 15  # a parent ends once its imports are done
    while left := subprocess.run(group, capture_output=True, text=True).stdout.split():
        assert time.monotonic() < deadline, left
        time.sleep(0.2)
