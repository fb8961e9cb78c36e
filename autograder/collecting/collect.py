"""Hand-ins to a course's `submitted` folder, each under the id of its student.

What cannot be matched is listed, never dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from autograder.collecting.archives import files
from autograder.collecting.handin import Found, Handin, Wanted, chosen, lay_down
from autograder.collecting.roster import Roster
from autograder.collecting.sorting import Sorter
from autograder.course import Course
from autograder.plain.assignment import PlainAssignment


@dataclass
class Collected:
    """What became of a source.

    Attributes:
        taken: student to the path of the notebook that counts now.
        unchanged: students whose hand-in was there already.
        unmatched: path to the reason why it was left out.
        notes: student to what a grader should know.
    """

    taken: dict[str, str] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    unmatched: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def collect(
    course: Course,
    assignment: str,
    source: Path,
    student: str | None = None,
    roster: Roster | None = None,
    zone: tzinfo | None = None,
    older: bool = False,
) -> Collected:
    """Copies each student's hand-in to `submitted/STUDENT/ASSIGNMENT/`.

    Args:
        source: a folder or an archive with a folder or a file per student (as Moodle,
            Canvas, Blackboard or nbgrader lay them out, or people), or one notebook.
        student: whose all of it is.
        roster: the students' ids by what platforms call them; without one, ids are
            made of what the platform says.
        zone: of times that say none; None for this machine's.
        older: whether a hand-in may take the place of a newer one.

    Raises:
        ArchiveError: there is no such source, it is damaged or larger than the caps.
    """
    wanted = _wanted(course, assignment)
    sorter = Sorter(course, assignment, wanted, student, roster, zone)
    collected = Collected(unmatched=sorter.unmatched)
    for name, some in sorted(sorter.by_student(list(files(source, zone))).items()):
        _take(course, sorter, name, some, collected, older)
    return collected


def _wanted(course: Course, assignment: str) -> Wanted:
    """The files that make a hand-in: notebooks, and what is read beside them."""
    if assignment not in course.assignments:
        return Wanted([f"{assignment}.ipynb"])
    read = course.assignment(assignment)
    if isinstance(read, PlainAssignment):
        return Wanted([f"{name}.ipynb" for name in read.notebooks], others=True)
    return Wanted([f"{assignment}.ipynb", *read.asked_files])


def _take(
    course: Course,
    sorter: Sorter,
    student: str,
    some: Sequence[Found],
    collected: Collected,
    older: bool,
) -> None:
    """Lays down what counts of a student's files; the others are listed."""
    latest = _latest(some)
    stamps = [found for found in latest if sorter.is_stamp(found)]
    counted = _choose(sorter, student, [f for f in latest if f not in stamps])
    if counted is None:
        return
    folder = course.submitted(student, sorter.assignment)
    handin = Handin(counted, stamps[0] if stamps else None)
    try:
        outcome = lay_down(folder, handin, sorter.wanted, older)
    except Exception as error:  # a damaged member never stops the others
        sorter.leave_out(list(counted.values()), f"cannot be read: {error}")
        return
    notebook = next(iter(counted.values()))
    if outcome == "taken":
        collected.taken[student] = notebook.path
        _note(collected, student, notebook, len({f.owner.when for f in some}))
    elif outcome == "unchanged":
        collected.unchanged.append(student)
    else:
        reason = f"{student}: older than what is there, which stays; see --older"
        sorter.leave_out([notebook], reason)


def _latest(some: Sequence[Found]) -> list[Found]:
    """The last of several hand-ins, where the paths say their times."""
    times = [found.owner.when for found in some if found.owner.when]
    if len(times) < len(some):
        return list(some)
    return [found for found in some if found.owner.when == max(times)]


def _choose(
    sorter: Sorter, student: str, some: Sequence[Found]
) -> dict[str, Found] | None:
    """What counts by name; None where no notebook does. The others are listed."""
    counted: dict[str, Found] = {}
    for name in sorter.wanted.names:
        group = [found for found in some if _may_be(found, name, sorter.wanted)]
        one = chosen(group, name) if group else None
        if one is not None:
            counted[name] = one
        for found in group:
            if found is not one:
                words = f"{len(group)} files could be {name}; which one counts?"
                words = f"{one.path} counts" if one else words
                sorter.leave_out([found], f"{student}: {words}")
    notebooks = [one for name, one in counted.items() if name.endswith(".ipynb")]
    if notebooks:
        counted |= _beside(notebooks[0], sorter, some)
        spare = [f for f in some if f not in counted.values()]
        spare = [f for f in spare if f.path not in sorter.unmatched]
        sorter.leave_out(spare, f"{student}: not asked for")
        return counted
    sorter.leave_out(list(counted.values()), f"{student}: no notebook that counts")
    return None


def _may_be(found: Found, name: str, wanted: Wanted) -> bool:
    """Whether a file can count as `name`: the only notebook whatever it is called."""
    if [name] == wanted.notebooks:
        return found.owner.file.suffix.lower() == ".ipynb"
    return found.owner.file.name == name


def _beside(notebook: Found, sorter: Sorter, some: Sequence[Found]) -> dict[str, Found]:
    """The other files in and below a notebook's folder, by their place there."""
    folder, beside = notebook.owner.file.parent, {}
    for found in some if sorter.wanted.others else ():
        if found.owner.file.suffix.lower() == ".ipynb":
            continue
        if found.owner.file.is_relative_to(folder):
            beside[str(found.owner.file.relative_to(folder))] = found
    return beside


def _note(collected: Collected, student: str, notebook: Found, attempts: int) -> None:
    notes = []
    if attempts > 1:
        notes.append(f"the last of {attempts} hand-ins was taken")
    if notebook.owner.late:
        notes.append("late, as Canvas says; its archives do not say how late")
    if notes:
        collected.notes[student] = "; ".join(notes)
