"""New documents fetched from where they are published: RSS and Atom feeds, and pages that list documents.

Off until an office writes a file of feeds (docs/examples/feeds.yaml); importing this loads no client and opens no
connection. `fetch_feeds` looks through all feeds once; the state is kept in the database of the library, so that a run
may be killed at any point and every document is delivered once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parcc_nlp.library.feeds.reading import read_feeds
    from parcc_nlp.library.feeds.report import FeedOutcome, FeedReport, ItemFailure
    from parcc_nlp.library.feeds.running import Deliver, fetch_feeds
    from parcc_nlp.library.feeds.settings import Feed, FeedsFile, Limits

__all__ = [
    "Deliver",
    "Feed",
    "FeedOutcome",
    "FeedReport",
    "FeedsFile",
    "ItemFailure",
    "Limits",
    "fetch_feeds",
    "read_feeds",
]

_HOMES = {
    "Deliver": "running",
    "Feed": "settings",
    "FeedOutcome": "report",
    "FeedReport": "report",
    "FeedsFile": "settings",
    "ItemFailure": "report",
    "Limits": "settings",
    "fetch_feeds": "running",
    "read_feeds": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415  # lean start

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
