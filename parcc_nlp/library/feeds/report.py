"""What a run over the feeds came to."""

from __future__ import annotations

from dataclasses import dataclass

from parcc_nlp.library.feeds.reasons import Trouble

__all__ = ["FeedOutcome", "FeedReport", "ItemFailure"]


@dataclass(frozen=True, slots=True)
class ItemFailure:
    """A document that was not fetched, and why."""

    url: str
    title: str | None
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """What became of one feed.

    `pages` were read, `found` documents and pages of details were new, `delivered` documents went to the library,
    `failed` did not, `waiting` are left for later runs. `unchanged` says that the server had nothing new (304);
    `trouble` why the pages of the feed could not be read, or not to their end.
    """

    name: str
    pages: int = 0
    found: int = 0
    delivered: int = 0
    failed: tuple[ItemFailure, ...] = ()
    waiting: int = 0
    unchanged: bool = False
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What became of all feeds of a run, in their order.

    Examples
    --------
    >>> report = FeedReport((FeedOutcome("a", delivered=2), FeedOutcome("b", delivered=1)))
    >>> report.delivered, report.in_order
    (3, True)
    """

    feeds: tuple[FeedOutcome, ...] = ()

    @property
    def delivered(self) -> int:
        """How many documents went to the library."""
        return sum(one.delivered for one in self.feeds)

    @property
    def in_order(self) -> bool:
        """Whether every feed could be read and every document tried was fetched."""
        return not any(one.trouble or one.failed for one in self.feeds)
