"""How nodes of the graph are called where a person reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Citation

__all__ = ["beginning", "citation_label", "instrument_label", "place_name", "provision_label"]

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_WORDS = {"phu_luc": "Phụ lục", "chuong": "Chương", "muc": "Mục", "dieu": "Điều", "khoan": "khoản", "diem": "điểm"}
_PLACE_WORDS = re.compile(r"^(?:tỉnh|thành phố|TP\.?)\s+", re.IGNORECASE)
_LONG = 96
"""Letters of a name made of a text: about two lines, enough to know the text by."""


def instrument_label(*, doc_type: str | None, number: str | None, title: str | None) -> str:
    """Name an instrument by type and number, a law by its name and number.

    Examples
    --------
    >>> instrument_label(doc_type="Luật", number="31/2024/QH15", title="Luật Đất đai")
    'Luật Đất đai số 31/2024/QH15'
    """
    name = title if title and doc_type in _LAWS else doc_type
    if not number:
        return title or name or ""
    return f"{name} số {number}" if name else number


def citation_label(citation: Citation) -> str:
    """Name what a citation names, in its own words where it gives neither number nor name."""
    if citation.number or citation.name:
        return instrument_label(doc_type=citation.doc_type, number=citation.number, title=citation.name)
    return " ".join(citation.text.split())


def provision_label(units: Iterable[tuple[str, str]]) -> str:
    """Name a provision from the smallest unit to the largest (NĐ 78/2025/NĐ-CP, Điều 68).

    Examples
    --------
    >>> provision_label([("dieu", "5"), ("khoan", "2"), ("diem", "a")])
    'điểm a khoản 2 Điều 5'
    """
    return " ".join(f"{_WORDS[unit]} {label}" for unit, label in reversed(list(units)))


def beginning(text: str, *, most: int = _LONG) -> str:
    """Give the first words of a text, and a mark where words are left out.

    Examples
    --------
    >>> beginning("Phê duyệt Kế hoạch cải cách hành chính", most=20)
    'Phê duyệt Kế hoạch…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[:most]
    whole = kept if line[most - 1 : most + 1].strip() != line[most - 1 : most + 1] else kept.rpartition(" ")[0] or kept
    return whole.rstrip(" ,;:.-–") + "…"


def place_name(written: str) -> str:
    """Give the name of a province or city without the word for what it is.

    Examples
    --------
    >>> place_name("Thành phố Hồ Chí Minh"), place_name("Huế")
    ('Hồ Chí Minh', 'Huế')
    """
    return _PLACE_WORDS.sub("", written.strip())
