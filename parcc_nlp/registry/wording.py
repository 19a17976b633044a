"""How answers word things for officers: notes, days, sources (``status_notes.csv``, ``precedence.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.registry.identity import read_rules

if TYPE_CHECKING:
    from parcc_nlp.registry.tables import Edge

__all__ = ["note", "refusal", "source_of", "source_of_edge", "written_days"]

_DAY = re.compile(r"(?<![\w/-])(\d{4})-(\d{2})-(\d{2})(?![\w/-])")
"""A day in a text; what stands between the slashes of an id is none."""
_LAST_MONTH_WITH_ZERO = 2


@cache
def _notes() -> dict[str, str]:
    return {row["key"]: row["vi"] for row in read_rules("status_notes.csv")}


@cache
def _refusals() -> dict[str, str]:
    return {row["code"]: row["vi"] for row in read_rules("refusals.csv")}


@cache
def _origins() -> dict[str, str]:
    return {row["origin"]: row["short_vi"] for row in read_rules("origins.csv")}


def note(key: str, **values: str) -> str:
    """Word a note for an officer, its days written as officers write them."""
    return _notes()[key].format(**{name: written_days(value) for name, value in values.items()})


def refusal(code: str, **values: str) -> str:
    """Word why a claim was not taken in."""
    return _refusals()[code].format(**{name: written_days(value) for name, value in values.items()})


def source_of(origin: str, name: str | None, place: str | None) -> str:
    """Name a source: what kind it is, which one, and where in it."""
    words = (_origins()[origin], name, place)
    return ", ".join(word for word in words if word)


def source_of_edge(edge: Edge) -> str:
    """Name the source of a relation."""
    return source_of(edge.origin, edge.name or edge.evidence, edge.clause)


def written_days(text: str) -> str:
    """Write the days in a text as officers write them."""
    return _DAY.sub(_written, text)


def _written(day: re.Match[str]) -> str:
    """Write a day the way NĐ 30/2020/NĐ-CP wants it: a zero before a day below 10 and a month below 3."""
    year, month, number = (int(part) for part in day.groups())
    zero = "0" if month <= _LAST_MONTH_WITH_ZERO else ""
    return f"{number:02d}/{zero}{month}/{year}"
