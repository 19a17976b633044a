"""Laying the words of a tool that rewrites text on the text as it is printed.

underthesea composes letters (NFC), moves tone marks ("khoá" becomes "khóa"), drops white space and splits symbols. Only
the base letters and their order survive, so that is what is followed.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Word", "aligned"]


class Word(NamedTuple):
    """A word of a sentence with its part of speech, as offsets of the sentence."""

    start: int
    end: int
    tag: str


def aligned(text: str, tagged: Iterable[tuple[str, str]]) -> tuple[Word, ...]:
    """Give the words of a text with their places in it.

    Parameters
    ----------
    text
        The text as it is printed.
    tagged
        Words and their tags in the order of the text, white space and forms of letters aside.

    Returns
    -------
    tuple of Word
        As many as could be laid on the text: what follows a word that the text does not have is left out.

    Examples
    --------
    >>> [(word.start, word.end) for word in aligned("Khoá  mới", [("Khóa", "N"), ("mới", "A")])]
    [(0, 4), (6, 9)]
    """
    found: list[Word] = []
    letters = _letters(text)
    for word, tag in tagged:
        start = end = -1
        for letter, _, _ in _letters(word):
            printed = next(letters, None)
            if printed is None or printed[0] != letter:
                return tuple(found)
            start = printed[1] if start < 0 else start
            end = printed[2]
        if start >= 0:
            found.append(Word(start, end, tag))
    return tuple(found)


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the base letters of a text, marks and white space aside, each with the stretch it is printed on."""
    base, start, end = "", -1, -1
    for place, character in enumerate(text):
        parts = unicodedata.normalize("NFD", character)
        if unicodedata.combining(parts[0]):
            end = place + 1
            continue
        if base:
            yield base, start, end
        base, start, end = ("" if character.isspace() else parts[0]), place, place + 1
    if base:
        yield base, start, end
