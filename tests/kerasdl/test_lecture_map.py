"""The lecture map lists every item once, and what it names exists."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.backend

ROOT = Path(__file__).parents[2]
MAP = ROOT / "docs" / "lecture-map.md"
ITEMS = 129
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
FOLDERS = ("kerasdl/", "solutions/", "tests/", "docs/")


def rows():
    return ROW.findall(MAP.read_text())


def paths(text):
    return [span for span in re.findall(r"`([^`]+)`", text) if span.startswith(FOLDERS)]


def test_all_items_once_and_in_order():
    assert [int(number) for number, _, _ in rows()] == list(range(1, ITEMS + 1))


def test_every_line_of_a_table_is_understood():
    lines = re.findall(r"^\| \d", MAP.read_text(), re.MULTILINE)
    assert len(lines) == ITEMS


@pytest.mark.parametrize(("number", "topic", "where"), rows())
def test_each_item_has_files_that_exist_or_a_reason(number, topic, where):
    assert topic.strip()
    assert where.startswith("Not implemented: ") or paths(where)
    missing = [path for path in paths(where) if not (ROOT / path).exists()]
    assert not missing
