"""Times on the command line: how long something lasts, and when it ends."""

import re
from datetime import UTC, datetime, timedelta

import typer

NEVER = "never"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d{1,5})([mhdw])")


def duration_of(text: str) -> timedelta:
    """Read how long something lasts.

    >>> duration_of("36h")
    datetime.timedelta(days=1, seconds=43200)

    Raises `typer.BadParameter` for anything else.
    """
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise typer.BadParameter(f"{text!r} is no duration such as 90d, 24h, 30m or 2w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def end_of(text: str, now: datetime) -> datetime | None:
    """Read when something ends: a duration from now, a date (its end, UTC), or `never`.

    Raises `typer.BadParameter` for anything else.
    """
    text = text.strip().lower()
    if text == NEVER:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        try:
            return now + duration_of(text)
        except typer.BadParameter:
            raise typer.BadParameter(
                f"{text!r} is neither a duration such as 90d, nor a date such as 2027-01-31, "
                f"nor {NEVER}"
            ) from None
    return day + timedelta(days=1)
