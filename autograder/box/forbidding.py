"""Makes classes and functions unusable for a while, whatever a student calls them.

The thing itself is changed, not a name: an alias, an import made earlier and a subclass
meet the same error. This stops who takes a short cut; it is no wall against a student
who undoes it, which is a lot more work than the problem.
"""

import pydoc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FunctionType, ModuleType
from typing import Any

METHODS = ("__init__", "__call__", "call")


class Forbidden(Exception):
    """A student's code used what the problem forbids; the message is its name."""


@contextmanager
def forbidden(names: Sequence[str]) -> Iterator[None]:
    """Within it, each of `names` raises Forbidden when it is used.

    Args:
        names: dotted names of classes and functions, or of packages: then all classes
            and functions that are defined below.

    Raises:
        LookupError: there is no such thing.
    """
    with ExitStack() as undone:
        for name in names:
            for path, thing in _things(name):
                for undo in _block(path, thing):
                    undone.callback(undo)
        yield


def _things(name: str) -> Iterator[tuple[str, Any]]:
    found = pydoc.locate(name)
    if found is None:
        raise LookupError(f"there is no {name} to forbid")
    if not isinstance(found, ModuleType):
        yield name, found
        return
    seen = set()
    for module in [m for n, m in sys.modules.items() if f"{n}.".startswith(f"{name}.")]:
        for own, thing in vars(module).items():
            place = getattr(thing, "__module__", None)
            if f"{place}.".startswith(f"{name}.") and id(thing) not in seen:
                seen.add(id(thing))
                yield f"{name}.{own}", thing


def _block(path: str, thing: Any) -> Iterator[Callable[[], None]]:
    """Blocks a class or a function; what undoes it."""
    if isinstance(thing, type):
        for method in METHODS:
            if hasattr(thing, method):
                yield _replace(thing, method, _raising(path, "self, "))
    elif isinstance(thing, FunctionType):
        before = thing.__code__
        # The code, not the name: every alias is the same function.
        code = _raising(path).__code__
        thing.__code__ = code.replace(co_freevars=before.co_freevars)
        yield lambda: setattr(thing, "__code__", before)


def _replace(owner: type, method: str, new: Any) -> Callable[[], None]:
    own = vars(owner).get(method)
    setattr(owner, method, new)
    if own is None:
        return lambda: delattr(owner, method)
    return lambda: setattr(owner, method, own)


def _raising(path: str, first: str = "") -> FunctionType:
    """A function that raises Forbidden and reads no name but a builtin one.

    Args:
        first: Keras looks for `self` among the arguments of a method.
    """
    scope: dict[str, Any] = {}
    source = (
        f"def blocked({first}*arguments, **options):\n"
        "    import sys\n"
        f"    raise sys.modules[{__name__!r}].Forbidden({path!r})\n"
    )
    exec(source, scope)
    return scope["blocked"]
