"""The nightly refresh: every document is asked anew whether what it cites is in force today."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.library.renewing import Renewed, renew_where
from parcc_nlp.library.schema import DOCUMENT

if TYPE_CHECKING:
    from parcc_nlp.library.library import Library

__all__ = ["Refreshed", "refresh"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to."""

    renewed: Renewed
    seconds: float

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.renewed.documents / self.seconds if self.seconds else 0.0


def refresh(library: Library, *, jobs: int = 1, most: int | None = None) -> Refreshed:
    """Review every document that was not reviewed today, and tell of what newly ended.

    Each document is written in a transaction of its own, so that a run that is stopped or killed goes on where it was;
    a second run on the same day does nothing.

    Parameters
    ----------
    library
        The library.
    jobs
        How many processes.
    most
        How many documents at most.

    Raises
    ------
    LibraryError
        E545: a process died; the next call goes on.
    """
    started = time.monotonic()
    today = library.today().isoformat()
    old = DOCUMENT.c.reviewed_on.is_(None) | (DOCUMENT.c.reviewed_on < today) | DOCUMENT.c.due.is_not(None)
    renewed = renew_where(library, old, jobs=jobs, most=most)
    return Refreshed(renewed, time.monotonic() - started)
