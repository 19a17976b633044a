"""Why a file could not be imported, and whether it is worth another try (``transient.csv``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError

if TYPE_CHECKING:
    from parcc_nlp.errors import ParccError
    from parcc_nlp.library.importing.settings import ImportSettings

__all__ = ["Fault", "fault_of", "next_try", "transient_codes", "unexpected"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A code of ``errors.csv`` and the reason in Vietnamese, without the name of the file."""

    code: str
    reason: str


def fault_of(error: ParccError) -> Fault:
    """Give the reason that an error tells.

    Examples
    --------
    >>> fault_of(ReadError("E101", path="a.docx")).reason
    'Tệp rỗng. Hãy kiểm tra lại tệp gốc. [E101]'
    """
    unnamed = type(error)(error.code, place=error.place, **error.details)
    return Fault(error.code, unnamed.message(lang="vi"))


def unexpected(error: BaseException) -> Fault:
    """Give the reason for a failure that nothing foresees: a defect of the program (E399)."""
    return fault_of(ReadError("E399", detail=f"{type(error).__name__}: {error}"))


@cache
def transient_codes() -> dict[str, str]:
    """Give the codes of faults that may go away by themselves, and why."""
    lines = (files(__package__) / "transient.csv").read_text(encoding="utf-8").splitlines()
    return {row["code"]: row["why"] for row in csv.DictReader(lines)}


def next_try(fault: Fault, *, attempts: int, now: str, settings: ImportSettings) -> str | None:
    """Say when a file is tried again; None where it goes into quarantine.

    Parameters
    ----------
    fault
        Why it failed now.
    attempts
        How often it had failed before.
    now
        The moment, as a library writes it.
    settings
        How long to wait.

    Examples
    --------
    >>> from parcc_nlp.library.importing.settings import ImportSettings
    >>> failed, settings = Fault("E106", ""), ImportSettings(jobs=1)
    >>> next_try(failed, attempts=1, now="2026-11-23T08:00:00.000000Z", settings=settings)
    '2026-11-23T08:05:00.000000Z'
    """
    if fault.code not in transient_codes() or attempts >= len(settings.retry_minutes):
        return None
    later = datetime.fromisoformat(now) + timedelta(minutes=settings.retry_minutes[attempts])
    return later.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
