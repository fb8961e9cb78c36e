"""Code as tokens that renaming, commenting and layout leave as they are."""

import pytest

from autograder.similarity.pytokens import NotPython, tokens

CODE = '''
def mean(x, axis=-1):
    """The mean."""
    total = ops.sum(x, axis=axis)  # all of it
    return total / x.shape[axis]
'''
SAME = """
def average(values, dimension = -1) :

        s = ops.sum(
            values,
            axis=(dimension),
        )
        return (s / values.shape[dimension])
"""


def texts(source):
    return [token.text for token in tokens(source)]


def test_names_comments_and_layout_do_not_count():
    assert texts(CODE)[:6] == ["def", "V", "V", ",", "V", "="]
    assert texts(CODE) == texts(SAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ops.sum(x)", "ops.mean(x)"),
        ("len(x)", "sum(x)"),
        ("x + 1", "x + 2"),
        ("x + 1", "x - 1"),
        ("for i in x: pass", "while x: pass"),
        ("x[1]", "x(1)"),
    ],
)
def test_what_code_does_counts(one, other):
    assert texts(one) != texts(other)


def test_own_attributes_and_strings_are_all_one():
    assert texts("self.total = 'a'") == texts("self.sum = f'{b}'")


def test_tokens_know_their_place():
    source = "a = 1\nété = ops.exp(b)\n"
    spans = [source[token.start : token.end] for token in tokens(source)]
    assert spans == ["a", "=", "1", "\n", "été", "=", "ops", ".", "exp", "b", "\n"]


def test_jupyters_own_lines_are_left_out():
    source = "%matplotlib inline\n!pip install x\nops.exp?\na = 1\n"
    assert texts(source) == ["V", "=", "1", "\n"]
    assert [source[t.start : t.end] for t in tokens(source)][0] == "a"


@pytest.mark.parametrize(
    "source", ["x = (1,", "'''never ends", "if x:\n  a\n b\n", "x" * 50_001]
)
def test_what_is_no_python_says_so(source):
    with pytest.raises(NotPython):
        tokens(source)


@pytest.mark.parametrize(
    "source", ["(" * 5000 + ")" * 5000, "-" * 9000 + "1", "\0", "a = 1\x0c\n", "", "?"]
)
def test_odd_text_ends_quickly(source):
    try:
        tokens(source)
    except NotPython:
        pass
