"""How long to wait: between requests to one host, after a failure, until the next run may try again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["LONGEST_WAIT", "MOST_ATTEMPTS", "Pace", "backoff", "next_try", "retry_after"]

LONGEST_WAIT = 60.0
"""Seconds a run sits still for one host; who asks for more is left for a later run."""
MOST_ATTEMPTS = 8
"""Runs that try one document before it is given up; by then some five days have gone by."""
_LONGEST_REST = timedelta(days=7)


@dataclass(slots=True)
class Pace:
    """When each host was last asked, and until when it wants to be left alone."""

    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    _asked: dict[str, datetime] = field(default_factory=dict)
    _held: dict[str, datetime] = field(default_factory=dict)

    def wait(self, host: str, seconds: float) -> None:
        """Sleep until so many seconds have passed since the last request to a host, and note the new one."""
        last = self._asked.get(host)
        if last is not None:
            # A clock that is set while we run must not make us sleep for an hour.
            rest = min(seconds - (self.clock() - last).total_seconds(), seconds)
            if rest > 0:
                self.sleep(rest)
        self._asked[host] = self.clock()

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self._held[host] = self.clock() + timedelta(seconds=seconds)

    def held(self, host: str) -> float:
        """Give the seconds for which a host is still to be left alone; 0 for none."""
        until = self._held.get(host)
        return max((until - self.clock()).total_seconds(), 0.0) if until else 0.0


def backoff(attempt: int) -> float:
    """Give the seconds before the next attempt of one request.

    Examples
    --------
    >>> [backoff(attempt) for attempt in range(4)]
    [1.0, 2.0, 4.0, 8.0]
    """
    return min(2.0**attempt, LONGEST_WAIT)


def next_try(now: datetime, attempts: int) -> datetime | None:
    """Give the time from which a later run may try again; None where it has been tried often enough.

    Examples
    --------
    >>> next_try(datetime(2026, 11, 23, 8, tzinfo=UTC), 2).isoformat()
    '2026-11-23T10:00:00+00:00'
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + min(timedelta(hours=2 ** (attempts - 1)), _LONGEST_REST)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read the header ``Retry-After``: seconds, or a date.

    Examples
    --------
    >>> retry_after("120", datetime(2026, 11, 23, tzinfo=UTC))
    120.0
    >>> retry_after("Mon, 23 Nov 2026 00:01:00 GMT", datetime(2026, 11, 23, tzinfo=UTC))
    60.0
    >>> retry_after("soon", datetime(2026, 11, 23, tzinfo=UTC)) is None
    True
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,8}", text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a header that says nothing readable asks for nothing
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)
