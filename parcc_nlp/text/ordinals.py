"""Numbers that are not written in Arabic digits: Roman numerals and Vietnamese ordinals.

Chapters and congress terms bear them ("Chương IV", "lần thứ XVI", "lần thứ mười ba"), and so do the points of a list
("thứ nhất", "thứ hai"). The words stand in ``ordinals.csv``.
"""

from __future__ import annotations

import re

from parcc_nlp.text.tables import read_table

__all__ = ["ordinal_to_int", "roman_to_int"]

_WORDS = {row["word"]: int(row["value"]) for row in read_table("ordinals.csv")}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LEADING_WORDS = frozenset({"lần", "thứ"})
_TEN = 10
_MAX_WORDS = 3


def roman_to_int(numeral: str) -> int | None:
    """Read a Roman numeral.

    Parameters
    ----------
    numeral
        The numeral in capitals or small letters, well formed: ``"XIV"``, ``"iii"``.

    Returns
    -------
    int or None
        Its value from 1 to 3999, or None where the string is no Roman numeral (``"IIX"``, ``"A"``, ``""``).

    Examples
    --------
    >>> roman_to_int("XVI"), roman_to_int("IIX")
    (16, None)
    """
    capitals = numeral.upper()
    if not numeral or not numeral.isascii() or not _ROMAN.fullmatch(capitals):
        return None
    values = [_ROMAN_VALUES[letter] for letter in capitals]
    return sum(-value if value < max(values[at + 1 :], default=0) else value for at, value in enumerate(values))


def ordinal_to_int(text: str) -> int | None:
    """Read a Vietnamese ordinal.

    Parameters
    ----------
    text
        An ordinal or number from 1 to 99, with or without "lần" and "thứ" before it, in words, Roman numerals or
        digits, in any case: "thứ nhất", "lần thứ năm", "thứ hai mươi mốt", "lần thứ XVI", "thứ 3".

    Returns
    -------
    int or None
        Its value, or None where the string says no number.

    Examples
    --------
    >>> ordinal_to_int("lần thứ mười ba"), ordinal_to_int("Thứ nhất"), ordinal_to_int("thứ tự")
    (13, 1, None)
    """
    words = text.split()
    while words and words[0].lower() in _LEADING_WORDS:
        words = words[1:]
    if len(words) == 1:
        word = words[0]
        if word.isascii() and word.isdigit():
            return int(word)
        return _WORDS.get(word.lower()) or (roman_to_int(word) if word.isupper() else None)
    return _tens_and_units([word.lower() for word in words])


def _tens_and_units(words: list[str]) -> int | None:
    """Read "mười ba", "hai mươi", "hai mươi mốt"."""
    if not words or len(words) > _MAX_WORDS:
        return None
    if words[0] == "mười":
        tens, rest = 1, words[1:]
    elif words[1] == "mươi":
        tens, rest = _WORDS.get(words[0], _TEN), words[2:]
    else:
        return None
    if tens >= _TEN or len(rest) > 1:
        return None
    if not rest:
        return tens * _TEN
    unit = 1 if rest[0] == "mốt" and tens > 1 else _WORDS.get(rest[0], _TEN)
    return tens * _TEN + unit if unit < _TEN else None
