"""The canonical form of a document's number and symbol, one for reading, for the registry and for the review.

As the contract wants it (docs/OUTPUT.md): no inner spaces, hyphen-minus, capital "Đ" restored, "TƯ" written "TW",
leading zeros kept. Digits are never touched, and a malformed symbol stays malformed: correcting it is a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["LOOKALIKES", "canonical_number"]

LOOKALIKES = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "_": "-"}
)
_GAP = re.compile(r"\s*([-/&])\s*")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_SPACES = re.compile(r"\s+")
# Codes typed without the stroke of Đ, where the whole part is the code; DA is dự án (NĐ 30/2020, Phụ lục III), no slip.
_STROKE = {"ND": "NĐ", "QD": "QĐ", "CD": "CĐ", "HDND": "HĐND", "HDBT": "HĐBT", "BGDDT": "BGDĐT"}


@lru_cache(maxsize=8192)  # a number is asked for again by every rule that looks at its citation
def canonical_number(printed: str) -> str:
    """Write a number and symbol in canonical form.

    A year in brackets after the number ("27-NQ/TW (2022)") is no part of it and is dropped.

    Examples
    --------
    >>> canonical_number("03/CT- UBND"), canonical_number("270/QD-TTg"), canonical_number("27-NQ/TƯ (2022)")
    ('03/CT-UBND', '270/QĐ-TTg', '27-NQ/TW')
    """
    text = _GAP.sub(r"\1", _SPACES.sub(" ", unicodedata.normalize("NFC", printed).translate(LOOKALIKES)).strip())
    text = _REMARK.sub("", text).rstrip("\"'.,;: ")
    if text == text.lower():
        text = text.upper()
    parts = re.split(r"([-/&.])", text.replace("TƯ", "TW"))
    return "".join(_STROKE.get(part, part) for part in parts)
