"""What stands in a gradebook, without the ids and times that differ by run."""

from typing import Any

from autograder.course import Course


def contents(course: Course, assignment: str) -> dict[str, Any]:
    """Student to cells to (automatic mark, manual mark, pending, comment)."""
    with course.gradebook() as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(assignment):
            cells = {}
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    cells[grade.cell.name] = [
                        grade.auto_score,
                        grade.manual_score,
                        grade.needs_manual_grade,
                    ]
                for comment in notebook.comments:
                    cells[f"{comment.name} comment"] = comment.auto_comment
            cells["late"] = submission.total_seconds_late
            found[submission.student.id] = cells
        return found


def automatic(course: Course, assignment: str) -> dict[str, dict[str, float]]:
    """Student to check cell to automatic mark."""
    return {
        student: {k: v[0] for k, v in cells.items() if k.startswith("check-")}
        for student, cells in contents(course, assignment).items()
    }
