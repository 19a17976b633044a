"""A clean text beside the same text in small letters, every letter at its place."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Cased", "cased"]


class Cased(NamedTuple):
    """A text and its small letters: names are looked up in `low`, capitals are asked of `text`."""

    text: str
    low: str


def cased(text: str) -> Cased:
    """Give a text with its small letters, of equal length.

    Examples
    --------
    >>> cased("Sở Tư pháp").low
    'sở tư pháp'
    """
    low = text.lower()
    return Cased(text, low if len(low) == len(text) else "".join(letter.lower()[0] for letter in text))
