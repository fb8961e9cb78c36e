"""Which backend Keras is about to load, and what to do when it is missing."""

import importlib.util
import json
import os
from collections.abc import Sequence


def require_one_of(backends: Sequence[str]) -> None:
    """Raise an ImportError that says what to do if Keras could not start.

    Args:
        backends: the names that kerasdl runs on; first what Keras takes if not told,
            last what the example in the message installs.
    """
    wanted = _wanted(default=backends[0])
    installed = [name for name in backends if importlib.util.find_spec(name)]
    if wanted in installed:
        return
    known = wanted in backends
    problem = "is not installed" if known else "is not one that kerasdl runs on"
    last = backends[-1]
    install = "" if installed else f" Install one: pip install 'kerasdl[{last}]'."
    example = installed[0] if installed else last
    raise ImportError(
        f"Keras is set to run on the backend {wanted!r}, which {problem}. "
        f"Expected one of {', '.join(backends)}; "
        f"installed here: {', '.join(installed) or 'none'}.{install} "
        "Choose one with the environment variable KERAS_BACKEND, before Python starts "
        f"(export KERAS_BACKEND={example}) or before the first import of keras "
        f"(os.environ['KERAS_BACKEND'] = '{example}')."
    )


def _wanted(default: str) -> str:
    """By the rules of Keras: the variable KERAS_BACKEND, else keras.json.

    Note that the first import of Keras writes keras.json.
    """
    return os.environ.get("KERAS_BACKEND") or _configured(default)


def _configured(default: str) -> str:
    home = os.path.expanduser("~")
    home = home if os.access(home, os.W_OK) else "/tmp"
    folder = os.environ.get("KERAS_HOME", os.path.join(home, ".keras"))
    try:
        with open(os.path.join(os.path.expanduser(folder), "keras.json")) as file:
            return json.load(file).get("backend", default)
    except (OSError, ValueError):
        return default
