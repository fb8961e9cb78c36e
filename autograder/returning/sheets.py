"""Tables as CSV: read as spreadsheets write them, written so that none runs a cell."""

import csv
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What makes a spreadsheet take a cell for a formula, in narrow and in wide letters.
FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# A formula may also begin where a spreadsheet splits a cell anew, at other separators.
STARTS = re.compile(rf"(^|[;\t\r\n])(?=\s*[{FORMULA}]|[\t\r])")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class SheetError(Exception):
    """A file is not the table that was expected; says where and what to do."""


@dataclass(frozen=True)
class Sheet:
    """A table's heading and its lines below it."""

    head: list[str]
    lines: list[list[str]]

    def column(self, *names: str) -> int:
        """The place of the column of one of these names, capitals aside.

        Raises:
            SheetError: there is none, or there are several.
        """
        wanted = {name.casefold() for name in names}
        found = [i for i, name in enumerate(self.head) if name.casefold() in wanted]
        if len(found) != 1:
            what = "several columns" if found else "no column"
            raise SheetError(f"{what} {names[0]!r}. It has: {', '.join(self.head)}.")
        return found[0]


def read_sheet(path: Path) -> Sheet:
    """The table in a CSV file with commas, semicolons or tabs.

    Raises:
        SheetError: it is not UTF-8, empty, or has a line of another length.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(f"{path} is not UTF-8. Save it as CSV UTF-8.") from error
    comma = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    head = [name.strip() for name in next(reader, [])]
    lines = []
    for line in reader:
        if len(line) not in (0, len(head)):
            raise SheetError(
                f"{path}, line {reader.line_num}: {len(line)} columns, expected "
                f"{len(head)}."
            )
        if any(line):
            lines.append(line)
    if not lines:
        raise SheetError(f"{path} has no lines below the names of its columns.")
    return Sheet(head, lines)


def write_sheet(
    path: Path, head: Sequence[str], lines: Sequence[Sequence[Any]]
) -> None:
    """Writes a table as CSV with commas, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with open(part, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for line in (head, *lines):
            writer.writerow([harmless(value) for value in line])
    os.replace(part, path)


def harmless(value: Any) -> Any:
    """Text that a spreadsheet takes for a formula gets a quote before it."""
    if not isinstance(value, str) or NUMBER.fullmatch(value):
        return value
    return STARTS.sub(r"\1'", value)
