"""In which order instruments stand in a list, and which of them are no normative documents (``ordering.csv``)."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parcc_nlp.review.tables import office_of_issuer, office_of_symbol

__all__ = ["Order", "is_outside", "order_of"]

_YEAR = re.compile(r"/(?P<year>(?:19|20)[0-9]{2})(?![0-9])")
_DIGITS = re.compile(r"[0-9]+")
_OLD_FORM = re.compile(r"[0-9]+[-/](?:HĐBT|CT|CP|TTg|HĐNN[78]?)", re.IGNORECASE)
_NUMBERS_WITH_YEAR = "1997"
"""The first year in which the numbers of normative documents carry the year."""
_LAST = 999
_NO_DATE = "9999"


class Order(NamedTuple):
    """What a list is sorted by: type and issuer, date, number; what has no date or number comes last."""

    position: int
    issued: str
    serial: int
    number: str


class _Place(NamedTuple):
    """A row of the table: where a type of document of an office stands."""

    position: int
    office: str
    always: bool


def order_of(*, doc_type: str | None, number: str | None, issuer: str | None, issued: str | None) -> Order:
    """Say where an instrument stands in a list: by the rank of its type and issuer, then date, then number.

    Parameters
    ----------
    doc_type, number, issuer, issued
        What is known of its identity.

    Examples
    --------
    >>> decree = order_of(doc_type="Nghị định", number="63/2010/NĐ-CP", issuer="Chính phủ", issued="2010-06-08")
    >>> law = order_of(doc_type="Luật", number="31/2024/QH15", issuer="Quốc hội", issued="2024-01-18")
    >>> law < decree
    True
    """
    place = _place(doc_type, number, issuer)
    year = _YEAR.search(number or "")
    serial = _DIGITS.search(number or "")
    return Order(
        position=place.position if place else _LAST,
        issued=issued or (year["year"] if year else _NO_DATE),
        serial=int(serial[0][:9]) if serial else _LAST,
        number=number or "~",
    )


def is_outside(*, doc_type: str | None, number: str | None, issuer: str | None, issued: str | None) -> bool:
    """Say whether type and number show that an instrument is no normative document; what shows nothing is none such.

    A number that carries the year is one of a normative document (Luật 64/2025/QH15, Điều 7 khoản 3); the numbers of
    documents of before 1997 carry none and show nothing.

    Examples
    --------
    >>> is_outside(doc_type="Kế hoạch", number="24/KH-UBND", issuer=None, issued=None)
    True
    >>> is_outside(doc_type="Quyết định", number="25/2021/QĐ-TTg", issuer="Thủ tướng Chính phủ", issued="2021-07-22")
    False
    """
    office = _office(number, issuer)
    if office == "party":
        return True
    if doc_type is None:
        return False
    place = _place(doc_type, number, issuer)
    if place is None or place.always or number is None:
        return place is None
    old = (issued is not None and issued < _NUMBERS_WITH_YEAR) or _OLD_FORM.fullmatch(number)
    return not (_YEAR.search(number) or old)


def _office(number: str | None, issuer: str | None) -> str:
    """Name the office that the issuer, or else the symbol, shows; empty where neither does."""
    found = (office_of_issuer(issuer) if issuer else None) or (office_of_symbol(number) if number else None)
    return found.office if found else ""


def _place(doc_type: str | None, number: str | None, issuer: str | None) -> _Place | None:
    """Find the row of a type: the one of its office, else the one for any office."""
    rows = _places().get((doc_type or "").casefold(), ())
    office = _office(number, issuer)
    return next((row for row in rows if row.office == office and office), None) or next(
        (row for row in rows if not row.office), None
    )


@cache
def _places() -> dict[str, tuple[_Place, ...]]:
    """Read the table once."""
    found: dict[str, tuple[_Place, ...]] = {}
    with (files("parcc_nlp.report.forms") / "ordering.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            place = _Place(int(row["position"]), row["office"], row["normative"] == "always")
            key = row["doc_type"].casefold()
            found[key] = (*found.get(key, ()), place)
    return found
