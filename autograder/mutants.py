"""Machine-made wrong answers: the reference with one small thing changed in it.

Checks that let a mutant pass miss an idea, or the change changes nothing that a student
could be wrong about: then `equivalent.toml` in the assignment's folder says why. After
DeMillo, Lipton and Sayward, "Hints on test data selection", 1978.
"""

import ast
import copy
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.assignment import Answer, Assignment
from autograder.source import SourceError

EXPLAINED = "equivalent.toml"
OTHER = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Mutant:
    """One change in one solution cell.

    Attributes:
        was: the lines that are changed, as one.
        becomes: what stands there instead.
        source: the whole cell.
    """

    cell: str
    was: str
    becomes: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.cell}: {self.was} -> {self.becomes}"

    @property
    def key(self) -> tuple[str, str, str]:
        return self.cell, self.was, self.becomes


def mutants(assignment: Assignment) -> list[Mutant]:
    """All mutants of the reference, in the order of its text."""
    found = []
    for cell, source in assignment.reference.items():
        for changed in _changed(source):
            found.append(Mutant(cell, *_difference(source, changed), changed))
    return list({mutant.source: mutant for mutant in found}.values())


def answer_of(mutant: Mutant, assignment: Assignment) -> Answer:
    """The hand-in of someone who answers so; only its own problem has to notice."""
    problems = assignment.problems.values()
    own = tuple(p.name for p in problems if mutant.cell in p.solutions)
    cells = {mutant.cell: mutant.source}
    return Answer(mutant.name, frozenset({"any"}), "", cells, own)


def explained(assignment: Assignment) -> dict[tuple[str, str, str], str]:
    """Why a mutant's change changes nothing that a check should see, by its key.

    Raises:
        SourceError: an entry names no mutant, or gives no reason.
    """
    path = assignment.folder / EXPLAINED
    if not path.is_file():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    known = {mutant.key for mutant in mutants(assignment)}
    reasons = {}
    for entry in entries:
        key = tuple(entry.get(part, "") for part in ("cell", "was", "becomes"))
        if key not in known or not entry.get("reason", "").strip():
            raise SourceError(
                f"{path}: an entry has `cell`, `was`, `becomes` as `autograder trial "
                f"--mutants` prints them, and a `reason`. Received: {entry}"
            )
        reasons[key] = entry["reason"]
    return reasons


def _changed(source: str) -> Iterator[str]:
    """The cell with one change, for each that can be made."""
    text, lines = source.encode(), [0]  # places are counted in bytes
    for line in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    for node, becomes in _other_nodes(ast.parse(source)):
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[node.end_lineno - 1] + node.end_col_offset
        changed = text[:start] + becomes.encode() + text[end:]
        yield changed.decode()


def _other_nodes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Nodes below this one, and what may stand in their place."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr) or _is_text(child):
            continue  # words, not computing
        yield from ((child, becomes) for becomes in _instead_of(child))
        if isinstance(child, ast.If | ast.IfExp | ast.While):
            yield child.test, f"(not ({ast.unparse(child.test)}))"
        yield from _other_nodes(child)


def _is_text(node: ast.AST) -> bool:
    """A docstring, or a string that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _instead_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in OTHER:
        yield f"({_with(node, op=OTHER[type(node.op)]())})"
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        yield f"({_with(node, ops=[OTHER[type(node.ops[0])](), *node.ops[1:]])})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.AugAssign | ast.Expr):
        yield "pass"


def _other_constants(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int):
        yield repr(value + 1)
    elif isinstance(value, float):
        yield repr(2 * value if value else 1.0)


def _other_calls(call: ast.Call) -> Iterator[str]:
    for place, keyword in enumerate(call.keywords):
        if keyword.arg:
            rest = call.keywords[:place] + call.keywords[place + 1 :]
            yield _with(call, keywords=rest)
    if len(call.args) == 2 and not any(isinstance(a, ast.Starred) for a in call.args):
        yield _with(call, args=call.args[::-1])
    if len(call.args) == 1 and not isinstance(call.args[0], ast.Starred):
        yield f"({ast.unparse(call.args[0])})"


def _with(node: ast.AST, **changes: object) -> str:
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return ast.unparse(changed)


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines that differ, each side as one line."""
    old, new = before.splitlines(), after.splitlines()
    first = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0
    )
    same = 0
    while same < min(len(old), len(new)) - first - 1 and old[~same] == new[~same]:
        same += 1
    parts = old[first : len(old) - same], new[first : len(new) - same]
    return tuple(" ".join(" ".join(lines).split()) for lines in parts)
