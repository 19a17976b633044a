"""VB307: one law named in different ways in one document."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.citing.layout import LAWS
from parcc_nlp.review.checks.citing.mentions import told_mentions
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import RuleContext

__all__ = ["vb307"]

_OWN = frozenset({"text", "basis", "amending"})
_MARKS = re.compile(r"[\s,\-–]+")
_AMENDING = re.compile(r"\bsửa đổi\b", re.IGNORECASE)


class Way(NamedTuple):
    """One way a law is named: its first mention, how often it is so named."""

    name: str
    first: Citation
    times: int


@rule("VB307")
def vb307(context: RuleContext) -> Iterator[Flag]:
    """Flag a law whose name is written in different ways: other marks, other words, or only other capitals."""
    for citations in _named_differently(context):
        ways = _ways(citations)
        instrument = _instrument(citations, context)
        usual = _usual(ways, instrument)
        others = [way for way in ways if way is not usual]
        odd = next((way for way in others if _differs_in_words(way, usual)), others[0])
        listed = tuple(phrase("way", name=way.name, line=str(context.places.line(way.first.start))) for way in ways)
        yield Flag(
            start=odd.first.start,
            end=odd.first.end,
            message=phrase("ways", count=str(len(ways)), ways=listed),
            subject=instrument.id if instrument else _folded(usual.name),
            instrument=instrument.id if instrument else None,
            suggestion=phrase("suggestion", name=usual.name),
            related=tuple(Place(way.first.start, way.first.end) for way in ways if way is not odd),
            kind="fail" if _differs_in_words(odd, usual) else "review",
        )


def _named_differently(context: RuleContext) -> Iterator[Sequence[Citation]]:
    """Give the mentions of every law that is named in several ways, those in the titles of other instruments left out.

    Where the mentions stand is looked at only where their names differ: most documents name every law in one way.
    """
    short = frozenset(" ".join(alias.short.split()) for alias in context.extraction.aliases)
    laws = [citation for citation in context.citations if citation.doc_type in LAWS and _shows_a_way(citation, short)]
    differing = [citations for citations in _by_law(laws) if len(_ways(citations)) > 1]
    if not differing:
        return
    roles = {mention.citation.start: mention.role for told in told_mentions(context).values() for mention in told}
    for citations in differing:
        own = [citation for citation in citations if roles[citation.start] in _OWN]
        if len(_ways(own)) > 1:
            yield own


def _by_law(citations: Sequence[Citation]) -> Iterable[Sequence[Citation]]:
    """Group mentions of laws by the law meant."""
    meant: dict[str, str] = {}
    laws: dict[tuple[str, bool], list[Citation]] = {}
    for citation in citations:
        name = _name(citation)
        folded = _folded(name)
        key = citation.instrument or meant.get(folded, folded)
        meant.setdefault(folded, key)
        laws.setdefault((key, bool(_AMENDING.search(name))), []).append(citation)
    return laws.values()


def _shows_a_way(citation: Citation, short: frozenset[str]) -> bool:
    """Say whether a mention names its law in full: no short name, no abbreviation, not in capitals."""
    name = _name(citation)
    return bool(name) and name not in short and not any(len(word) > 1 and word.isupper() for word in name.split())


def _ways(citations: Sequence[Citation]) -> tuple[Way, ...]:
    """Give the ways a law is named, in the order of their first mentions."""
    counted = Counter(_name(citation) for citation in citations)
    firsts: dict[str, Citation] = {}
    for citation in citations:
        firsts.setdefault(_name(citation), citation)
    return tuple(Way(name, first, counted[name]) for name, first in firsts.items())


def _usual(ways: Sequence[Way], instrument: Instrument | None) -> Way:
    """Give the way the others are measured by: the registry's, else the one used most often, the first of several."""
    official = " ".join(_official(instrument).split()) if instrument else None
    return next((way for way in ways if way.name == official), max(ways, key=_times))


def _official(instrument: Instrument) -> str:
    """Give the name of a law with the word for its kind."""
    title = instrument.title or ""
    return title if title.startswith(tuple(LAWS)) else f"{instrument.doc_type or 'Luật'} {title}"


def _times(way: Way) -> int:
    return way.times


def _differs_in_words(one: Way, other: Way) -> bool:
    """Say whether more than the capitals differ."""
    return one.name.lower() != other.name.lower()


def _name(citation: Citation) -> str:
    return " ".join((citation.name or "").split())


def _folded(name: str) -> str:
    """Give a name without capitals and marks."""
    return _MARKS.sub(" ", name.lower()).strip()


def _instrument(citations: Sequence[Citation], context: RuleContext) -> Instrument | None:
    if context.registry is None:
        return None
    name = next((citation.instrument for citation in citations if citation.instrument), None)
    return context.registry.get(name) if name else None
