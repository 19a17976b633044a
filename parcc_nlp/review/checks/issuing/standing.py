"""Where a document and what it rests on stand in the order of legal force (Luật 64/2025/QH15, Điều 4)."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

__all__ = ["LocalLevel", "Standing", "level_of", "standing"]

LocalLevel = Literal["province", "district", "commune"]

_LOCAL = frozenset({"council", "committee", "chairman"})
_DISTRICT = re.compile(r"(?:^|\s)(?:huyện|quận|thị xã|cấp huyện)(?:\s|$)", re.IGNORECASE)
_COMMUNE = re.compile(r"(?:^|\s)(?:xã|phường|đặc khu|thị trấn|cấp xã)(?:\s|$)", re.IGNORECASE)
_PROVINCE = re.compile(
    r"(?:^|\s)(?:tỉnh|thủ đô|(?:thành phố|tp\.?)\s*(?:hà nội|hồ chí minh|hải phòng|đà nẵng|cần thơ))(?:[\s,;.]|$)",
    re.IGNORECASE,
)
_HUE = re.compile(r"(?:^|\s)(?:thành phố|tp\.?)\s*huế(?:[\s,;.]|$)", re.IGNORECASE)
_HUE_PROVINCE_SINCE = "2025-01-01"
"""Nghị quyết 175/2024/QH15; before, the city was one of Thừa Thiên Huế's districts."""


class Standing(NamedTuple):
    """A rank, the lower the higher in force, and the sort of document that has it."""

    sort: str
    rank: int

    @property
    def local(self) -> bool:
        """Whether a body of local government issues documents of this sort."""
        return self.sort in _LOCAL


class _Row(NamedTuple):
    """A row of ``ranks.csv``."""

    standing: Standing
    types: frozenset[str]
    symbol: re.Pattern[str] | None


def standing(number: str | None, doc_type: str | None) -> Standing | None:
    """Tell the rank of a normative document by its symbol or its type; None where they do not tell.

    Examples
    --------
    >>> standing("12/2025/QĐ-UBND", "Quyết định").rank, standing("468/QĐ-TTg", "Quyết định")
    (11, None)
    """
    squeezed = "".join((number or "").split())
    for row in _rows():
        if row.symbol is not None and squeezed and row.symbol.search(squeezed):
            return row.standing
        if doc_type in row.types:
            return row.standing
    return None


def level_of(issuer: str | None, *, signed: str) -> LocalLevel | None:
    """Tell the level of a local body by its name; a city may be of any, so that alone it tells nothing.

    `signed` is the day of which the name is: Huế was a city of a province before it became one of the State.

    Examples
    --------
    >>> level_of("UBND tỉnh Lâm Đồng", signed="2025-11-10"), level_of("UBND thành phố", signed="2025-11-10")
    ('province', None)
    >>> level_of("UBND thành phố Huế", signed="2024-11-10"), level_of("UBND thành phố Huế", signed="2025-11-10")
    ('district', 'province')
    """
    if not issuer:
        return None
    name = issuer.replace("\n", " ")
    if _COMMUNE.search(name):
        return "commune"
    if _DISTRICT.search(name):
        return "district"
    if _HUE.search(name):
        return "province" if signed >= _HUE_PROVINCE_SINCE else "district"
    return "province" if _PROVINCE.search(name) else None


@cache
def _rows() -> tuple[_Row, ...]:
    text = (files("parcc_nlp.review.checks.issuing") / "ranks.csv").read_text(encoding="utf-8")
    return tuple(
        _Row(
            Standing(row["sort"], int(row["rank"])),
            frozenset(filter(None, row["types"].split("|"))),
            re.compile(row["symbol"]) if row["symbol"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )
