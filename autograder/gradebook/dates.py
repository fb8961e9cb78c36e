"""Points in time and time zones, as people write them; a zone is never guessed."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SPANS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class DateError(Exception):
    """A time that cannot be read; says how to write it."""


def moment(text: str) -> datetime:
    """A point in time with its zone, in UTC.

    Args:
        text: `2026-01-31 23:59 Europe/Berlin`, or with `+01:00` or `UTC` at the end.

    Raises:
        DateError: it is no such time, or has no zone.
    """
    match = re.fullmatch(r"(\S+[T ]\S+?)\s+([A-Za-z][\w/+-]*)", text.strip())
    try:
        when = datetime.fromisoformat(match[1] if match else text.strip())
    except ValueError as error:
        raise DateError(_expected(text)) from error
    if match and when.tzinfo is None:
        when = when.replace(tzinfo=zone(match[2]))
    elif match or when.tzinfo is None:
        raise DateError(_expected(text))
    return when.astimezone(UTC)


def span(text: str) -> timedelta:
    """A length of time: `90m`, `12h`, `2d`, `1w`.

    Raises:
        DateError: it is no such length.
    """
    match = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)\s*([mhdw])", text.strip())
    if match is None:
        raise DateError(f"Expected a length of time as 90m, 12h, 2d, 1w, not {text!r}.")
    return timedelta(**{SPANS[match[2]]: float(match[1])})


def zone(name: str) -> ZoneInfo:
    """A time zone by its name in the tz database.

    Raises:
        DateError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DateError(
            f"There is no time zone {name!r}. Write it as Europe/Berlin or UTC."
        ) from error


def _expected(text: str) -> str:
    return (
        f"Expected a time with its zone, as '2026-01-31 23:59 Europe/Berlin' or "
        f"'2026-01-31 23:59+01:00', not {text!r}."
    )
