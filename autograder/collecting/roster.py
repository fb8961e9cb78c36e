"""A class's roster: students' ids, and the names that platforms have for them."""

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

from autograder.collecting.names import safe, same
from autograder.returning.sheets import SheetError, read_sheet


class Roster:
    """Finds a student's id by any name, number or address in their line.

    Args:
        lines: per student, the columns of the file; one of them is `id`.
    """

    def __init__(self, lines: list[dict[str, str]]) -> None:
        self.lines = {line["id"]: line for line in lines}
        self._known: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            for value in (*line.values(), _full_name(line)):
                for key in _keys(value):
                    self._known[key].add(line["id"])

    def called(self, word: str) -> set[str]:
        """All whom a word may mean."""
        return self._known.get(_plain(word), set())

    def find(self, *words: str) -> str:
        """The one student whom all the words fit that the roster has.

        Raises:
            LookupError: it is nobody, or could be several.
        """
        fitting = [ids for word in words if (ids := self.called(word))]
        if not fitting:
            raise LookupError("not in the roster")
        one = set.intersection(*fitting)
        if len(one) == 1:
            return one.pop()
        some = ", ".join(sorted(set.union(*fitting)))
        raise LookupError(f"the roster has several whom it could be: {some}")


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file with a column `id` and any others.

    Raises:
        SheetError: it is no such table, or two lines have one id.
    """
    sheet = read_sheet(path)
    head = [name.lower() for name in sheet.head]
    if "id" not in head:
        raise SheetError(
            f"{path} has no column id with the students' ids in this course. It has: "
            f"{', '.join(sheet.head)}."
        )
    seen: dict[str, str] = {}
    lines = [dict(zip(head, map(str.strip, line), strict=True)) for line in sheet.lines]
    for number, line in enumerate(lines, start=1):
        name = line["id"]
        if not name or safe(name) != name:
            raise SheetError(
                f"{path}, student {number}: {name!r} is no id. An id has letters, "
                f"digits and . _ - @ alone."
            )
        if same(name) in seen:
            raise SheetError(
                f"{path}: {seen[same(name)]!r} and {name!r} are the same id (capitals "
                f"and accents do not count)."
            )
        seen[same(name)] = name
    return Roster(lines)


def _full_name(line: dict[str, str]) -> str:
    """First and last name where they stand in two columns."""
    first = [line[n] for n in ("first name", "first_name", "firstname") if n in line]
    last = [line[n] for n in ("last name", "last_name", "surname") if n in line]
    return " ".join([*first, *last])


def _keys(value: str) -> set[str]:
    """What a value is looked up by: in any order of a name's parts, last one first."""
    words = re.split(r"[\s,]+", value)
    turned = {"".join(words[i:] + words[:i]) for i in range(len(words))}
    return {_plain(word) for word in turned} - {""}


def _plain(text: str) -> str:
    """Letters and digits alone, and one case: platforms drop the rest."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", text)
