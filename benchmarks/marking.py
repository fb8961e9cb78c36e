"""Marking with `autograder grade` beside `nbgrader autograde`, on the same hand-ins.

    KERAS_BACKEND=torch python benchmarks/marking.py [ASSIGNMENT ...] [--hand-ins 40]

Both mark the same right and wrong answers of the assignment with the same seed: half
of the class by nbgrader, all of it by ours, as one command with all that it starts,
the other half by nbgrader. Measured are hand-ins per second, ours with two jobs,
whether the marks are the same, what a hand-in costs beyond the computing in the
student's process, and the memory of all our processes together.

    python benchmarks/marking.py --growth 100 500 2000

marks so many hand-ins of the assignment: the cost of each must not grow.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

os.environ.setdefault("OMP_NUM_THREADS", "1")

import psutil  # noqa: E402
import results  # noqa: E402

from autograder.assignment import Assignment  # noqa: E402
from autograder.course import Course, init  # noqa: E402
from autograder.returning.results import load_results  # noqa: E402
from autograder.trial import answers, notebook_of  # noqa: E402

SOLUTIONS = pathlib.Path(__file__).parent.parent / "solutions"
BACKEND = os.environ.get("KERAS_BACKEND", "torch")
SEED, JOBS = "20", 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--hand-ins", type=int, default=40)
    parser.add_argument("--growth", type=int, nargs="+", default=[], metavar="N")
    options = parser.parse_args()
    known = sorted(path.parent.name for path in SOLUTIONS.glob("*/notebook.py"))
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"no assignment {', '.join(unknown)}; there are {known}")
    for name in options.names or known:
        assignment = Assignment(SOLUTIONS / name)
        if options.growth:
            entry = growth(assignment, options.growth)
            results.store("growth", name, entry)
        else:
            entry = beside_nbgrader(assignment, options.hand_ins)
            results.store("marking", name, entry)
        print(name, BACKEND, json.dumps(entry), flush=True)


def beside_nbgrader(assignment: Assignment, number: int) -> dict:
    with classes(assignment, number) as (ours, theirs):
        students = ours.students(assignment.name)
        halves = students[: number // 2], students[number // 2 :]
        with memory() as peak:
            seconds = {"ours": [], "nbgrader": []}
            for half in (halves[0], None, halves[1]):
                start = time.perf_counter()
                if half is None:
                    grade(ours, assignment.name)
                else:
                    autograde(theirs, assignment.name, half)
                name = "ours" if half is None else "nbgrader"
                seconds[name].append(time.perf_counter() - start)
        found = load_results(ours, assignment.name)
        computing = statistics.mean(r.computing for r in found.values())
        each = {name: sum(parts) / number for name, parts in seconds.items()}
        return {
            "hand-ins": number,
            "nbgrader s": round(each["nbgrader"], 3),
            "ours s": round(each["ours"], 3),
            "times as fast": round(each["nbgrader"] / each["ours"], 2),
            "computing s": round(computing, 3),
            "overhead s": round(each["ours"] * JOBS - computing, 3),
            "peak MB": round(peak[0] / 2**20),
            "marks differ": differing(ours, theirs, assignment.name),
        }


def growth(assignment: Assignment, numbers: list[int]) -> dict:
    """Seconds and peak memory by the number of hand-ins, all of them blank."""
    entry = {}
    for number in numbers:
        with classes(assignment, number, blank=True) as (course, _), memory() as peak:
            start = time.perf_counter()
            grade(course, assignment.name)
            seconds = time.perf_counter() - start
            report = time.perf_counter()
            run("autograder", "report", course, "--assignment", assignment.name)
            entry[str(number)] = {
                "seconds each": round(seconds / number, 3),
                "report seconds each": round(
                    (time.perf_counter() - report) / number, 3
                ),
                "peak MB": round(peak[0] / 2**20),
            }
            print(number, entry[str(number)], flush=True)
    return entry


@contextlib.contextmanager
def classes(
    assignment: Assignment, number: int, blank: bool = False
) -> Iterator[tuple[Course, Course]]:
    """Two courses with the same hand-ins: answers of the assignment, in turns."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="marking-", dir="/var/tmp"))
    try:
        course = init(folder / "ours", [assignment.folder])
        known = answers(assignment)
        step = max(1, len(known) // number)
        spread = known[::step]
        for place in range(number):
            data = notebook_of(assignment, spread[place % len(spread)])
            if blank:
                name = f"{assignment.name}.ipynb"
                data = (course.root / "release" / assignment.name / name).read_bytes()
            target = course.submitted(f"student{place:04}", assignment.name)
            target.mkdir(parents=True)
            (target / f"{assignment.name}.ipynb").write_bytes(data)
        shutil.copytree(course.root, folder / "theirs")
        yield course, Course(folder / "theirs")
    finally:
        shutil.rmtree(folder)


def grade(course: Course, assignment: str) -> None:
    options = ["--assignment", assignment, "--backend", BACKEND, "--jobs", str(JOBS)]
    run("autograder", "grade", course, *options)


def autograde(course: Course, assignment: str, students: list[str]) -> None:
    for student in students:  # it takes one or all of them
        run("nbgrader", "autograde", course, assignment, "--student", student)


def run(tool: str, what: str, course: Course, *options: str) -> None:
    program = str(pathlib.Path(sys.executable).parent / tool)
    environment = {**os.environ, "KERAS_BACKEND": BACKEND, "AUTOGRADER_SEED": SEED}
    done = subprocess.run(
        [program, what, *options],
        cwd=course.root,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{tool} {what}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def differing(ours: Course, theirs: Course, assignment: str) -> list[str]:
    """The students whose automatic marks are not the same in both gradebooks."""
    marks = []
    for course in (ours, theirs):
        with course.gradebook() as gradebook:
            submissions = gradebook.assignment_submissions(assignment)
            marks.append({s.student.id: grades_of(s) for s in submissions})
    return sorted(who for who in marks[0] if marks[0][who] != marks[1].get(who))


def grades_of(submission) -> dict[str, float]:
    grades = [grade for nb in submission.notebooks for grade in nb.grades]
    return {g.name: round(g.auto_score, 2) for g in grades if g.auto_score is not None}


@contextlib.contextmanager
def memory() -> Iterator[list[int]]:
    """The most memory that `autograder` and all its processes held, in bytes.

    What processes share is counted once (proportional set size).
    """
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            peak[0] = max(peak[0], sum(map(size, ours())))

    def ours() -> list[psutil.Process]:
        mine = psutil.Process().children()
        started = [p for p in mine if any("autograder" in part for part in argv(p))]
        return started + [c for p in started for c in p.children(recursive=True)]

    def argv(process: psutil.Process) -> list[str]:
        with contextlib.suppress(psutil.Error):
            return process.cmdline()[:3]
        return []

    def size(process: psutil.Process) -> int:
        with contextlib.suppress(psutil.Error):
            return process.memory_full_info().pss
        return 0

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


if __name__ == "__main__":
    main()
