"""Days as precise as a source gives them: "2026" is some day of that year, "2025-02" some day of that month."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["add_days", "agrees", "earliest", "is_day", "latest", "may_be_slip"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FULL = 10
_MONTH = 7
_DECEMBER = 12


def is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar written ``YYYY-MM-DD``."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def earliest(day: str) -> str:
    """Give the first day a date of any precision can mean."""
    return day + "-01-01"[len(day) - 4 :]


def latest(day: str) -> str:
    """Give the last day a date of any precision can mean."""
    if len(day) == _FULL:
        return day
    year, month = (int(day[:4]), int(day[5:7])) if len(day) == _MONTH else (int(day[:4]), _DECEMBER)
    first_of_next = date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
    return (first_of_next - timedelta(days=1)).isoformat()


def add_days(day: str, days: int) -> str:
    """Move a full day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def agrees(one: str, other: str) -> bool:
    """Say whether two dates of any precision can mean one day."""
    return one.startswith(other) or other.startswith(one)


def may_be_slip(one: str, other: str) -> bool:
    """Say whether a full date can be a slip for another: one part differs, or day and month are swapped."""
    if len(one) != _FULL or len(other) != _FULL or one == other:
        return False
    mine, theirs = one.split("-"), other.split("-")
    differing = sum(a != b for a, b in zip(mine, theirs, strict=True))
    swapped = mine[0] == theirs[0] and mine[1] == theirs[2] and mine[2] == theirs[1]
    return differing == 1 or swapped
