"""From when each provision of the document has effect, where its closing article tells them apart.

"1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026, trừ trường hợp quy định tại khoản 2 Điều này. 2. Các
điều 12, 13 và khoản 4 Điều 28 của Luật này có hiệu lực từ ngày 01 tháng 7 năm 2026": what Điều 28 khoản 4 amends is
amended from July only (Luật 64/2025/QH15, Điều 53).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.provisions import find_provisions
from parcc_nlp.extract.effects.clauses import sentences
from parcc_nlp.extract.effects.objects import between
from parcc_nlp.model import Pinpoint
from parcc_nlp.text.dates import date_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.extract.effects.clauses import Clause, Masked
    from parcc_nlp.extract.effects.targets import Named

__all__ = ["Commencement", "day_at", "day_of", "find_commencements"]

TAKES_EFFECT = re.compile(r"(?<!\w)có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*,?\s*(?:kể\s+)?(?:từ\s+)?(?=ngày\s)")
EXCEPT = re.compile(r"(?<!\w)trừ\s")
FROM = re.compile(r"\s*,?\s*(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+(?=ngày\s)")
FROM_SIGNING = re.compile(
    r"\s*,?\s*(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+ngày\s+(?:[^.;,\n]{0,30}\s)?(?:được\s+)?(?:ký|thông\s+qua|ban\s+hành)(?!\w)"
)
SIGNING = re.compile(r"ngày\s+(?:[^.;,\n]{0,30}\s)?(?:được\s+)?(?:ký(?:\s+ban\s+hành)?|thông\s+qua|ban\s+hành)(?!\w)")
LIST_FOLLOWS = re.compile(r"(?:sau\s+đây|sau)\s*(?:của\s[^.:\n]{0,40})?$")
UNITS = ("chuong", "muc", "dieu", "khoan", "diem", "phu_luc")


@dataclass(frozen=True, slots=True)
class Commencement:
    """A provision of this document, and the day it takes effect."""

    place: Pinpoint
    day: str | None
    """None where it counts from a day the document does not give ("kể từ ngày ký" in a text without date)."""


def find_commencements(
    masked: Masked, clauses: Sequence[Clause], named: Sequence[Named], *, issued: str | None
) -> tuple[Commencement, ...]:
    """List the provisions that take effect on a day of their own.

    Parameters
    ----------
    masked
        The text.
    clauses
        The document's operative clauses.
    named
        The documents it names: the day on which another one takes effect is not meant.
    issued
        Its date, for "kể từ ngày ký".
    """
    found: list[Commencement] = []
    listed: dict[int, str | None] = {}
    for number, clause in enumerate(clauses):
        if clause.parent in listed:
            found.extend(_days(masked, clause, clause.start, clause.end, listed[clause.parent]))
        if "có hiệu lực" not in masked.low[clause.start : clause.end]:
            continue
        for start, end in sentences(masked, clause.start, clause.end):
            begin = start
            for match in TAKES_EFFECT.finditer(masked.low, start, end):
                date = date_at(masked.text, match.end())
                signing = SIGNING.match(masked.low, match.end())
                if signing is None and (date is None or date.kind != "day" or not date.valid):
                    continue
                day = date.iso if date and not signing else issued
                behind = signing.end() if signing else date.end if date else end
                subject = _subject(masked, begin, match.start())
                begin = behind
                if between(named, subject, match.start()):
                    continue
                found.extend(_days(masked, clause, subject, match.start(), day))
                if LIST_FOLLOWS.search(masked.low, subject, match.start()) and masked.low[behind:end].strip() in {
                    "",
                    ":",
                }:
                    listed[number] = day
    return tuple(dict.fromkeys(found))


def _subject(masked: Masked, start: int, end: int) -> int:
    """Give where the subject of "có hiệu lực" begins: behind "trừ" in "..., trừ Điều 5 có hiệu lực từ ngày"."""
    exception = EXCEPT.search(masked.low, start, end)
    return exception.end() if exception else start


def _days(masked: Masked, clause: Clause, start: int, end: int, day: str | None) -> list[Commencement]:
    return [
        Commencement(_resolved(point, clause), day)
        for phrase in find_provisions(masked.text[start:end], masked.low[start:end])
        for point in phrase.pinpoints
    ]


def _resolved(point: Pinpoint, clause: Clause) -> Pinpoint:
    """Give "khoản 2 Điều này" its article."""
    if point.dieu or point.chuong or point.muc or point.phu_luc:
        return point
    return Pinpoint(dieu=clause.place.dieu, khoan=point.khoan, diem=point.diem)


def day_of(place: Pinpoint, commencements: Sequence[Commencement], *, default: str | None) -> str | None:
    """Give the day from which a provision of the document has effect.

    Examples
    --------
    >>> later = Commencement(Pinpoint(dieu="2"), "2026-07-01")
    >>> day_of(Pinpoint(dieu="2", khoan="1"), [later], default="2026-01-01")
    '2026-07-01'
    """
    best, depth = default, 0
    for one in commencements:
        stated = [(unit, getattr(one.place, unit)) for unit in UNITS if getattr(one.place, unit)]
        if len(stated) > depth and all(getattr(place, unit) == label for unit, label in stated):
            best, depth = one.day, len(stated)
    return best


def day_at(masked: Masked, at: int, *, issued: str | None, default: str | None) -> str | None:
    """Read the day behind a predicate ("... hết hiệu lực kể từ ngày 01 tháng 01 năm 2027").

    Parameters
    ----------
    masked, at
        The text, and where the predicate ends.
    issued
        Date of the document, for "kể từ ngày được thông qua".
    default
        The day on which the clause takes effect, for "kể từ ngày Luật này có hiệu lực" and where no day is given.
    """
    if FROM_SIGNING.match(masked.low, at):
        return issued or default
    match = FROM.match(masked.low, at)
    date = date_at(masked.text, match.end()) if match else None
    return date.iso if date and date.kind == "day" and date.valid else default
