"""What trials of the checks have found, kept as a table that grows run by run."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from autograder.course import write_durably

HEAD = """# Fairness

Made by `autograder trial --mutants --seeds 20 --table docs/fairness.md`, which
`make trial` runs. Per assignment and backend:

- **wheats**: right answers in different styles that got every point, of all.
- **chaffs**: wrong answers, each a mistake that students make, that lost marks at exactly
  the checks that they name, and were told a word of the mistake.
- **mutants**: the reference with one small change: how many lost marks, how many change
  nothing that a check should see (`solutions/NAME/equivalent.toml` says why of each),
  and how many are neither.
- **seeds**: with how many seeds every wheat was marked, and how often one lost a mark.
- **s**: seconds that marking the reference took.

| assignment | backend | wheats | chaffs | mutants: caught | equivalent | neither | seeds | marks lost | s |
|---|---|---|---|---|---|---|---|---|---|
"""  # noqa: E501


@dataclass
class Found:
    """What the trials of one version of an assignment found on one backend.

    Attributes:
        wheats: how many were accepted, and how many there are; likewise `chaffs`.
        mutants: how many were caught, are explained, and are neither; none tried yet
            if empty.
        seeds: how many each wheat was marked with, and how often one lost marks.
        seconds: for the reference.
    """

    version: str
    wheats: list[int] = field(default_factory=list)
    chaffs: list[int] = field(default_factory=list)
    mutants: list[int] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def row(self, name: str, backend: str) -> str:
        counts = [" of ".join(map(str, some)) for some in (self.wheats, self.chaffs)]
        mutants = self.mutants or ["–"] * 3
        seeds = self.seeds or ["–"] * 2
        cells = [name, backend, *counts, *mutants, *seeds, f"{self.seconds:.1f}"]
        return f"| {' | '.join(map(str, cells))} |\n"


class Table:
    """A Markdown file, and the same figures as JSON beside it."""

    def __init__(self, path: Path) -> None:
        self.path, self.data = path, path.with_suffix(".json")
        self.rows: dict[str, Found] = {}
        if self.data.is_file():
            stored = json.loads(self.data.read_text(encoding="utf-8"))
            self.rows = {key: Found(**row) for key, row in stored.items()}

    def update(self, name: str, backend: str, found: Found) -> None:
        """Takes over what was tried now; keeps the rest, if of the same version."""
        key = f"{name} {backend}"
        known = self.rows.get(key)
        if known and known.version == found.version:
            found = Found(
                **{k: v or asdict(known)[k] for k, v in asdict(found).items()}
            )
        self.rows[key] = found
        rows = dict(sorted(self.rows.items()))
        write_durably(self.data, {key: asdict(row) for key, row in rows.items()})
        lines = [row.row(*key.split(" ")) for key, row in rows.items()]
        self.path.write_text(HEAD + "".join(lines), encoding="utf-8")
