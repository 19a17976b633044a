"""The tables of the review: which office a symbol belongs to, how malformed symbols are repaired."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parcc_nlp.review.rule import Text

__all__ = ["Office", "Repair", "office_of_issuer", "office_of_symbol", "repairs"]


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


@cache
def repairs() -> tuple[Repair, ...]:
    """Give the known faults of symbols, the one to be repaired first at the head."""
    return tuple(
        Repair(row["fault"], re.compile(row["pattern"]), tuple(row["repairs"].split("|")), Text(row["vi"], row["en"]))
        for row in _rows("symbol_repairs.csv")
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
        for row in _rows("symbol_offices.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("parcc_nlp.review") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
