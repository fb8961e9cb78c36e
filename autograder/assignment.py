"""An assignment: the folder that an instructor writes, read."""

import hashlib
import importlib.util
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType

from autograder.checks import Check, Limits, probe_source
from autograder.source import Cell, SourceError, read_answer, read_cells

NOTEBOOK = "notebook.py"


@dataclass(frozen=True)
class Problem:
    """A part of an assignment with points, and its checks.

    Attributes:
        solutions: the names of its holes.
        forbids: classes, functions and packages that no answer may use.
    """

    name: str
    points: float
    checks: tuple[Check, ...]
    solutions: tuple[str, ...]
    forbids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A wheat (`caught_by` is empty) or a chaff: solution cells by name.

    Attributes:
        problems: the only ones that its cells concern; none means all.
    """

    name: str
    caught_by: frozenset[str]
    mistake: str
    cells: dict[str, str] = field(hash=False)
    problems: tuple[str, ...] = ()


class Assignment:
    """What `folder` holds: notebook, checks, wheats, chaffs.

    Raises:
        SourceError: a file is missing, or checks and problems do not fit together.
    """

    caution = ""  # nothing keeps a grader from trusting these marks

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.name = self.folder.name
        self._checks = self._find_checks()

    def _find_checks(self) -> Path:
        """`checks.py`, or `checks/__init__.py` where one file would grow too long."""
        for path in ("checks.py", "checks/__init__.py"):
            if (self.folder / path).is_file() and (self.folder / NOTEBOOK).is_file():
                return self.folder / path
        raise SourceError(
            f"{self.folder} is no assignment: that is a folder with {NOTEBOOK} and "
            f"checks.py, or a package checks/ (see docs/design.md)."
        )

    @property
    def files(self) -> list[Path]:
        """What marking needs: the notebook and the checks."""
        parts = [self._checks]
        if self._checks.name == "__init__.py":
            parts = sorted(self._checks.parent.glob("*.py"))
        return [self.folder / NOTEBOOK, *parts]

    @cached_property
    def cells(self) -> list[Cell]:
        return read_cells(self.folder / NOTEBOOK)

    @cached_property
    def _module(self) -> ModuleType:
        path, name = self._checks, f"checks_of_{self.name}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise SourceError(f"{path} cannot be imported.")
        module = importlib.util.module_from_spec(spec)
        for known in [known for known in sys.modules if known.startswith(name)]:
            del sys.modules[known]  # of the same assignment in another folder
        sys.modules[name] = module  # a package finds its own files through it
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise SourceError(f"{path}: {type(error).__name__}: {error}") from error
        return module

    @property
    def limits(self) -> Limits:
        return getattr(self._module, "limits", Limits())

    @cached_property
    def problems(self) -> dict[str, Problem]:
        """The problems in the notebook's order, by name."""
        checks: list[Check] = list(self._module.checks)
        names = [check.name for check in checks]
        forbids = dict(getattr(self._module, "forbids", {}))
        problems, solutions = {}, []
        for cell in self.cells:
            if cell.role == "solution":
                solutions.append(cell.name)
            if cell.role == "test":
                own = tuple(check for check in checks if check.problem == cell.name)
                banned = tuple(forbids.pop(cell.name, ()))
                problem = Problem(cell.name, cell.points, own, tuple(solutions), banned)
                problems[cell.name] = problem
                solutions = []
        if forbids:
            unknown = ", ".join(forbids)
            raise SourceError(f"{self._checks}: forbids names no problem: {unknown}.")
        self._validate(names, problems)
        return problems

    def _validate(self, names: list[str], problems: dict[str, Problem]) -> None:
        for name in names:
            if names.count(name) > 1 or name.partition("/")[0] not in problems:
                raise SourceError(
                    f"{self._checks}: the check {name!r} stands twice or "
                    f"belongs to no problem ({', '.join(problems)})."
                )
        for problem in problems.values():
            if not problem.checks:
                raise SourceError(
                    f"{self.folder}: the problem {problem.name!r} has no check."
                )
            for check in problem.checks:
                try:
                    probe_source(check.run)
                except ValueError as error:
                    raise SourceError(f"{check.name}: {error}") from error

    def validate(self) -> None:
        """Reads all files, so that a mistake in one shows before anything is done."""
        _ = self.problems, self.wheats, self.chaffs

    @cached_property
    def written(self) -> dict[str, float]:
        """Points of the questions that are marked by hand."""
        return {c.name: c.points for c in self.cells if c.role == "written"}

    @property
    def points(self) -> float:
        """The points that are marked automatically."""
        return sum(problem.points for problem in self.problems.values())

    @property
    def asked_files(self) -> tuple[str, ...]:
        """What is handed in beside the notebook: the files that checks read."""
        checks = (check for p in self.problems.values() for check in p.checks)
        return tuple(sorted({check.file for check in checks if check.file}))

    @property
    def reference(self) -> dict[str, str]:
        return {c.name: c.source for c in self.cells if c.role == "solution"}

    @cached_property
    def wheats(self) -> list[Answer]:
        return self._answers("wheats")

    @cached_property
    def chaffs(self) -> list[Answer]:
        return self._answers("chaffs")

    def _answers(self, kind: str) -> list[Answer]:
        paths = sorted((self.folder / kind).glob("*.py"))
        return [self._answer(path, kind == "chaffs") for path in paths]

    def _answer(self, path: Path, wrong: bool) -> Answer:
        comments, cells = read_answer(path)
        unknown = set(cells) - set(self.reference)
        if unknown:
            raise SourceError(f"{path}: no solution cell is called {sorted(unknown)}.")
        caught_by, mistake = frozenset(), ""
        if wrong:
            first = comments[0] if comments else ""
            mark, _, names = first.partition("caught by:")
            known = {c.name for p in self.problems.values() for c in p.checks}
            caught_by = frozenset(name.strip() for name in names.split(","))
            if mark or not caught_by <= known:
                raise SourceError(
                    f"{path}: the first line of a chaff is `# caught by: CHECK`, with "
                    f"checks of this assignment. Received: {first!r}"
                )
            mistake = " ".join(comments[1:])
        return Answer(path.stem.replace("_", "-"), caught_by, mistake, cells)

    @property
    def version(self) -> str:
        """Changes when the notebook or the checks do."""
        digest = hashlib.sha256()
        for path in self.files:
            digest.update(path.name.encode() + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]
