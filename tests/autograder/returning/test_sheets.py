"""Tables are read as spreadsheets write them, and run nothing in one."""

import csv

import pytest

from autograder.returning.sheets import SheetError, harmless, read_sheet, write_sheet


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1+1",
        "\n=1+1",
        "\uff1d1+1",
        '=HYPERLINK("http://x","y")',
        "=cmd|' /C calc'!A0",
        "ada;=1+1",
        "ada\n=1+1",
        "ada\t@x",
    ],
)
def test_no_cell_is_a_formula(text):
    made = harmless(text)
    for part in made.replace("\t", ";").replace("\n", ";").split(";"):
        assert not part.lstrip("\r ").startswith(("=", "+", "-", "@", "\uff1d"))


@pytest.mark.parametrize(
    "value", ["Ada", "-1.5", "+3", "", 3.5, None, "a - b", "1=2", "x; y", "a@b.c"]
)
def test_other_cells_stay(value):
    assert harmless(value) == value


def test_what_was_written_is_read_again(tmp_path):
    path = tmp_path / "deep" / "sheet.csv"
    write_sheet(path, ["a", "b"], [['x, "y"', "z\nzoë"], ["=1", 2]])
    sheet = read_sheet(path)
    assert sheet.head == ["a", "b"]
    assert sheet.lines == [['x, "y"', "z\nzoë"], ["'=1", "2"]]
    with open(path, newline="", encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 3


def test_columns_by_name(tmp_path):
    (tmp_path / "in.csv").write_text("A;b;B\n1;2;3\n")
    sheet = read_sheet(tmp_path / "in.csv")
    assert sheet.column("a") == 0
    with pytest.raises(SheetError, match="several columns 'b'"):
        sheet.column("b")
    with pytest.raises(SheetError, match="no column 'x'. It has: A, b, B"):
        sheet.column("x")
