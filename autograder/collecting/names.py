"""Whose a file is: by its path, as learning platforms and people lay hand-ins out.

A path says it with its outermost folder, or with the file's own name where it lies in
none. What is further in is the student's own, whatever it is called.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from nbgrader.utils import parse_utc

# Folders that lie around students', from nbgrader's exchange and zip_collect.
AROUND = ("downloaded", "submitted", "inbound", "extracted")
MOODLE = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assign(?:submission|feedback)_file_?(?P<file>.*)"
)
# What stands between a student and a file, as two platforms write it. Where it stands
# twice, somebody chose a name so, and whose the file is cannot be said.
MARKS = re.compile(r"_\d+_assign(?:submission|feedback)_|_attempt_\d{4}-")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
EXCHANGE = re.compile(
    r"(?P<name>.+)\+(?P<assignment>[^+]+)"
    r"\+(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [^+]+)(?:\+[^+]*)?"
)
BLACKBOARD = re.compile(
    r"(?:.+_)?(?P<name>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+))?"
)
# Canvas writes `toy-1.ipynb` for a `toy.ipynb` that is handed in once more.
ATTEMPT = re.compile(r"([^/]+)-(\d{1,3})(\.\w+)")
PLATFORMS = (MOODLE, EXCHANGE, BLACKBOARD, CANVAS)
MOST_NAME = 200  # bytes; a file's name has 255, with what is put around it


@dataclass(frozen=True)
class Owner:
    """Whose a file is, as its path says.

    Attributes:
        name: who, as the platform writes it; two names are two people.
        number: the platform's own, or empty.
        file: the file's path within what is theirs.
        when: the time that the path says, if it says one.
        attempt: the number of a file that was handed in once more.
        late: whether the platform marks it as late.
        platform: whether the pattern is a platform's, which nobody else writes.
        assignment: what it was handed in for, where the path says that.
    """

    name: str
    number: str = ""
    file: PurePosixPath = PurePosixPath()
    when: datetime | None = None
    attempt: int = 0
    late: bool = False
    platform: bool = False
    assignment: str = ""

    @property
    def id(self) -> str:
        """A folder's name for them where no roster says another; may be empty."""
        return safe("_".join(part for part in (self.name, self.number) if part))


def owner(
    path: PurePosixPath,
    assignment: str,
    extra: Sequence[str] = (),
    zone: tzinfo | None = None,
) -> Owner | None:
    """Whose the file at `path` of a source is; None where the path does not say.

    Args:
        extra: names of files that are handed in beside the notebook.
        zone: of times that say none; None for this machine's.
    """
    parts = _below(list(path.parts), assignment)
    if not parts or len(MARKS.findall(parts[0])) > 1:
        return None
    matches = [match for one in PLATFORMS if (match := one.fullmatch(parts[0]))]
    if len(matches) > 1:
        return None  # as above
    found = _plain(parts, assignment, extra)
    if matches:
        found = _platform(matches[0], parts, zone)
    return found if found.id else None


def safe(name: str) -> str:
    """A student's id that is one plain folder name, to nbgrader and to a glob."""
    name = unicodedata.normalize("NFC", name).strip()
    name = re.sub(r"[^\w.@-]+", "_", name).strip("_.")
    return name.encode()[:MOST_NAME].decode(errors="ignore")


def same(name: str) -> str:
    """Equal for ids that some disks hold to be one: other case, other accents."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _below(parts: list[str], assignment: str) -> list[str]:
    """The parts of a path that begin with a student's."""
    while len(parts) > 1 and parts[0] in (*AROUND, assignment):
        if parts.pop(0) in AROUND[1:]:
            break
    return parts


def _platform(match: re.Match[str], parts: list[str], zone: tzinfo | None) -> Owner:
    facts = match.groupdict()
    inner = [facts["file"]] if facts.get("file") else []
    file = PurePosixPath(*inner, *parts[1:])
    attempt = ATTEMPT.fullmatch(str(file)) if match.re is CANVAS else None
    return Owner(
        facts["name"],
        facts.get("number") or "",
        PurePosixPath(attempt[1] + attempt[3]) if attempt else file,
        _time(facts.get("when"), zone),
        int(attempt[2]) if attempt else 0,
        bool(facts.get("late")),
        platform=True,
        assignment=facts.get("assignment") or "",
    )


def _plain(parts: list[str], assignment: str, extra: Sequence[str]) -> Owner:
    """A folder or a file that is called like its student."""
    first = parts[0]
    if len(parts) > 1:
        packed = re.sub(r"(?i)\.(zip|tar|tar\.gz|tgz)$", "", first)
        name = first if packed == first else _cut(packed, assignment)
        return Owner(name, file=PurePosixPath(*parts[1:]))
    for name in extra:
        if len(first) > len(name) + 1 and first.endswith((f"_{name}", f"-{name}")):
            return Owner(first[: -len(name) - 1], file=PurePosixPath(name))
    name = _cut(PurePosixPath(first).stem, assignment)
    return Owner(name, file=PurePosixPath(first))


def _cut(name: str, assignment: str) -> str:
    return re.sub(rf"[_ -]*{re.escape(assignment)}$", "", name)


def _time(text: str | None, zone: tzinfo | None) -> datetime | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"[\d-]+", text):
            local = datetime.strptime(text, "%Y-%m-%d-%H-%M-%S")
            return local.replace(tzinfo=zone).astimezone(UTC)
        return parse_utc(text).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
