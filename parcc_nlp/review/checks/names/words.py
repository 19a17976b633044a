"""Vietnamese words as the checks of names compare them, and the lists of words beside the code."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["bare", "either", "lowered", "occurrences", "one_tone", "read_lists", "spellings"]

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "uỷ": "ủy", "uý": "úy", "uỳ": "ùy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
"""The tone on the second vowel, as it is also written, and on the first."""


def lowered(text: str) -> str:
    """Write a text small without moving a letter: one that has no small form of its own length is kept.

    Examples
    --------
    >>> lowered("ỦY BAN"), len(lowered("İ"))
    ('ủy ban', 1)
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)


def one_tone(words: str) -> str:
    """Put the tones on the first vowel, where both ways are in use.

    Examples
    --------
    >>> one_tone("uỷ ban"), one_tone("toà án")
    ('ủy ban', 'tòa án')
    """
    for second, first in _TONES.items():
        if second in words:
            words = words.replace(second, first)
    return words


def spellings(word: str) -> tuple[str, ...]:
    """Give a word with its tone on either vowel.

    Examples
    --------
    >>> spellings("hòa"), spellings("bình")
    (('hòa', 'hoà'), ('bình',))
    """
    other = next((word.replace(first, second) for second, first in _TONES.items() if first in word), word)
    return (word,) if other == word else (word, other)


@cache
def bare(word: str) -> str:
    """Take all marks off a word.

    Examples
    --------
    >>> bare("đồng")
    'dong'
    """
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def occurrences(words: str, text: str) -> Iterator[int]:
    """Give the places where words stand in a text as words."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield at
        at = text.find(words, end)


def either(words: Iterable[str]) -> str:
    """Write phrases as alternatives of a pattern, the longest first, white space in them free."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def read_lists(name: str) -> dict[str, Any]:
    """Read a file of word lists, with the C parser where it is there."""
    import yaml  # noqa: PLC0415  # only a review needs it; `import parcc_nlp` must not pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("parcc_nlp.review.checks.names") / name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  # both loaders are the safe ones
    return content
