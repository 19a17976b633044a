"""Numbers without symbol: "Nghị định 45", "Kế hoạch số 24", "Đề án 06"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.lexicon import alternation, instrument_types, type_by_word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BareNumber", "find_bare_numbers"]

# A lookbehind at the head of a pattern makes the scan several times slower: the letter before is looked at below.
NUMBER = re.compile(r"(\d{1,5}[a-z]?)(?:/((?:19|20)\d\d))?(?![\w/%-]|[.,]\d)")
NAMING_DIGITS = (2, 3)
"""Digits of a number that is a name: "Đề án 06", "Đề án 468"."""
WINDOW = 40
LONGEST_LAST_SYLLABLE = 9


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A kind of document with a number that has no symbol, in the clean text."""

    start: int
    end: int
    doc_type: str
    number: str
    year: str | None
    is_name: bool
    """Whether kind and number together are the name it goes by ("Đề án 06")."""


@cache
def _patterns() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Last words before such a number; the kinds that need no "số", those that do, and those named by a number."""
    kinds = instrument_types()
    plain = alternation([kind.name.lower() for kind in kinds if kind.bare])
    numbered = alternation([kind.name.lower() for kind in kinds if not kind.bare and not kind.named])
    named = alternation([kind.name.lower() for kind in kinds if kind.named_by_number])
    lasts = frozenset({"số", *(kind.name.lower().split()[-1] for kind in kinds)})
    return (
        lasts,
        re.compile(rf"(?<!\w)({plain})[ \t]+(?:số[ \t]+)?$"),
        re.compile(rf"(?<!\w)({numbered})[ \t]+số[ \t]+$"),
        re.compile(rf"(?<!\w)({named})[ \t]+$"),
    )


def find_bare_numbers(clean: str, low: str) -> Iterator[BareNumber]:
    """Every kind of document with a bare number behind it, in order.

    Parameters
    ----------
    clean
        The normalised text.
    low
        The same text in lower case, of equal length.
    """
    lasts, plain, numbered, named = _patterns()
    for match in NUMBER.finditer(low):
        start = match.start()
        if not start or low[start - 1] not in " \t":
            continue
        # Where no space is near, the word is cut: from the start of the text it would be copied for every number.
        farthest = max(0, start - LONGEST_LAST_SYLLABLE - 1)
        word_start = max(low.rfind(" ", farthest, start - 1) + 1, farthest)
        if low[word_start : start - 1] not in lasts:
            continue
        floor = max(0, start - WINDOW)
        typed = plain.search(low, floor, start) or numbered.search(low, floor, start)
        by_name = named.search(low, floor, start) if typed is None and len(match[1]) in NAMING_DIGITS else None
        found = typed or by_name
        if found and clean[found.start()].isupper():
            yield BareNumber(
                start=found.start(),
                end=match.end(),
                doc_type=type_by_word()[" ".join(found[1].split())],
                number=clean[start : start + len(match[1])],
                year=match[2],
                is_name=by_name is not None,
            )
