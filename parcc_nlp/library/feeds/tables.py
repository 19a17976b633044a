"""The tables in which fetching is remembered: what a feed was when last looked at, and every document found in it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from parcc_nlp.library.feeds.guard import LONGEST_URL
from parcc_nlp.library.schema import METADATA

__all__ = ["FEED", "FEED_ITEM"]

_MOMENT = String(27)

FEED = Table(
    "feed",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    # What the settings were when the feed was last read: other selectors make an unchanged page worth reading again.
    Column("digest", String(64), nullable=False),
    Column("etag", String(1000)),
    Column("modified", String(100)),
    Column("walk", Integer, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("cursor", String(LONGEST_URL)),
    Column("next_try", _MOMENT),
    Column("last_run", _MOMENT),
    Column("last_read", _MOMENT),
    Column("reason", String(40)),
    Column("detail", Text),
)
"""A row a configured feed. `walk` numbers the passes over its pages; `whole` says that the pass goes down to the last
page whatever is known already; `cursor` is the page last recorded of a pass that is not over. Times are UTC, as
the rest of the library writes them."""

FEED_ITEM = Table(
    "feed_item",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("feed_id", Integer, ForeignKey("feed.id", ondelete="CASCADE"), nullable=False),
    Column("url", String(LONGEST_URL), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("title", Text),
    Column("number", String(200)),
    Column("issued", String(10)),
    Column("state", String(12), nullable=False),
    Column("reason", String(40)),
    Column("detail", Text),
    Column("attempts", Integer, nullable=False),
    Column("next_try", _MOMENT),
    Column("walk", Integer, nullable=False),
    Column("name", String(255)),
    Column("sha256", String(64)),
    Column("size", Integer),
    Column("found_on", _MOMENT, nullable=False),
    Column("settled_on", _MOMENT),
    UniqueConstraint("feed_id", "url"),
    CheckConstraint("kind IN ('document', 'detail')", name="kind"),
    CheckConstraint("state IN ('pending', 'done', 'failed', 'not_allowed')", name="state"),
    Index("ix_feed_item_state", "feed_id", "state"),
)
"""A row a document found, or a page that leads to documents. `issued` is an ISO date as precise as the source is."""
