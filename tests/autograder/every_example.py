"""Marks every example notebook of nbgrader's package, by us and by nbgrader.

`python -m tests.autograder.every_example DIR` takes minutes, so it is no test of the
suite; `docs/nbgrader.md` says what came of it. Each notebook is handed in twice: as it
was released, and with the instructor's own solution.
"""

import re
import shutil
import sys
from pathlib import Path

from autograder.course import Course
from tests.autograder.plain_courses import (
    FILES,
    GUIDE,
    PACKAGE,
    PATIENT,
    add,
    contents,
    lay,
    make,
    mark_both_ways,
    released,
)


def main(folder: Path) -> int:
    examples, refused = accepted(make(folder / "trial"))
    for name, reason in refused.items():
        print(f"refused by nbgrader itself: {name}: {reason}")
    course = make(folder / "ours", PATIENT)
    _add(course, "all", examples)
    shapes = {name: released(course, "all", name) for name in examples}
    lay(course.submitted("released", "all"), shapes, {})
    lay(course.submitted("solved", "all"), examples, {})
    expected = contents(mark_both_ways(course, ["all"]), "all")
    found = contents(course, "all")
    differing = [place for place in expected if found.get(place) != expected[place]]
    for place in differing:
        print(f"{place}: {found.get(place)}, with nbgrader {expected[place]}")
    print(
        f"{len(examples)} notebooks, {len(refused)} refused; {len(expected)} entries "
        f"of the gradebook, {len(differing)} differ; points: "
        f"{found['released'][0]:g} and {found['solved'][0]:g}"
    )
    return 1 if differing or len(found) != len(expected) else 0


def accepted(course: Course) -> tuple[dict[str, Path], dict[str, str]]:
    """The notebooks that nbgrader makes an assignment of, and why not the others."""
    examples, refused = {}, {}
    paths = sorted((GUIDE / "source").rglob("*.ipynb"))
    for path in paths + sorted((PACKAGE / "tests").rglob("*.ipynb")):
        name = re.sub(r"\W", "_", str(path.relative_to(PACKAGE).with_suffix("")))
        try:
            _add(course, name, {name: path})
            examples[name] = path
        except AssertionError as error:
            said = re.findall(
                r"^ +[\w.]*(?:Error|Exception)\b.*|.* version $", str(error), re.M
            )
            refused[name] = said[-1].strip() if said else str(error)[-200:]
    return examples, refused


def _add(course: Course, assignment: str, notebooks: dict[str, Path]) -> None:
    shutil.copyfile(FILES / "autotests.yml", course.root / "autotests.yml")
    add(course, assignment, notebooks, {"data.txt": (FILES / "data.txt").read_text()})


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
