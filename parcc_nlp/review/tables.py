"""The tables of the review: which office and which type a symbol belongs to, how malformed symbols are repaired.

All of them are CSV files that a legal officer can extend; their columns are described by the classes here.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parcc_nlp.review.rule import Text

__all__ = [
    "Kind",
    "Office",
    "Organ",
    "Repair",
    "kind_of_type",
    "kinds",
    "known_codes",
    "office_of_issuer",
    "office_of_symbol",
    "organs",
    "read_rows",
    "repairs",
    "subjects_of",
]


class Office(NamedTuple):
    """An issuing office: its rank, how its symbols end, and how its name begins.

    A lower `rank` is the higher force (Luật 64/2025/QH15, Điều 4); Party bodies have none.
    """

    office: str
    rank: int | None
    symbol: re.Pattern[str]
    issuers: tuple[str, ...]
    name: Text


class Repair(NamedTuple):
    """A way in which symbols are miswritten, and what to write instead, the likeliest first."""

    fault: str
    pattern: re.Pattern[str]
    repairs: tuple[str, ...]
    name: Text


class Kind(NamedTuple):
    """A type of document and its symbols: the first codes they may have, and the year since which they carry one.

    `symbol` is how they are usually written today, for a repair.
    """

    doc_type: str
    codes: frozenset[str]
    year_since: int | None
    symbol: str


class Organ(NamedTuple):
    """A body that a symbol names by `code`: the days of its existence, as far as known, and who came after it."""

    code: str
    organ: str
    since: str | None
    until: str | None
    successors: tuple[str, ...]
    source: str


@cache
def repairs() -> tuple[Repair, ...]:
    """Give the known faults of symbols, the one to be repaired first at the head."""
    return tuple(
        Repair(row["fault"], re.compile(row["pattern"]), tuple(row["repairs"].split("|")), Text(row["vi"], row["en"]))
        for row in read_rows("symbol_repairs.csv")
    )


def office_of_symbol(number: str) -> Office | None:
    """Say which office a symbol belongs to.

    Examples
    --------
    >>> office_of_symbol("1211/2016/UBTVQH13").name.vi
    'Ủy ban Thường vụ Quốc hội'
    """
    return next((office for office in _offices() if office.symbol.search(number)), None)


def office_of_issuer(issuer: str) -> Office | None:
    """Say which office a name belongs to.

    Examples
    --------
    >>> office_of_issuer("Thủ tướng Chính phủ").office
    'prime_minister'
    """
    name = " ".join(issuer.lower().replace("uỷ", "ủy").split())
    return next((office for office in _offices() if name.startswith(office.issuers)), None)


def kind_of_type(doc_type: str) -> Kind | None:
    """Give what is known of the symbols of a type of document.

    Examples
    --------
    >>> sorted(kind_of_type("Chỉ thị").codes)[:2], kind_of_type("Công văn")
    (['CP', 'CT'], None)
    """
    return _kinds().get(doc_type.casefold())


def kinds() -> tuple[Kind, ...]:
    """Give the types of documents of which the symbols are known."""
    return tuple(_kinds().values())


@cache
def known_codes() -> frozenset[str]:
    """Give every code that tells the type of a document."""
    return frozenset(code for kind in _kinds().values() for code in kind.codes)


@cache
def organs() -> dict[str, Organ]:
    """Give the bodies of which it is known when they began or ended, by the code of their symbols."""
    rows = read_rows("checks/identity/symbol_organs.csv")
    return {
        row["code"]: Organ(
            row["code"],
            row["organ"],
            row["since"] or None,
            row["until"] or None,
            tuple(filter(None, row["successors"].split("|"))),
            row["source"],
        )
        for row in rows
    }


def subjects_of(number: str, issued: str) -> tuple[str, ...]:
    """Give words by which an instrument is known, beyond its title: its number without a year is given out anew.

    Examples
    --------
    >>> subjects_of("06/QĐ-TTg", "2022-01-06")[0]
    'đề án 06'
    """
    return _subjects().get((number, issued), ())


@cache
def _subjects() -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (row["number"], row["issued"]): tuple(row["words"].split("|"))
        for row in read_rows("checks/identity/number_subjects.csv")
    }


@cache
def _kinds() -> dict[str, Kind]:
    return {
        row["doc_type"].casefold(): Kind(
            row["doc_type"],
            frozenset(filter(None, row["codes"].split("|"))),
            int(row["year_since"]) if row["year_since"] else None,
            row["symbol"],
        )
        for row in read_rows("checks/identity/symbol_kinds.csv")
    }


@cache
def _offices() -> tuple[Office, ...]:
    return tuple(
        Office(
            row["office"],
            int(row["rank"]) if row["rank"] else None,
            re.compile(row["symbol"]),
            tuple(row["issuers"].split("|")),
            Text(row["vi"], row["en"]),
        )
        for row in read_rows("symbol_offices.csv")
    )


def read_rows(name: str) -> list[dict[str, str]]:
    """Read a table of the review by its path in this package."""
    text = (files("parcc_nlp.review") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
