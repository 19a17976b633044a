"""What follows an import: new documents teach the registry, and those they concern are reviewed again and told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from parcc_nlp.library.learning import Learned, learn
from parcc_nlp.library.renewing import Renewed, renew_where
from parcc_nlp.library.schema import DOCUMENT

if TYPE_CHECKING:
    from parcc_nlp.library.library import Library

__all__ = ["FollowUp", "follow_up"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What following an import up came to; `waiting` documents are still to be reviewed again."""

    learned: Learned
    renewed: Renewed
    waiting: int

    @property
    def alerts(self) -> int:
        """How many alerts are new."""
        return self.renewed.alerts


def follow_up(library: Library, *, jobs: int = 1, most: int | None = None) -> FollowUp:
    """Learn from new documents and review again those that what they say concerns, with alerts, each once.

    It may be killed at any instant: the next call goes on where it was.

    Parameters
    ----------
    library
        The library.
    jobs
        How many processes review documents again.
    most
        How many documents are reviewed again at most; the rest stays due for the next call.

    Returns
    -------
    FollowUp
        What was learned and told.

    Raises
    ------
    LibraryError
        E545: a process died; the next call goes on.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from parcc_nlp.library import open_library
    >>> with TemporaryDirectory() as folder, open_library(Path(folder) / "tuphap.db") as library:
    ...     follow_up(library).alerts
    0
    """
    learned = learn(library)
    renewed = renew_where(library, DOCUMENT.c.due.is_not(None), jobs=jobs, most=most)
    with library.reading() as connection:
        waiting = connection.scalar(select(func.count()).select_from(DOCUMENT).where(DOCUMENT.c.due.is_not(None)))
    return FollowUp(learned, renewed, waiting or 0)
