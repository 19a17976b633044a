"""Later mentions by a short name that the document defines ("sau đây gọi tắt là Quy chế 04")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.lexicon import type_by_word
from parcc_nlp.extract.citations.mention import Mention, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Alias
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["add_short_names"]

REACH = 700
"""Characters between a document and the definition of its short name; a long trích yếu may stand between."""


def add_short_names(source: NormalisedText, mentions: list[Mention], aliases: Iterable[Alias]) -> list[Mention]:
    """Add the mentions by defined short names where no other mention stands, and return all in order.

    Only a short name that begins with a kind of document and says more than the kind is followed: "Kế hoạch" alone may
    mean any plan.
    """
    clean = source.text
    taken = [(mention.start, mention.end) for mention in mentions]
    extra: list[Mention] = []
    for alias in aliases:
        kind = _kind(alias.short)
        start, end = source.to_clean(alias.start, alias.end)
        meant = _meant(clean, mentions, start)
        if kind is None or meant is None or (meant.doc_type != kind and meant.doc_type is not None):
            continue
        extra.extend(
            _mention(meant, at, at + end - start)
            for at in _occurrences(clean, clean[start:end])
            if not any(first < at + end - start and at < last for first, last in taken)
        )
    return sorted([*mentions, *extra], key=start_of) if extra else mentions


def _kind(short: str) -> str | None:
    """Kind of document that a short name begins with, where it says more than the kind."""
    syllables = short.lower().split()
    for count in range(min(4, len(syllables) - 1), 0, -1):
        kind = type_by_word().get(" ".join(syllables[:count]))
        if kind:
            return kind
    return None


def _meant(clean: str, mentions: list[Mention], start: int) -> Mention | None:
    """Give the last document named before the definition, in the same paragraph."""
    before = [mention for mention in mentions if start - REACH <= mention.start < start and mention.end <= start]
    if not before or "\n" in clean[before[-1].end : start]:
        return None
    return before[-1]


def _occurrences(clean: str, short: str) -> Iterator[int]:
    at = clean.find(short)
    while at >= 0:
        end = at + len(short)
        inside_word = (at and clean[at - 1].isalnum()) or (end < len(clean) and clean[end].isalnum())
        if not inside_word:
            yield at
        at = clean.find(short, end)


def _mention(meant: Mention, start: int, end: int) -> Mention:
    return Mention(
        start=start,
        core_end=end,
        end=end,
        doc_type=meant.doc_type,
        number=meant.number,
        year=meant.year,
        name=meant.name,
    )
