"""What a run of the importer did: how many files became what, and those that could not be imported."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Became", "ImportReport", "Problem", "Settled"]

Became = Literal["added", "version", "duplicate", "filed", "failed", "quarantined"]
_MOST = 10_000
"""How many failures are kept to be shown; a service that runs for years counts the rest only."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one file; `due_at` says when a failed one is tried again."""

    task_id: int
    name: str
    origin: str | None
    became: Became
    code: str | None = None
    reason: str | None = None
    document_id: int | None = None
    due_at: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong beside the files: a folder that cannot be looked into, a file that cannot be moved."""

    place: str
    code: str
    message: str


@dataclass(slots=True)
class ImportReport:
    """What a run did.

    `unchanged` files had been taken in by earlier runs as they are now; `waiting` ones were not whole at the end;
    `interrupted` tasks had been left by a run that was killed.

    Examples
    --------
    >>> report = ImportReport()
    >>> report.note(Settled(1, "a.txt", None, "added"))
    >>> report.counts["added"], report.clean
    (1, True)
    """

    counts: Counter[Became] = field(default_factory=Counter)
    failures: deque[Settled] = field(default_factory=lambda: deque(maxlen=_MOST))
    problems: deque[Problem] = field(default_factory=lambda: deque(maxlen=_MOST))
    unchanged: int = 0
    waiting: int = 0
    interrupted: int = 0
    stopped: bool = False

    @property
    def total(self) -> int:
        """How many files were worked on."""
        return sum(self.counts.values())

    @property
    def clean(self) -> bool:
        """Whether every file was imported or is a duplicate, and nothing went wrong beside."""
        return not (self.failures or self.problems)

    def note(self, settled: Settled) -> None:
        """Count a file."""
        self.counts[settled.became] += 1
        if settled.code is not None:
            self.failures.append(settled)
