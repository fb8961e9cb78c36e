"""Which released cells no mark depends on: they need not run when marking.

Visible tests and pictures are for the student to look at. They are left out when
nothing that must run reads a name that they define; what must run are all cells of the
student's, the given ones, and the probes of the checks.
"""

import ast
import re
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

OPTIONAL = ("visible-", "picture-")
# Code that reaches names otherwise than by writing them: then all cells run.
INDIRECT = frozenset("globals locals vars dir eval exec get_ipython In Out".split())
HIDDEN = frozenset("__main__ __globals__ _getframe f_globals user_ns".split())
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Names:
    """The global names that a piece of code binds and reads."""

    bound: frozenset[str]
    read: frozenset[str]


def left_out(cells: Sequence[NotebookNode], asked: Iterable[str]) -> set[int]:
    """The positions of the code cells that marks cannot depend on.

    Args:
        asked: names that probes ask for.
    """
    names = {
        position: names_of(cell.source)
        for position, cell in enumerate(cells)
        if cell.cell_type == "code" and not grade_id(cell).startswith("check-")
    }
    optional = {p for p in names if grade_id(cells[p]).startswith(OPTIONAL)}
    read = set().union(*(names[p].read for p in names.keys() - optional))
    if read & (INDIRECT | HIDDEN):
        return set()
    read |= set(asked)
    while needed := {p for p in optional if names[p].bound & read}:
        optional -= needed
        read |= set().union(*(names[p].read for p in needed))
    return optional


def asked_names(source: str, inputs: dict[str, Any]) -> set[str]:
    """The student's names that a probe may ask for, by its source and its inputs."""
    tree, names, explained = ast.parse(source), set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_student(node.value):
            explained.add(node.value)
            names.add(node.attr)
        elif _is_getattr(node):
            asked = node.args[1]
            if isinstance(asked, ast.Name) and asked.id in inputs:
                explained.add(node.args[0])
                names |= set(_texts(inputs[asked.id]))
            elif isinstance(asked, ast.Constant):
                explained.add(node.args[0])
                names.add(str(asked.value))
    if any(_is_student(node) and node not in explained for node in ast.walk(tree)):
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        names |= set(_texts([texts, inputs]))  # handed on: any text may be a name
    return names


def _is_getattr(node: ast.AST) -> bool:
    """Whether it is `getattr(student, ...)`."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return named and node.func.id == "getattr" and _is_student(node.args[0])


def _is_student(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "student"


def _texts(value: Any) -> Iterator[str]:
    """All strings inside lists and dicts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def names_of(source: str) -> Names:
    """The names that a cell's source binds and reads; all its words if unclear."""
    try:
        plain = TransformerManager().transform_cell(source)
        table = symtable.symtable(plain, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        words = frozenset(WORD.findall(source))
        return Names(words, words)
    bound = {s.get_name() for s in table.get_symbols() if _is_bound(s)}
    bound |= {s.get_name() for s in _inner(table) if s.is_declared_global()}
    read = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    read |= {s.get_name() for s in _inner(table) if s.is_global()}
    read |= HIDDEN.intersection(WORD.findall(source))  # attributes and texts, too
    return Names(frozenset(bound), frozenset(read))


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def _inner(table: symtable.SymbolTable) -> list[symtable.Symbol]:
    """The symbols of all functions and classes in it."""
    found = []
    for child in table.get_children():
        found += [*child.get_symbols(), *_inner(child)]
    return found
