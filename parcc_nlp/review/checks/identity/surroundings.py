"""Which of several instruments of one number the words around a citation point to.

A number without a year is another document every year ("27-NQ/TW" of 2018 is about wages, that of 2022 about the rule
of law): the pairs of words that stand in one title only, and the words by which a document is known
(``number_subjects.csv``), tell them apart.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.tables import read_rows, subjects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.model import Instrument
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["Hint", "meant_by_words"]

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 200
_ENOUGH_PAIRS = 2
_WORDS_SHOWN = 3


class Hint(NamedTuple):
    """The instrument that the surrounding words point to, and these words."""

    instrument: Instrument
    words: str


def meant_by_words(cited: Cited, known: Sequence[Instrument], context: RuleContext) -> Hint | None:
    """Say which of several instruments the sentences that cite it are about; None where the words do not decide."""
    around = _around(cited, context)
    found = [(one, *_in_common(one, known, around)) for one in known]
    told = [(one, subjects, pairs) for one, subjects, pairs in found if subjects or pairs]
    if len(told) != 1:
        return None
    ((meant, subjects, pairs),) = told
    if not subjects and len(pairs) < _ENOUGH_PAIRS:
        return None
    return Hint(meant, ", ".join(f"“{words}”" for words in (*subjects, *pairs)[:_WORDS_SHOWN]))


def _around(cited: Cited, context: RuleContext) -> str:
    """Give the words of the lines around the mentions, their own symbols left out."""
    text = context.extraction.text
    pieces = []
    for citation in cited.citations:
        start, end = context.places.line_span(citation.start)
        pieces += [
            text[max(start, citation.start - _REACH) : citation.start],
            citation.title or "",
            text[citation.end : min(max(end, citation.end), citation.end + _REACH)],
        ]
    return " | ".join(pieces)


def _in_common(one: Instrument, known: Sequence[Instrument], around: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the words of the surroundings by which one instrument is known, and the pairs only its title has."""
    lower = " ".join(around.casefold().split())
    subjects = tuple(words for words in subjects_of(one.number or "", one.issued or "") if words in lower)
    others = {pair for other in known if other.id != one.id for pair in _pairs(other.title or "")}
    spoken = set(_pairs(around))
    pairs = (pair for pair in _pairs(one.title or "") if pair in spoken and pair not in others)
    return subjects, tuple(dict.fromkeys(pairs))


@cache
def _plain() -> frozenset[str]:
    """Give the words of titles that say nothing of the subject; a pair counts when one of its words is another."""
    return frozenset(row["word"] for row in read_rows("checks/identity/plain_words.csv"))


@lru_cache(maxsize=512)
def _pairs(text: str) -> tuple[str, ...]:
    """Give the pairs of neighbouring words of a text that can tell its subject."""
    words, plain = _WORD.findall(text.casefold()), _plain()
    return tuple(f"{one} {other}" for one, other in pairwise(words) if not (one in plain and other in plain))
