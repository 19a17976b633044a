"""What an office writes about its feeds in ``feeds.yaml``; docs/examples/feeds.yaml shows every key."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal

__all__ = ["Detail", "Feed", "FeedsFile", "Limits", "Paging"]

_MEGABYTE = 1024 * 1024
_STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is fetched in one run, and how gently."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    min_seconds: float = 2.0
    """Seconds between two requests to one host."""
    timeout_seconds: float = 30.0
    """Seconds a server may stay silent."""
    retries: int = 3
    """How often one request is repeated within a run."""
    max_pages: int = 20
    """Pages of a list looked through in one run; the next run goes on where this one stopped."""
    max_items: int = 200
    """Documents and detail pages fetched in one run."""
    max_megabytes: float = 50.0
    """The largest file taken."""

    @property
    def bytes(self) -> int:
        """The largest file taken, in bytes.

        Examples
        --------
        >>> Limits(max_megabytes=1).bytes
        1048576
        """
        return int(self.max_megabytes * _MEGABYTE)


@dataclass(frozen=True, slots=True)
class Paging:
    """How the pages of a list follow each other: a link to the next one, or an address with ``{page}`` in it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    next: str | None = None
    template: str | None = None
    first: int = 1
    step: int = 1


@dataclass(frozen=True, slots=True)
class Detail:
    """The page between list and document: `attachment` selects the links to documents in it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    attachment: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One source of documents. `row`, `link`, `number`, `date` and `title` are CSS selectors of a list."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    name: str
    kind: Literal["rss", "listing"]
    url: str
    row: str | None = None
    link: str | None = None
    number: str | None = None
    date: str | None = None
    title: str | None = None
    paging: Paging | None = None
    detail: Detail | None = None
    since: dt.date | None = None
    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def digest(self) -> str:
        """What changes when the feed has to be read anew: everything but the limits and the network.

        Examples
        --------
        >>> first = Feed("a", "rss", "https://example.org/rss")
        >>> first.digest == Feed("a", "rss", "https://example.org/rss", limits=Limits(retries=1)).digest
        True
        """
        told = {key: value for key, value in asdict(self).items() if key not in {"limits", "allow_private"}}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FeedsFile:
    """What stands in a file of feeds. `contact` goes with every request, so that a site knows whom to write to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    feeds: list[Feed] = field(default_factory=list)
    contact: str | None = None
