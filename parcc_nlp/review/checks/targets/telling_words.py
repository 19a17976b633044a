"""The words that tell what one indicator measures from what another does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.targets.lexicon import abbreviations, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcc_nlp.model import Alias
    from parcc_nlp.review.checks.targets.lexicon import Term

__all__ = ["Told", "acronyms", "tell"]

SYLLABLE = re.compile(r"[^\W_]+(?:[.,/&][^\W_]+)*")
ACRONYM = re.compile(r"[A-ZĐ&]{2,10}[A-Za-zđ]{0,3}")


class Told(NamedTuple):
    """A telling syllable and the role of its term, empty where it has none."""

    word: str
    role: str


def acronyms(aliases: Iterable[Alias]) -> dict[str, tuple[str, ...]]:
    """Give what acronyms stand for, those of the document before the common ones, as syllables in lower case."""
    known = {short: _cut(long) for short, long in abbreviations().items()}
    known.update((alias.short.lower(), _cut(alias.long)) for alias in aliases if ACRONYM.fullmatch(alias.short))
    return known


def tell(text: str, longer: Mapping[str, tuple[str, ...]]) -> list[Told]:
    """Read the telling words of a text, acronyms spelled out, terms that tell nothing left out.

    Parameters
    ----------
    text
        The subject of a target, or the label before it.
    longer
        What acronyms stand for (`acronyms`).

    Examples
    --------
    >>> [told.word for told in tell("Tỷ lệ hồ sơ TTHC nộp trực tuyến", {"tthc": ("thủ", "tục", "hành", "chính")})]
    ['hồ', 'sơ', 'nộp', 'trực', 'tuyến']
    """
    syllables = tuple(part for syllable in _cut(text) for part in longer.get(syllable, (syllable,)))
    told: list[Told] = []
    tells = False
    position = 0
    while position < len(syllables):
        term = _term_at(syllables, position)
        if term is None or (term.role == "opening" and tells):
            told.append(Told(syllables[position], ""))
            position += 1
            tells = True
            continue
        position += len(term.syllables)
        tells = term.role in {"same", "measure", "light"}
        if term.role == "same":
            told.extend(Told(word, "") for word in term.instead.split())
        elif tells:
            told.extend(Told(word, term.role) for word in term.syllables)
    return told


def _term_at(syllables: tuple[str, ...], position: int) -> Term | None:
    """Give the longest term that stands at a position."""
    for term in terms().get(syllables[position], ()):
        if syllables[position : position + len(term.syllables)] == term.syllables:
            return term
    return None


def _cut(text: str) -> tuple[str, ...]:
    return tuple(SYLLABLE.findall(text.lower()))
