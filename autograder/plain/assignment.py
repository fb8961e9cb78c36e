"""An ordinary nbgrader assignment, without checks of ours: its test cells decide."""

import copy
import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from nbgrader.utils import find_all_files, is_grade, is_locked, is_solution, is_task
from traitlets.config import Config

from autograder.assignment import Problem
from autograder.build import text_of
from autograder.limits import Limits
from autograder.source import SourceError
from autograder.workers.parcel import MOST_BYTES

if TYPE_CHECKING:
    from autograder.course import Course

NOTEBOOKS = "*.ipynb"  # never among an assignment's other files
OURS = "autograder.checks.kernel"  # stands in the check cells of our own assignments


class PlainAssignment:
    """What nbgrader knows of the assignment `name` of a course.

    Cells are called by their grade id; where the assignment has several notebooks, by
    `NOTEBOOK/GRADE_ID`.
    """

    def __init__(self, course: "Course", name: str) -> None:
        self.course, self.name = course, name

    @property
    def caution(self) -> str:
        """What a grader must know before trusting the marks."""
        return (
            f"{self.name} has no checks outside its notebooks: its marks come from its "
            f"own test cells, which run in the student's process, as in nbgrader. A "
            f"student who means harm can forge them."
        )

    @cached_property
    def config(self) -> Config:
        return self.course.config()

    @cached_property
    def ignore(self) -> list[str]:
        """Names of files that nbgrader leaves where they are."""
        return CourseDirectory(config=self.config).ignore

    @cached_property
    def notebooks(self) -> dict[str, NotebookNode]:
        """The released notebooks by name.

        Raises:
            SourceError: the gradebook does not know one, or a cell of one.
        """
        paths = sorted((self.course.root / "release" / self.name).glob(NOTEBOOKS))
        return {path.stem: self._released(path) for path in paths}

    def _released(self, path: Path) -> NotebookNode:
        notebook = nbformat.v4.upgrade(nbformat.read(path, as_version=4))
        known = self._recorded.get(path.stem)
        for cell in notebook.cells:
            if not is_nbgraders(cell):
                cell.metadata.pop("nbgrader", None)
            elif known is None or cell.metadata.nbgrader.grade_id not in known:
                raise SourceError(
                    f"The gradebook does not know {path} as it is. Run `nbgrader "
                    f"generate_assignment {self.name}` in the course, as for "
                    f"nbgrader's own autograder."
                )
        return notebook

    @cached_property
    def _recorded(self) -> dict[str, dict[str, str]]:
        """The gradebook's sources by notebook and grade id, with hidden tests."""
        with self.course.gradebook() as gradebook:
            try:
                notebooks = gradebook.find_assignment(self.name).notebooks
            except MissingEntry:
                return {}
            return {
                n.name: {c.name: c.source for c in n.source_cells} for n in notebooks
            }

    def _all_sources(self) -> Iterator[str]:
        for cells in self._recorded.values():
            yield from cells.values()

    def complete(self, name: str, notebook: NotebookNode) -> None:
        """Puts the hidden tests back where they stand."""
        for cell in notebook.cells:
            if is_locked(cell):
                grade_id = cell.metadata.nbgrader.grade_id
                cell.source = self._recorded[name][grade_id]

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The instructor's other files (data, pictures, modules), by relative path."""
        folder = self.course.root / "source" / self.name
        paths = sorted(find_all_files(str(folder), [*self.ignore, NOTEBOOKS]))
        named = {os.path.relpath(path, folder): Path(path) for path in paths}
        students = Autograde(config=self.config).exclude_overwriting.get(self.name, [])
        return {n: p.read_bytes() for n, p in named.items() if n not in students}

    def cell_name(self, notebook: str, cell: NotebookNode) -> str:
        name = cell.metadata.nbgrader.grade_id
        return name if len(self.notebooks) == 1 else f"{notebook}/{name}"

    @cached_property
    def problems(self) -> dict[str, Problem]:
        """The test cells, in order. None has a check: nbgrader's rule marks them."""
        return {n: Problem(n, p, (), ()) for n, p in self._points(is_test).items()}

    @cached_property
    def written(self) -> dict[str, float]:
        """Points of what is marked by hand: answers and tasks."""
        return self._points(is_manual)

    @property
    def points(self) -> float:
        """The points that are marked automatically."""
        return sum(problem.points for problem in self.problems.values())

    def _points(self, wanted: Callable[[NotebookNode], bool]) -> dict[str, float]:
        return {
            self.cell_name(name, cell): float(cell.metadata.nbgrader.points)
            for name, notebook in self.notebooks.items()
            for cell in notebook.cells
            if wanted(cell)
        }

    @cached_property
    def limits(self) -> Limits:
        """The usual ones, but for nbgrader's own setting of how long a cell may run."""
        usual = Limits().submission_seconds
        seconds = Execute(config=self.config).timeout
        if seconds is None or seconds <= 0:  # nbgrader's words for no limit
            seconds = usual
        whole = max(usual, 10 * seconds) * len(self.notebooks)
        return Limits(cell_seconds=seconds, submission_seconds=whole)

    def validate(self) -> None:
        """Refuses, before anything starts, what no box can run.

        Raises:
            SourceError: a notebook is not Python's, there are too many files, or the
                checks of an assignment of ours are lost.
        """
        if any(OURS in text for text in self._all_sources()):
            raise SourceError(
                f"{self.name} has checks that are not in solutions/{self.name} any "
                f"more. Bring them back with `autograder init`."
            )
        for name, notebook in self.notebooks.items():
            if language(notebook) != "python":
                raise SourceError(
                    f"{self.name}: {name}.ipynb is for {language(notebook)}; boxes run "
                    f"Python only. Use `nbgrader autograde {self.name}` instead."
                )
        size = sum(len(data) for data in self.files.values())
        if size > MOST_BYTES:
            raise SourceError(
                f"{self.name}: source/{self.name} has {size >> 20} MB of other files; "
                f"at most {MOST_BYTES >> 20} MB are laid beside a notebook."
            )

    @property
    def version(self) -> str:
        """Changes with the notebooks, the other files and the limits."""
        digest = hashlib.sha256(repr(self.limits).encode())
        for name, notebook in self.notebooks.items():
            whole = copy.deepcopy(notebook)
            self.complete(name, whole)
            digest.update(text_of(whole).encode() + b"\0")
        for name, data in self.files.items():
            digest.update(name.encode() + b"\0" + data + b"\0")
        return digest.hexdigest()[:16]


def is_nbgraders(cell: NotebookNode) -> bool:
    """Whether the gradebook holds the cell."""
    return is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)


def is_test(cell: NotebookNode) -> bool:
    """Whether the cell's outputs decide about points."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def is_manual(cell: NotebookNode) -> bool:
    return is_task(cell) or is_grade(cell) and not is_test(cell)


def language(notebook: NotebookNode) -> str:
    """The language of a notebook's kernel; Python where it does not say."""
    kernel = notebook.metadata.get("kernelspec", {})
    spoken = notebook.metadata.get("language_info", {}).get("name")
    named = kernel.get("name", "python")
    known = "python" if named.startswith("python") else named
    return (kernel.get("language") or spoken or known).lower()
