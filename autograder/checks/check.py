"""One tested property: its inputs, its probe and its mark."""

import ast
import builtins
import functools
import inspect
import symtable
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

# Names that a probe finds beside its own arguments, in the box and in a kernel.
PROBE_MODULES = ("np", "keras", "ops")


@dataclass(frozen=True)
class Verdict:
    """A share of a check's weight in [0, 1], and one sentence unless it is 1."""

    share: float
    sentence: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"A share lies in [0, 1]. Received: {self.share}")
        if self.share < 1 and not self.sentence:
            raise ValueError("A verdict that takes marks away must say why.")


class Check:
    """One property of a student's answer; subclasses give the three parts.

    Attributes:
        name: `"problem/idea"`.
        weight: share of the problem's points relative to its other checks.
        question: checks that share a question share their inputs, and their probe is
            run once; empty for a check with a question of its own.
        seconds: time limit of the probe, or None for the assignment's own.
        file: a file that is handed in beside the notebook, whose bytes `mark` gets
            (None where it is missing) in place of a probe's answer; or empty.
    """

    name: str = ""
    weight: float = 1.0
    question: str = ""
    seconds: float | None = None
    file: str = ""

    def inputs(self, rng: np.random.Generator) -> dict[str, Any]:
        """Makes the inputs (trusted side); only those that `run` names are sent."""
        return {}

    @staticmethod
    def run(student: Any) -> Any:
        """Asks the student's code (in the box); sent as source text."""
        raise NotImplementedError

    def mark(self, result: Any, inputs: dict[str, Any]) -> Verdict:
        """Compares (trusted side) what came back as plain data."""
        raise NotImplementedError

    @property
    def problem(self) -> str:
        return self.name.partition("/")[0]


@functools.cache
def probe_source(run: Callable[..., Any]) -> tuple[str, tuple[str, ...]]:
    """The source text of a probe and the names of the inputs that it asks for.

    Raises:
        ValueError: the function reads a name that does not exist in the box.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(run)))
    function = tree.body[0]
    if not isinstance(function, ast.FunctionDef):
        raise ValueError(f"A probe is a plain `def` function. Received: {run!r}")
    function.decorator_list = []
    function.name = "run"
    source = ast.unparse(tree)
    known = {*PROBE_MODULES, *dir(builtins), "run"}
    missing = _global_names(symtable.symtable(source, "probe", "exec")) - known
    if missing:
        raise ValueError(
            f"The probe at {inspect.getsourcefile(run)}:{run.__code__.co_firstlineno} "
            f"reads {sorted(missing)}, which do not exist in the box. Pass them as "
            f"inputs, or import them inside the probe."
        )
    names = [argument.arg for argument in function.args.args]
    return source, tuple(names[1:])


def _global_names(table: symtable.SymbolTable) -> set[str]:
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
    return own.union(*(_global_names(child) for child in table.get_children()))
