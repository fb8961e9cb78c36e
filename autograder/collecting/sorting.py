"""Who handed in what: the files of a source by student, and what is nobody's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import PurePosixPath

from autograder.collecting.archives import ARCHIVES
from autograder.collecting.handin import STAMP, Found, Wanted
from autograder.collecting.members import File
from autograder.collecting.names import Owner, owner, same
from autograder.collecting.roster import Roster
from autograder.course import Course


class Sorter:
    """Sorts the files of one source.

    Args:
        wanted: the files that make a hand-in.
        student: whose all of it is; None where the paths say it.

    Attributes:
        unmatched: path to the reason why a file is in no hand-in.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        wanted: Wanted,
        student: str | None = None,
        roster: Roster | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        self.assignment, self.wanted, self.student = assignment, wanted, student
        self.roster, self.zone = roster, zone
        self.others = set(course.assignments) - {assignment}
        folders = (course.root / "submitted").glob("*")
        self.known = {same(path.name): path.name for path in folders}
        self.unmatched: dict[str, str] = {}

    def by_student(self, files: Sequence[File]) -> dict[str, list[Found]]:
        """Students' ids to what is theirs; ids that clash are left out."""
        students: dict[str, list[Found]] = defaultdict(list)
        for found in self._owned(self._without_wrapper(list(files))):
            try:
                students[self._id(found.owner)].append(found)
            except LookupError as error:
                self.unmatched[found.path] = str(error)
        spellings: dict[str, set[str]] = defaultdict(set)
        for name in students:
            spellings[same(name)] |= {name, self.known.get(same(name), name)}
        for name, some in list(students.items()):
            clash = _clash(spellings[same(name)], some)
            if clash:
                self.leave_out(students.pop(name), clash)
        return students

    def leave_out(self, some: Sequence[Found], reason: str) -> None:
        for found in some:
            self.unmatched[found.path] = reason

    def is_stamp(self, found: Found) -> bool:
        """Whether it is nbgrader's note of the time, not a file of the student's."""
        if found.owner.platform:
            return bool(found.owner.when) and found.owner.file.name == STAMP
        there = PurePosixPath(self.assignment, STAMP)
        return found.owner.file == there and not found.file.inner

    def _owned(self, files: Sequence[File]) -> list[Found]:
        """The files that may be part of a hand-in for this assignment."""
        pairs = []
        for file in files:
            whose = self._whose(file.path)
            fault = file.fault or self._fault(file, whose)
            if fault or whose is None:
                self.unmatched[str(file.path)] = fault or "no student in its path"
            else:
                pairs.append(Found(file, whose))
        return pairs

    def _whose(self, path: PurePosixPath) -> Owner | None:
        if self.student:
            return Owner(self.student, file=path)
        extra = [name for name in self.wanted.names if not name.endswith(".ipynb")]
        return owner(path, self.assignment, extra, self.zone)

    def _id(self, whose: Owner) -> str:
        """The student's id. Raises LookupError where the roster has no such one."""
        if self.roster is None:
            return whose.id
        return self.roster.find(whose.name, whose.number)

    def _fault(self, file: File, whose: Owner | None) -> str:
        name = whose.file.name if whose else file.path.name
        stamp = whose is not None and self.is_stamp(Found(file, whose))
        known = name.lower().endswith(".ipynb") or name in self.wanted.names or stamp
        if not known and not (self.wanted.others and whose):
            return "not a notebook (.ipynb)"
        if whose is None or whose.platform:
            other = whose.assignment if whose else ""
        else:
            top = whose.file.parts[0]
            other = top if top in self.others else ""
        return f"handed in for {other}" if other not in ("", self.assignment) else ""

    def _without_wrapper(self, files: list[File]) -> list[File]:
        """The files below the one folder that holds all, where that is no student's.

        It is none's if below it there are more students than one, or one of the roster.
        """
        tops = {file.path.parts[0] for file in files}
        flat = any(len(file.path.parts) < 2 for file in files)
        if len(tops) != 1 or flat or self.student or self._is_somebodys(*tops):
            return files
        below = [replace(f, path=PurePosixPath(*f.path.parts[1:])) for f in files]
        notebooks = [file.path for file in below if file.path.suffix == ".ipynb"]
        owners = [whose for path in notebooks if (whose := self._whose(path))]
        several = len({whose.name for whose in owners}) > 1
        return below if several or any(map(self._is_listed, owners)) else files

    def _is_somebodys(self, top: str) -> bool:
        """Whether a folder is a student's, whatever they put into it."""
        whose = self._whose(PurePosixPath(top, "file"))
        if whose is None or whose.platform or top.lower().endswith(ARCHIVES):
            return True
        return same(whose.id) in self.known or self._is_listed(whose)

    def _is_listed(self, whose: Owner) -> bool:
        try:
            return self.roster is not None and bool(self._id(whose))
        except LookupError:
            return False


def _clash(spellings: set[str], some: Sequence[Found]) -> str:
    """Why files cannot be one student's; empty where they can."""
    people = sorted({(f.owner.name, f.owner.number) for f in some})
    if len(people) > 1:
        who = " and ".join(repr(" ".join(person).strip()) for person in people)
        return f"one id would stand for {who}; use a roster, or --student"
    if len(spellings) > 1:
        return (
            f"the ids {' and '.join(sorted(spellings))} are one to some disks; use a "
            f"roster, or --student"
        )
    return ""
