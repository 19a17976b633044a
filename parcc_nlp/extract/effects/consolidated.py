"""What a consolidated text (văn bản hợp nhất) puts together: the instrument and those that amended it.

Its head names them, each with the day it took effect: "Luật Quy hoạch số 21/2017/QH14 ..., có hiệu lực kể từ ngày 01
tháng 01 năm 2019, được sửa đổi, bổ sung bởi: 1. Luật số 15/2023/QH15 ...". The text itself repeats what others enacted
and does nothing to anybody (Pháp lệnh 01/2012/UBTVQH13, Điều 4).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.objects import between
from parcc_nlp.model import Effect
from parcc_nlp.text.dates import date_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.extract.effects.targets import Named

__all__ = ["consolidated"]

HEAD_ENDS = re.compile(
    r"\n\s*(?:Căn cứ|Chương\s+[I1]\b|CHƯƠNG\s+[I1]\b|Điều\s+1\b|Phần\s+thứ|PHẦN\s+THỨ)"
    r"|\sCăn cứ (?:vào )?(?:Hiến|Luật|Nghị|Pháp)"
)
LONGEST_HEAD = 12_000
REACH = 600
AMENDED_BY = re.compile(r"được\s+sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số\s+điều)?\s+(?:bởi|theo)")
ITEM = re.compile(r"(?:^|\n)\s*(?:\d{1,2}\s*[.)]|[-–])\s*$")
TAKES_EFFECT = re.compile(r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+(?=ngày\s)")


def consolidated(text: str, named: Sequence[Named]) -> Iterator[Effect]:
    """Give the instrument consolidated first, then those that amended it, each with its own day of taking effect.

    Parameters
    ----------
    text
        The clean text of a document of the type "Văn bản hợp nhất".
    named
        The documents it names, in order; offsets of the clean text, which the results have, too.
    """
    ends = HEAD_ENDS.search(text, 0, LONGEST_HEAD)
    head = between(named, 0, ends.start() if ends else 0)
    if not head:
        return
    numbered = (one for one in head if one.citation.number and one.citation.doc_type != "Văn bản hợp nhất")
    base = next((one for one in numbered if TAKES_EFFECT.search(text, one.end, one.end + REACH)), None)
    if base is None:
        return
    stop = ends.start() if ends else base.end
    since = AMENDED_BY.search(text, base.end, stop)
    yield _consolidates(text, base, since.start() if since else stop)
    if since is None:
        return
    behind = [one for one in head if one.start >= since.end()]
    listed = [one for one in behind if ITEM.search(text, max(since.end(), one.start - 12), one.start)]
    for one in listed or behind[:1]:
        line = text.find("\n", one.end)
        yield _consolidates(text, one, min(line if line >= 0 else stop, stop))


def _consolidates(text: str, one: Named, stop: int) -> Effect:
    match = TAKES_EFFECT.search(text, one.end, stop)
    date = date_at(text, match.end()) if match else None
    citation = one.citation
    return Effect(
        relation="consolidates",
        target=citation.number or citation.name or "",
        parts=(),
        effective=date.iso if date and date.valid and date.kind == "day" else None,
        start=one.start,
        end=max(one.end, stop if stop - one.start < 400 else one.end),  # noqa: PLR2004 - a line, not the whole head
        text="",
        doc_type=citation.doc_type,
        issued=citation.issued,
        issuer=citation.issuer,
    )
