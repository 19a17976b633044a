"""Text without tone marks, accents and capitals, letter for letter, so that "uy ban nhan dan" finds "Ủy ban nhân dân".

SQLite's own folding leaves đ as it is and PostgreSQL's needs an extension, so both index a text that is folded here.
"""

from __future__ import annotations

import unicodedata
from functools import cache

__all__ = ["folded", "words_of"]

_WITHOUT_DECOMPOSITION = {"đ": "d", "Đ": "d"}
_LONGEST_WORD = 64
"""What is longer is no word of a language; PostgreSQL indexes no words of some thousand letters."""


class _Letters(dict[int, int]):
    """A translation table that computes the fold of a letter when it is first met."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(_letter(chr(code)))
        return self[code]


class _Words(dict[int, int]):
    """The same table with a space for everything that is neither letter nor digit."""

    def __missing__(self, code: int) -> int:
        letter = _letter(chr(code))
        self[code] = ord(letter if letter.isalnum() else " ")
        return self[code]


def folded(text: str) -> str:
    """Give a text of equal length in which every letter is its plain small letter.

    Both ways to set a tone mark ("Uỷ", "Ủy") give the same. A combining mark that stands alone stays as it is: texts of
    the library are NFC, where Vietnamese letters are one code point each.

    Examples
    --------
    >>> folded("Ủy ban nhân dân tỉnh Đắk Lắk")
    'uy ban nhan dan tinh dak lak'
    """
    return text.translate(_letters())


def words_of(printed: str) -> str:
    """Give the folded words of a text, in order, with one space between them; digits are words, too.

    Examples
    --------
    >>> words_of("Nghị định số 45/2020/NĐ-CP của Chính phủ")
    'nghi dinh so 45 2020 nd cp cua chinh phu'
    """
    return " ".join([word[:_LONGEST_WORD] for word in printed.translate(_words()).split()])


@cache
def _letters() -> _Letters:
    return _Letters()


@cache
def _words() -> _Words:
    return _Words()


def _letter(letter: str) -> str:
    """Fold one letter; what folds to no single letter stays as it is."""
    if letter in _WITHOUT_DECOMPOSITION:
        return _WITHOUT_DECOMPOSITION[letter]
    base = "".join(one for one in unicodedata.normalize("NFD", letter) if not unicodedata.combining(one)).lower()
    return base if len(base) == 1 else letter
