"""Numbers as Vietnamese documents write them: digits with thousand points and decimal commas, and words.

``1.500`` is fifteen hundred and ``12,5`` twelve and a half; ``một trăm``, ``ba mươi lăm`` are read as well. A full stop
before three digits groups thousands, elsewhere it ends the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DIGITS", "WORDS", "Numeral", "digits_value", "numeral_at", "words_at"]

DIGITS = r"\d{1,3}(?:\.\d{3}(?!\d))+(?:,\d+)?|\d+(?:,\d+)?"
"""Pattern of a number in digits; the caller looks at what stands before and behind."""

_DIGITS = re.compile(DIGITS)
_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_INSIDE = {"không", "mốt", "tư", "lăm"}
"""Syllables that are numbers only inside one ("hai mươi tư"): "tư nhân" and "không quá" begin none."""
_OPENING = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_FOLLOWING = "không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|linh|lẻ"
WORDS = rf"(?:{_OPENING})(?:\s+(?:{_FOLLOWING})){{0,6}}"
"""Pattern of a number in words below a thousand, lower case."""

_WORD = re.compile(r"[ \t]*([^\W\d_]{1,7})(?!\w)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its span and value."""

    start: int
    end: int
    value: float


def digits_value(text: str) -> float:
    """Value of a number in digits.

    Examples
    --------
    >>> digits_value("1.500"), digits_value("12,5"), digits_value("08")
    (1500.0, 12.5, 8.0)
    """
    return float(text.replace(".", "").replace(",", "."))


def numeral_at(text: str, pos: int) -> Numeral | None:
    """Read a number in digits or words that begins exactly at `pos`; None where there is none.

    Examples
    --------
    >>> numeral_at("ba mươi lăm hồ sơ", 0)
    Numeral(start=0, end=11, value=35.0)
    """
    digits = _DIGITS.match(text, pos)
    if digits:
        return Numeral(pos, digits.end(), digits_value(digits[0]))
    return words_at(text, pos)


def words_at(text: str, pos: int) -> Numeral | None:
    """Read a number in words below a thousand that begins exactly at `pos`; None where there is none.

    Examples
    --------
    >>> words_at("một trăm linh năm xã", 0)
    Numeral(start=0, end=17, value=105.0)
    >>> words_at("mươi xã", 0) is None
    True
    """
    number = _Number()
    end = pos
    while (word := _WORD.match(text, end)) and number.takes(word[1].lower()):
        end = word.end()
    return Numeral(pos, end, float(number.total + (number.current or 0))) if end > pos else None


class _Number:
    """A number being read, syllable by syllable."""

    def __init__(self) -> None:
        self.total = 0
        self.current: int | None = None

    def takes(self, syllable: str) -> bool:
        """Add a syllable; False if it cannot go on with the number."""
        if self.current is None and syllable in _UNITS and (self.total or syllable not in _INSIDE):
            self.current = _UNITS[syllable]
        elif syllable == "mười" and self.current is None:
            self.total += 10
        elif syllable in {"mươi", "trăm"} and self.current is not None:
            self.total += self.current * (10 if syllable == "mươi" else 100)
            self.current = None
        else:
            return syllable in {"linh", "lẻ"} and self.total > 0 and self.current is None
        return True
