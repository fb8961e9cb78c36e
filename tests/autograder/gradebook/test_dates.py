"""Times have a zone, or are refused."""

from datetime import UTC, datetime, timedelta

import pytest

from autograder.gradebook.dates import DateError, moment, span, zone


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01 23:59 Europe/Berlin",
        "2026-07-01T23:59 Europe/Berlin",
        "2026-07-01 23:59+02:00",
        "2026-07-01 21:59 UTC",
        " 2026-07-01 21:59:00Z ",
        "2026-07-01 17:59 America/New_York",
    ],
)
def test_the_same_moment(text):
    assert moment(text) == datetime(2026, 7, 1, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-07-01 23:59", "with its zone"),
        ("2026-07-01", "with its zone"),
        ("tomorrow", "with its zone"),
        ("2026-07-01 23:59+02:00 Europe/Berlin", "with its zone"),
        ("2026-13-01 23:59 UTC", "with its zone"),
        ("2026-07-01 23:59 Berlin", "no time zone 'Berlin'"),
        ("2026-07-01 23:59 ../../etc/passwd", "Expected"),
    ],
)
def test_what_is_no_moment_is_refused(text, words):
    with pytest.raises(DateError, match=words):
        moment(text)


def test_spans():
    assert span("90m") == timedelta(minutes=90) and span("1.5 d") == timedelta(1.5)
    for text in ("2", "d", "-1d", "2y", "9999999d"):
        with pytest.raises(DateError, match="length of time"):
            span(text)


def test_zones_by_name_alone():
    for name in ("Nowhere", "/etc/passwd", "..", ""):
        with pytest.raises(DateError, match="no time zone"):
            zone(name)
