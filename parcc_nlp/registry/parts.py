"""Provisions of an instrument as a relation names them: a readable notation, and which of two lies in the other.

In the data files a list of provisions is written small to large, without tone marks: ``dieu 6; khoan 4 dieu 35;
phu_luc IV``. A question mark says that only something inside is meant and not known what (``dieu 5?``); ``tru`` before
a provision says that it is kept (``dieu 5; tru khoan 1 dieu 5``; ``tru dieu 9`` alone: the whole but Điều 9); ``...``
at the end says that the list is not complete.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from typing import Literal, NamedTuple

from parcc_nlp.model import Pinpoint

__all__ = ["NO_PARTS", "Parts", "name_of_provision", "named_in", "place_of", "read_parts", "write_parts"]

UNITS = ("diem", "khoan", "dieu", "muc", "chuong", "phu_luc")
"""Small to large, as provisions are named."""
_NAMES = {
    "diem": "điểm", "khoan": "khoản", "dieu": "Điều", "muc": "Mục", "chuong": "Chương", "phu_luc": "Phụ lục",
}  # fmt: skip
_LABEL = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})*[a-zđ]{0,2}|[IVXLCDM]{1,9}|[a-zđA-ZĐ][0-9]{0,2}")
_EXCEPT = re.compile(r"^(?:trừ\s+)?(?:các\s+)?(?P<list>.+?)\.?$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:;|,|\bvà\b)\s*")
_ROMAN = re.compile(r"[IVX]+")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_MORE = "..."
_SOME = "?"
_KEPT = "tru "

Place = Literal["same", "around", "inside", "apart", "unclear"]
"""Where one provision stands to another: the same, around it, inside it, apart from it, or not to be told."""


class Parts(NamedTuple):
    """The provisions that a relation names.

    `whole` are touched as a whole; of those in `some` only something inside is touched and not known what; those in
    `kept` are expressly left as they are; `more` says that there are others which the source does not list.
    """

    whole: tuple[Pinpoint, ...] = ()
    some: tuple[Pinpoint, ...] = ()
    more: bool = False
    kept: tuple[Pinpoint, ...] = ()

    @property
    def listed(self) -> tuple[Pinpoint, ...]:
        """Every provision named as touched."""
        return self.whole + self.some


NO_PARTS = Parts()


def read_parts(text: str) -> Parts | None:
    """Read the notation; None where it is none.

    Examples
    --------
    >>> read_parts("dieu 6; khoan 4 dieu 35").whole[1]
    Pinpoint(dieu='35', khoan='4', diem=None, chuong=None, muc=None, phu_luc=None)
    >>> read_parts("dieu 6; ...").more, read_parts("the whole of it")
    (True, None)
    """
    if not text.strip():
        return NO_PARTS
    whole: list[Pinpoint] = []
    some: list[Pinpoint] = []
    kept: list[Pinpoint] = []
    items = [item.strip() for item in text.split(";")]
    more = items[-1] == _MORE
    for item in items[:-1] if more else items:
        pinpoint = _read_provision(item.removeprefix(_KEPT).removesuffix(_SOME).split())
        if pinpoint is None:
            return None
        (kept if item.startswith(_KEPT) else some if item.endswith(_SOME) else whole).append(pinpoint)
    return Parts(tuple(whole), tuple(some), more, tuple(kept))


def write_parts(parts: Parts) -> str:
    """Write provisions in the notation of the data files, each once, in a fixed order.

    Examples
    --------
    >>> write_parts(Parts((Pinpoint(dieu="35", khoan="4"), Pinpoint(dieu="6"))))
    'dieu 6; khoan 4 dieu 35'
    """
    whole = [_write_provision(one) for one in sorted(set(parts.whole), key=_order)]
    some = [_write_provision(one) + _SOME for one in sorted(set(parts.some), key=_order)]
    kept = [_KEPT + _write_provision(one) for one in sorted(set(parts.kept), key=_order)]
    return "; ".join([*whole, *some, *kept, *([_MORE] if parts.more else [])])


def name_of_provision(pinpoint: Pinpoint) -> str:
    """Name a provision as officers write it.

    Examples
    --------
    >>> name_of_provision(Pinpoint(dieu="5", khoan="1", diem="a"))
    'điểm a khoản 1 Điều 5'
    """
    return " ".join(f"{_NAMES[unit]} {label}" for unit in UNITS if (label := getattr(pinpoint, unit)))


def place_of(one: Pinpoint, other: Pinpoint) -> Place:
    """Say where one provision stands to another.

    Articles are numbered through the whole instrument, so that chapter and section say nothing beside an article.

    Examples
    --------
    >>> place_of(Pinpoint(dieu="5"), Pinpoint(dieu="5", khoan="1"))
    'around'
    >>> place_of(Pinpoint(chuong="II"), Pinpoint(dieu="5"))
    'unclear'
    >>> place_of(Pinpoint(phu_luc="II"), Pinpoint(phu_luc="02"))
    'same'
    """
    mine, theirs = _labels(one), _labels(other)
    if ("phu_luc" in mine) != ("phu_luc" in theirs):
        return "apart"
    if "dieu" in mine and "dieu" in theirs and "phu_luc" not in mine:
        for labels in (mine, theirs):
            labels.pop("chuong", None)
            labels.pop("muc", None)
    if any(mine[unit] != theirs[unit] for unit in mine.keys() & theirs.keys()):
        return "apart"
    if mine.keys() == theirs.keys():
        return "same" if mine else "unclear"
    if mine.keys() < theirs.keys():
        return "around" if mine else "unclear"
    return "inside" if theirs.keys() < mine.keys() and theirs else "unclear"


def named_in(exception: str | None) -> tuple[Pinpoint, ...] | None:
    """Read which provisions the words of an exception name ("khoản 3 Điều 50"); None where they do not tell.

    Whose provisions they are the words often leave open: "trừ Điều 142" mostly means an article of the acting
    instrument on transition.

    Examples
    --------
    >>> named_in("Điều 69") == (Pinpoint(dieu="69"),)
    True
    >>> named_in("trường hợp quy định tại Điều này") is None
    True
    """
    match = _EXCEPT.match(" ".join((exception or "").split()))
    if match is None:
        return None
    result: list[Pinpoint] = []
    last: list[str] = []
    for item in _SEPARATOR.split(match["list"]):
        words = item.split()
        if len(words) == 1 and last:
            # "Điều 6, 12" names the second by its label alone.
            words = [last[0], words[0], *last[2:]]
        pinpoint = _read_provision(words)
        if pinpoint is None or not (pinpoint.dieu or pinpoint.phu_luc or pinpoint.chuong):
            return None
        result.append(pinpoint)
        last = words
    return tuple(result) or None


def _read_provision(words: list[str]) -> Pinpoint | None:
    """Read one provision from words in pairs of unit and label, small to large."""
    if not words or len(words) % 2:
        return None
    labels: dict[str, str] = {}
    for unit, label in zip(words[::2], words[1::2], strict=True):
        name = _bare(unit)
        if name not in UNITS or name in labels or not _LABEL.fullmatch(label):
            return None
        labels[name] = label
    return Pinpoint(**labels)


def _bare(word: str) -> str:
    """Take tone marks off a unit's name."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _write_provision(pinpoint: Pinpoint) -> str:
    return " ".join(f"{unit} {label}" for unit in UNITS if (label := getattr(pinpoint, unit)))


def _labels(pinpoint: Pinpoint) -> dict[str, str]:
    return {
        field.name: _plain_label(label)
        for field in fields(pinpoint)
        if (label := getattr(pinpoint, field.name)) is not None
    }


def _plain_label(label: str) -> str:
    """Write a label one way: "Phụ lục 02", "Phụ lục 2" and "Phụ lục II" are one annex."""
    if _ROMAN.fullmatch(label):
        values = [_ROMAN_VALUES[letter] for letter in label]
        after = [*values[1:], 0]
        return str(sum(-one if one < other else one for one, other in zip(values, after, strict=True)))
    return label.lstrip("0").casefold() or label


def _order(pinpoint: Pinpoint) -> tuple[tuple[int, int, str], ...]:
    """Order provisions by annex, article, clause, point, numbers as numbers."""
    return tuple(_label_order(getattr(pinpoint, unit)) for unit in reversed(UNITS))


def _label_order(label: str | None) -> tuple[int, int, str]:
    digits = re.match(r"[0-9]+", label or "")
    return (0, 0, "") if label is None else (1, int(digits[0]) if digits else 0, label)
