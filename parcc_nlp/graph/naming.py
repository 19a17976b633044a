"""How nodes of the graph are called where a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Citation

__all__ = ["citation_label", "instrument_label", "provision_label"]

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_WORDS = {"phu_luc": "Phụ lục", "chuong": "Chương", "muc": "Mục", "dieu": "Điều", "khoan": "khoản", "diem": "điểm"}


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
