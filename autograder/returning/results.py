"""The results that marking has stored, read back."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.submission import Result


def load_results(course: Course, assignment: str) -> dict[str, Result]:
    """The stored results of an assignment by student; without the notebooks, which
    would fill the memory."""
    results = {}
    for path in sorted((course.work_of(assignment) / "results").glob("*.json")):
        student = path.name.removesuffix(".json")
        if course.submitted(student, assignment).is_dir():  # else it was withdrawn
            results[student] = replace(_loaded(path), notebooks={})
    return results


def last_run(course: Course, assignment: str) -> str:
    """How the last run shut students' code in; empty where there was none."""
    path = course.work_of(assignment) / "run.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))["how"]
    except (OSError, ValueError, KeyError):
        return ""


def stored_notebooks(course: Course, assignment: str, student: str) -> dict[str, Any]:
    """A student's restored notebooks with their outputs, by name."""
    path = course.work_of(assignment) / "results" / f"{student}.json"
    return _loaded(path).notebooks


def _loaded(path: Path) -> Result:
    """One stored result; that it is damaged where it is."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Result.from_json(data["result"])
    except (ValueError, KeyError, TypeError):
        reason = "The stored result is damaged; run `autograder grade` again."
        return Result("failed", reason=reason)
