"""Numbers and symbols of documents: ``63/2010/NĐ-CP``, ``39-NQ/TW``, ``8935/BNV-CTTN&BĐG``.

Grammar of NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 3, with the older and the Party forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.lexicon import type_by_code
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Symbol", "find_symbols"]

# The number, perhaps the year, then codes in capitals. Before it stands no part of a word, number or path.
SYMBOL = re.compile(
    r"(\d{1,3}\.\d{1,2}(?=/20\d\d/)|\d{1,6}[A-Za-zđ]?)(?:/((?:19|20)\d\d))?[/-]"
    r"([A-ZĐƯ][A-Za-zĐđƯư0-9]*(?:[/&-][A-ZĐƯ0-9][A-Za-zĐđƯư0-9]*|\.[A-ZĐƯ]{2,6}(?!\w))*)(?!\w)"
)
# Looked at apart: a lookbehind at the head of the pattern would make the scan several times slower.
NOT_BEFORE = re.compile(r"(?:[\w/-]|\d[.,])$")
PARTS = re.compile(r"[/&.-]")
ASSEMBLY = re.compile(r"(?:UBTV)?QH\d{1,2}|UBTVQH")
# Organ codes that stand alone behind a number, in symbols of the years before 1997.
OLD_ORGANS = frozenset({"CP", "TTG", "HĐBT", "CTN", "SL", "HĐCP", "HĐNN7", "HĐNN8", "UBTVQH"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number with its symbol as it stands in the clean text."""

    start: int
    end: int
    number: str
    """Canonical: no spaces, Đ restored, TƯ written TW."""
    year: str | None
    code_type: str | None
    """The kind of document that the first code of the symbol stands for."""
    strong: bool
    """Whether the symbol is one of a document even when no word before it says so."""
    capitals: bool
    """Whether it is at least shaped like one: organ codes in capitals."""


def find_symbols(clean: str) -> Iterator[Symbol]:
    """Every stretch of clean text that is shaped like a number with a symbol, in order."""
    codes = type_by_code()
    for match in SYMBOL.finditer(clean):
        if NOT_BEFORE.search(clean, max(0, match.start() - 2), match.start()):
            continue
        organ = match[3]
        parts = [part for part in PARTS.split(canonical_number(organ).upper()) if part]
        assembly = any(ASSEMBLY.fullmatch(part) for part in parts)
        code_type = codes.get(parts[0])
        if code_type is None and len(parts) > 1 and parts[0] in OLD_ORGANS:
            code_type = codes.get(parts[1])
        several = len(parts) > 1 or match[2] is not None
        letters = sum(letter.isupper() for letter in organ)
        lower = sum(letter.islower() for letter in organ)
        yield Symbol(
            start=match.start(),
            end=match.end(),
            number=canonical_number(match[0]),
            year=match[2],
            code_type=None if assembly and code_type is None else code_type,
            strong=assembly or (code_type is not None and several and letters >= 2),  # noqa: PLR2004 - two capitals
            capitals=letters >= 2 and lower <= letters,  # noqa: PLR2004
        )
