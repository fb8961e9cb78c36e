"""Per check: the inputs drawn, what of them is sent, and the answer asked for."""

import functools
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from autograder.checks import Check, probe_source

NOTHING: Mapping[str, bytes] = MappingProxyType({})
Ask = Callable[[str, dict[str, Any], float | None], dict[str, Any]]


@functools.lru_cache(maxsize=1024)
def draw(check: Check, seed: int) -> dict[str, Any]:
    """The check's inputs for one marking run; the same for every student of it."""
    question = check.question or check.name
    rng = np.random.default_rng([seed, zlib.crc32(question.encode())])
    return rounded(check.inputs(rng))


def rounded(value: Any) -> Any:
    """Arrays as a backend holds them, so that both sides compute from equal numbers."""
    if isinstance(value, np.ndarray):
        kinds = {"f": "float32", "i": "int32", "u": "int32"}
        value = value.astype(kinds.get(value.dtype.kind, value.dtype))
        value.setflags(write=False)  # all students of a run get the same
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    return value


def sent(check: Check, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The probe's source and the inputs that it names; the others stay here."""
    source, names = probe_source(check.run)
    missing = set(names) - set(inputs)
    if missing:
        raise ValueError(
            f"The probe of {check.name!r} asks for {sorted(missing)}; its inputs are "
            f"{sorted(inputs)}."
        )
    return source, {name: inputs[name] for name in names}


def asked(
    checks: Sequence[Check], seed: int, ask: Ask, files: Mapping[str, bytes] = NOTHING
) -> Iterator[tuple[Check, dict[str, Any], dict[str, Any]]]:
    """Each check with its inputs and the answer; a shared question is asked once.

    Args:
        ask: takes a probe's source, the inputs that it names and its seconds, and
            gives the answer as untrusted plain data.
        files: what was handed in beside the notebook; a check of a file asks no box.
    """
    known: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for check in checks:
        if check.file:
            yield check, {}, {"value": files.get(check.file)}
            continue
        question = check.question or check.name
        if question not in known:
            inputs = draw(check, seed)
            source, given = sent(check, inputs)
            known[question] = (inputs, ask(source, given, check.seconds))
        yield (check, *known[question])
