"""How files are imported: when a file counts as whole, how many processes work, how long they may take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["ImportSettings"]


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """How files are imported.

    Examples
    --------
    >>> ImportSettings(jobs=1).retry_minutes
    (1, 5, 30)
    """

    jobs: int | None = None
    """How many processes examine files; as many as there are processors by default."""
    settle: float = 2.0
    """Seconds for which size and time of a file must stay as they are before it is taken."""
    patience: float = 3600.0
    """Seconds after which a file is taken all the same that stays empty, changes on or keeps a temporary name."""
    empty: float | None = None
    """Seconds after which an empty file is taken, to be told of as empty; as long as `patience` by default."""
    poll: float = 60.0
    """Seconds between two looks at the folders where nothing announces a file (network shares)."""
    timeout: float = 300.0
    """Seconds that one document may take."""
    retry_minutes: tuple[int, ...] = (1, 5, 30)
    """Minutes until a failed file is tried again, for each attempt; after the last one it goes into quarantine."""
    recursive: bool = True
    """Whether folders inside an inbox are looked through."""
    move_to: Path | None = None
    """Where a file is moved when it is in the library; by default it stays where it is."""
    quarantine_to: Path | None = None
    """Where a file is moved that cannot be imported."""
    follow_every: float = 60.0
    """Seconds of unbroken work after which what follows an import (learning, alerts) is done in between."""

    def left_out(self) -> frozenset[str]:
        """Give the folders that are no inbox though they may stand in one."""
        return frozenset(str(Path(one).absolute()) for one in (self.move_to, self.quarantine_to) if one is not None)
