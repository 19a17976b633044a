"""What a run or a trial came to, in words: the table ``words.csv`` beside this module."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcc_nlp.library.feeds.pages import Found
    from parcc_nlp.library.feeds.preview import Preview
    from parcc_nlp.library.feeds.report import FeedOutcome, FeedReport
    from parcc_nlp.library.feeds.settings import Feed

__all__ = ["feed_words", "listed_lines", "preview_lines", "report_lines"]

Language = Literal["vi", "en"]


def feed_words(key: str, lang: Language = "vi", /, **fields: object) -> str:
    """Give a wording with its fields filled in.

    Examples
    --------
    >>> feed_words("total", "en", delivered=3, feeds=2)
    '3 documents delivered from 2 feeds in all.'
    """
    return _table()[key][lang].format(**fields)


@cache
def _table() -> dict[str, dict[Language, str]]:
    """Read the table of wordings once."""
    lines = (files("parcc_nlp.library.feeds") / "words.csv").read_text(encoding="utf-8").splitlines()
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(lines)}


def report_lines(report: FeedReport, lang: Language) -> Iterator[str]:
    """Tell what a run came to."""
    if not report.feeds:
        yield feed_words("none", lang)
        return
    for one in report.feeds:
        yield from _outcome_lines(one, lang)
    yield feed_words("total", lang, delivered=report.delivered, feeds=len(report.feeds))


def _outcome_lines(one: FeedOutcome, lang: Language) -> Iterator[str]:
    """Tell what became of a feed."""
    yield feed_words(
        "feed",
        lang,
        name=one.name,
        pages=one.pages,
        found=one.found,
        delivered=one.delivered,
        failed=len(one.failed),
        waiting=one.waiting,
    )
    if one.unchanged:
        yield feed_words("unchanged", lang)
    if one.trouble:
        yield feed_words("trouble", lang, what=one.trouble.told(lang))
    for failure in one.failed:
        yield feed_words("failure", lang, url=failure.url, what=failure.trouble.told(lang))


def preview_lines(previews: Sequence[Preview], lang: Language) -> Iterator[str]:
    """Tell what a run would fetch."""
    if not previews:
        yield feed_words("none", lang)
    for one in previews:
        yield feed_words("preview", lang, name=one.name, count=len(one.fetched), url=one.url)
        for found in one.fetched:
            yield feed_words("item", lang, kind=feed_words(found.kind, lang), url=found.url, about=_about(found))
        for url in one.attached:
            yield feed_words("attached", lang, url=url)
        for found, trouble in one.forbidden:
            yield feed_words("forbidden", lang, url=found.url, what=trouble.told(lang))
        if one.trouble:
            yield feed_words("preview_trouble", lang, what=one.trouble.told(lang))
        if one.page.next_url:
            yield feed_words("next", lang, url=one.page.next_url)


def _about(found: Found) -> str:
    """Say which document it is, as far as the page does."""
    told = ", ".join(part for part in (found.number, found.issued, found.title) if part)
    return f" — {told}" if told else ""


def listed_lines(feeds: Sequence[Feed], states: Mapping[str, Mapping[str, int]], lang: Language) -> Iterator[str]:
    """List feeds, with what became of their documents where that is known."""
    if not feeds:
        yield feed_words("none", lang)
    for feed in feeds:
        yield feed_words("listed", lang, name=feed.name, kind=feed.kind, url=feed.url)
        if counted := states.get(feed.name):
            known = {state: counted.get(state, 0) for state in ("done", "pending", "failed", "not_allowed")}
            yield feed_words("states", lang, **known)
