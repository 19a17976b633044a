"""Whether letters with marks are Vietnamese: by the syllables they form; tells encodings and text layers apart."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

__all__ = ["marked_words", "share_of_syllables"]

_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_WORD_BREAK = re.compile("[\\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f‘’“”–—…•§«»°²³½≥≤±×\xa0\u200b\u2011\ufffe/]+")
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]"


@cache
def _syllable() -> re.Pattern[str]:
    """Onset and rhyme without tone; the rhymes of Vietnamese stand in ``rhymes.txt``."""
    rhymes = (files("parcc_nlp.read") / "rhymes.txt").read_text(encoding="utf-8").split()
    return re.compile(f"(?:{_ONSETS})?(?:{'|'.join(sorted(rhymes, key=len, reverse=True))})")


def marked_words(text: str) -> list[str]:
    """Give the words that hold a letter beyond ASCII.

    Examples
    --------
    >>> marked_words("Quyết định số 12/QĐ-UBND (PAR INDEX)")
    ['Quyết', 'định', 'số', 'QĐ']
    """
    return [word for word in _WORD_BREAK.split(text) if word and not word.isascii()]


def _is_syllable(word: str) -> bool:
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return _syllable().fullmatch(bare) is not None


def share_of_syllables(words: list[str]) -> float:
    """Give the share of words that are Vietnamese syllables, 0 for no words.

    Examples
    --------
    >>> share_of_syllables(["Quyết", "định"]), share_of_syllables(["QuyÕt", "®Þnh"])
    (1.0, 0.0)
    """
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0
