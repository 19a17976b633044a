"""Which provisions of the target a clause touches: "điểm a, c khoản 1 Điều 3", "Mẫu số 05", "tên Mục 4 Chương II"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.provisions import find_provisions
from parcc_nlp.extract.data_files import alternatives
from parcc_nlp.extract.effects.lexicon import lists
from parcc_nlp.model import Pinpoint

if TYPE_CHECKING:
    from parcc_nlp.extract.effects.clauses import Masked

__all__ = ["Provisions", "complete", "find_touched"]

FORM_LABEL = r"\d{1,3}[a-zđ]{0,2}(?:[.\-/][a-zđ0-9]{1,12})*|[ivx]{1,5}\b|[a-zđ]\b"
FORMS = re.compile(
    rf"(?<!\w)(?:các\s+)?mẫu\s+(?:biểu\s+)?(?:số\s+)?(?P<labels>(?:{FORM_LABEL})"
    rf"(?:\s*(?:,|và|;|đến)\s*(?:mẫu\s+)?(?:số\s+)?(?:{FORM_LABEL}))*)(?!\w)"
)
ONE_FORM = re.compile(rf"(?:mẫu\s+)?(?:số\s+)?(?P<label>{FORM_LABEL})")
OWN_TYPES = (
    r"(?:bộ\s+luật|luật|pháp\s+lệnh|nghị\s+quyết|nghị\s+định|quyết\s+định|thông\s+tư(?:\s+liên\s+tịch)?|quy\s+chế"
    r"|quy\s+định|điều|khoản|điểm|phụ\s+lục)"
)
# "Phụ lục I ban hành kèm theo Thông tư này": a provision of this document, not of the target.
OF_THIS = re.compile(
    rf"\s*,?\s*(?:(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo|của|tại|thuộc|trong)?\s*{OWN_TYPES}\s+này(?!\w)"
)
INSIDE = re.compile(rf"(?<!\w)(?:{alternatives(lists('inside'))})(?!\w)")
DIRECTLY_INSIDE = re.compile(rf"\s+{INSIDE.pattern}")
UNNUMBERED_ANNEX = re.compile(r"\s+(?:của\s+|tại\s+)?phụ\s+lục(?!\s+(?:số\s+)?(?:\d|[ivxlc]+\b|[a-zđ]\b))")
BETWEEN_VERBS = re.compile(
    r"[\s,;]*(?:và\s+)?(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|bỏ|,|;|và|\s|các|tên|tại|cụm\s+từ|từ|\x1a|nội\s+dung)*\s*"
)
SUB_LABEL = re.compile(r"(?<=[a-zđ0-9])\s?\((?:[ivx]{1,4}|\d{1,2})\)(?=[\s,;])")
"""The number of an item below a điểm ("điểm c (iii) khoản 1"): the point is named."""
RANKS = ("diem", "khoan", "dieu", "muc", "chuong", "phu_luc")


@dataclass(frozen=True, slots=True)
class Provisions:
    """A run of provision words with the provisions it names; offsets in the clean text."""

    start: int
    end: int
    pinpoints: tuple[Pinpoint, ...]


def find_touched(masked: Masked, start: int, end: int) -> list[Provisions]:
    """List the provision phrases of a stretch, in order; those of this document itself left out.

    Forms count as annexes, as the gold has them: "Mẫu số 05" is ``phu_luc="mẫu số 05"``.
    """
    text, low = (SUB_LABEL.sub(_blank, words[start:end]) for words in (masked.text, masked.low))
    found = [
        Provisions(start + phrase.start, start + phrase.end, phrase.pinpoints)
        for phrase in find_provisions(text, low)
        if not OF_THIS.match(low, phrase.end)
    ]
    if "mẫu" in low:
        found.extend(_forms(low, start))
        found.sort(key=_start)
    return _without_inner(low, start, found)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _start(phrase: Provisions) -> int:
    return phrase.start


def _forms(low: str, start: int) -> list[Provisions]:
    forms = []
    for match in FORMS.finditer(low):
        if OF_THIS.match(low, match.end()):
            continue
        labels = [one["label"] for one in ONE_FORM.finditer(match["labels"])]
        named = tuple(Pinpoint(phu_luc=f"mẫu số {label.upper()}") for label in labels)
        forms.append(Provisions(start + match.start(), start + match.end(), named))
    return forms


def _without_inner(low: str, start: int, found: list[Provisions]) -> list[Provisions]:
    """Leave out places in a thing that numbers anew ("mục 1 Bản mô tả ... tại Phụ lục VI"): the annex is named.

    "Mục II Phụ lục", an annex without number, says no more than that either.
    """
    kept = []
    for number, phrase in enumerate(found):
        if not any(point.dieu or point.phu_luc or point.chuong for point in phrase.pinpoints):
            if DIRECTLY_INSIDE.match(low, phrase.end - start):
                continue
            annex = next(
                (later for later in found[number + 1 :] if any(point.phu_luc for point in later.pinpoints)), None
            )
            if annex and INSIDE.search(low, phrase.end - start, annex.start - start):
                continue
            if UNNUMBERED_ANNEX.match(low, phrase.end - start) and all(point.muc for point in phrase.pinpoints):
                continue
        kept.append(phrase)
    return kept


def complete(point: Pinpoint, larger: Pinpoint | None) -> Pinpoint:
    """Give a provision the larger units it does not name itself.

    Examples
    --------
    >>> complete(Pinpoint(khoan="12"), Pinpoint(dieu="31"))
    Pinpoint(dieu='31', khoan='12', diem=None, chuong=None, muc=None, phu_luc=None)
    >>> complete(Pinpoint(dieu="5"), Pinpoint(dieu="31")).dieu
    '5'
    """
    if larger is None or point.dieu or point.phu_luc or point.chuong:
        return point
    coarsest = max((number for number, unit in enumerate(RANKS) if getattr(point, unit)), default=-1)
    missing = {unit: getattr(larger, unit) for unit in RANKS[coarsest + 1 :] if getattr(larger, unit)}
    return replace(point, **missing) if missing else point
