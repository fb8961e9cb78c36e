"""A cell's source as a row of tokens that renaming and commenting leave as they are."""

import builtins
import io
import keyword
import re
import tokenize
from dataclasses import dataclass

MOST_CHARACTERS = 50_000
KEPT = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
# Jupyter's own lines, which are no Python: magics, shell commands, questions.
JUPYTERS = re.compile(r"^\s*([%!?].*|.*\?)$", re.MULTILINE)
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
LINE_END = "\n"


class NotPython(Exception):
    """A text has no tokens; says where it ends being Python."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is compared, and the characters that it stands for."""

    text: str
    start: int
    end: int


def tokens(source: str) -> list[Token]:
    """The tokens of Python code, read as text and never run.

    A student's own names are all one, as are strings; names of attributes, keywords and
    built-ins stay. Comments, docstrings, blanks, indentation and round brackets are
    left out.

    Raises:
        NotPython: the text cannot be cut into tokens, or is too long.
    """
    if len(source) > MOST_CHARACTERS:
        raise NotPython(f"longer than {MOST_CHARACTERS} characters")
    text = JUPYTERS.sub(lambda line: " " * len(line[0]), source)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise NotPython(f"no Python: {error.args[0]}") from error
    made: list[Token] = []
    for index, token in enumerate(found):
        if token.type in SILENT or _is_layout(found, index):
            continue
        first = not made or made[-1].text == LINE_END
        if first and token.type in (tokenize.STRING, tokenize.NEWLINE):
            continue  # a docstring, and the end of its line
        start, end = (starts[row - 1] + at for row, at in (token.start, token.end))
        made.append(Token(_compared(found, index), start, end))
    return made


def _is_layout(found: list[tokenize.TokenInfo], index: int) -> bool:
    """Round brackets, and commas before a closing one: a matter of taste, mostly."""
    text = found[index].string
    following = (token for token in found[index + 1 :] if token.type not in SILENT)
    return (
        text in ("(", ")") or text == "," and next(following).string in (")", "]", "}")
    )


def _compared(found: list[tokenize.TokenInfo], index: int) -> str:
    token = found[index]
    if token.type == tokenize.STRING:
        return "S"
    if token.type == tokenize.NEWLINE:
        return LINE_END
    if token.type != tokenize.NAME:
        return token.string
    if index > 1 and found[index - 1].string == ".":
        return "V" if found[index - 2].string == "self" else token.string
    return token.string if token.string in KEPT else "V"
