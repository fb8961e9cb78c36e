"""Rosters find students by what platforms call them, and nobody by half."""

import pytest

from autograder.collecting.roster import read_roster
from autograder.returning.sheets import SheetError

TABLE = """\
id,Name,Email,Moodle
ada,Ada Lovelace,al@example.org,101
ada2,Ada Lovelace,al2@example.org,102
grace,Grace Brewster Hopper,gh@example.org,103
zoe,"Müller, Zoë",zm@example.org,104
"""


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(TABLE, encoding="utf-8")
    return read_roster(path)


@pytest.mark.parametrize(
    ("words", "student"),
    [
        (("grace",), "grace"),
        (("GH@example.org",), "grace"),
        (("hoppergracebrewster", "999"), "grace"),
        (("Brewster Hopper, Grace", ""), "grace"),
        (("müllerzoë",), "zoe"),
        (("Zoë Müller", "104"), "zoe"),
        (("Ada Lovelace", "102"), "ada2"),
    ],
)
def test_by_any_name(roster, words, student):
    assert roster.find(*words) == student


def test_two_of_one_name_are_not_guessed(roster):
    with pytest.raises(LookupError, match="ada, ada2"):
        roster.find("Ada Lovelace", "")


def test_a_number_that_is_anothers_finds_neither(roster):
    with pytest.raises(LookupError, match="several"):
        roster.find("Grace Brewster Hopper", "104")
    with pytest.raises(LookupError, match="not in the roster"):
        roster.find("nobody", "1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no lines"),
        ("id,name\n", "no lines"),
        ("name;mail\nAda;a\n", "no column id.*name, mail"),
        ("id,name\nada,Ada\nADA,Ada\n", "'ada' and 'ADA' are the same id"),
        ("id,name\nada\n", "line 2: 1 columns, expected 2"),
        ("id,name\n,Ada\n", "student 1: '' is no id"),
        ("id,name\n../x,Ada\n", "is no id"),
        (b"id,name\nada,M\xfcller\n", "not UTF-8"),
    ],
)
def test_a_bad_table_is_refused_with_a_reason(tmp_path, text, words):
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SheetError, match=words):
        read_roster(path)


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_tables_as_spreadsheets_write_them(tmp_path, comma):
    path = tmp_path / "roster.csv"
    head, line = ["ID", "First name", "Last name"], ["ada", "Ada", "Lovelace"]
    text = f"\ufeff{comma.join(head)}\r\n{comma.join(line)}\r\n\r\n"
    path.write_bytes(text.encode())
    assert read_roster(path).find("lovelaceada") == "ada"
