"""Which of the documents named in a clause it acts on, and which only stand in the title or the history of one.

"Luật Viễn thông số 41/2009/QH12 đã được sửa đổi, bổ sung một số điều theo Luật số 21/2017/QH14 và Luật số 23/2018/QH14
hết hiệu lực" ends one law, not three. A document is acted on when it comes first, or when it is coordinated with one
that is; what follows "được sửa đổi ... theo", "quy định chi tiết", "của" behind a document belongs to that document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.model import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.extract.effects.clauses import Masked
    from parcc_nlp.extract.effects.provisions import Provisions

__all__ = ["Named", "acted_on"]

# What stands between two coordinated documents, perhaps with provisions or a generic noun before the second.
COORDINATE = re.compile(
    r"(?:[,;.\n]|(?<!\w)(?:và|hoặc|cùng|cùng\s+với)(?!\w))\s*"
    r"(?:[-–+•*]\s*|\d{1,3}[.)]\s*|[a-zđ]\d?[.)]\s*)?"
    r"(?:các\s+|cả\s+|của\s+|tại\s+|trong\s+|toàn\s+bộ\s+|một\s+phần\s+)*[“\"(]?\s*$"
)
GENERIC_HEAD = re.compile(
    r"(?:[,;.\n]|(?<!\w)(?:và|hoặc)(?!\w))\s*(?:[-–+•*]\s*|\d{1,3}[.)]\s*|[a-zđ]\d?[.)]\s*)?(?:các\s+|những\s+|toàn\s+bộ\s+)?"
    r"(?:quy\s+định|nội\s+dung|danh\s+mục|quy\s+chế|quy\s+trình|điều\s+lệ|mức|bảng\s+giá|một\s+số\s+quy\s+định)\s[^;.\n]{0,240}?"
    r"(?:của|tại|trong|kèm\s+theo|theo)\s+(?:các\s+)?$"
)
PROVISION_LINK = re.compile(
    r"[\s,;:.\n]*(?:(?:và|hoặc|của|tại|thuộc|trong|trên|các|ban\s+hành|kèm\s+theo|được|quy\s+định|toàn\s+bộ|phụ\s+lục|mẫu|danh\s+mục)\s*[,;]?\s*)*$"
)
PLURAL_TITLE = re.compile(r"(?:của|tại|theo)\s+các\s+(?:luật|nghị\s+định|thông\s+tư|quyết\s+định|nghị\s+quyết)\s+$")
ITEM = re.compile(r"[;.]|\n")


@dataclass(frozen=True, slots=True)
class Named:
    """A document as the text names it: its place in the clean text, and the citation."""

    start: int
    end: int
    citation: Citation


def acted_on(masked: Masked, start: int, named: Sequence[Named], provisions: Sequence[Provisions]) -> list[Named]:
    """Choose the documents that the clause is about.

    Parameters
    ----------
    masked
        The text.
    start
        Where the object (or the subject of "hết hiệu lực") begins.
    named
        The documents named from there on, in order.
    provisions
        The provision phrases from there on, in order.
    """
    outer: list[Named] = []
    history = False  # inside "được sửa đổi, bổ sung theo A, B và C"
    plural = False
    partly = bool(named) and any(phrase.end <= named[0].start for phrase in provisions)
    last_end = start
    for one in named:
        gap = masked.low[last_end : one.start]
        if not outer:
            outer.append(one)
            last_end = one.end
            continue
        own = _own_provision(masked, last_end, one.start, provisions)
        head = masked.low[last_end:own] if own is not None else gap
        coordinated = bool(COORDINATE.search(head)) or bool(GENERIC_HEAD.search(gap))
        opens_history = lexicon().amended_by.search(gap) is not None
        if opens_history:
            history = True
        elif history:
            if coordinated and _leaves_history(one, own, gap, partly=partly):
                outer.append(one)
                history = False
        elif coordinated and (
            last_end == outer[-1].end
            or _leaves_title(outer[-1], one, own, plural=plural, partly=partly, item=bool(ITEM.search(gap)))
        ):
            outer.append(one)
            plural = False
        if not coordinated:
            plural = bool(PLURAL_TITLE.search(gap))
        last_end = one.end
    return outer


def _own_provision(masked: Masked, after: int, before: int, provisions: Sequence[Provisions]) -> int | None:
    """Give where the provisions begin that a document has right before its name ("Điều 29 của Luật số ...")."""
    inside = [phrase for phrase in provisions if after <= phrase.start and phrase.end <= before]
    begins: int | None = None
    edge = before
    for phrase in reversed(inside):
        if not PROVISION_LINK.fullmatch(masked.low, phrase.end, edge):
            break
        begins = edge = phrase.start
    return begins


def _leaves_history(one: Named, own: int | None, gap: str, *, partly: bool) -> bool:
    """Say whether a document behind a list of amending ones is acted on itself.

    It is when it has provisions of its own, opens an item, or is a law with its name among laws given by number only;
    in a list of provisions only the first.
    """
    return own is not None or (not partly and (bool(ITEM.search(gap)) or _is_named_law(one)))


def _is_named_law(one: Named) -> bool:
    return bool(one.citation.name and one.citation.number)


def _leaves_title(  # noqa: PLR0913 - what tells a list from a title
    outer: Named, one: Named, own: int | None, *, plural: bool, partly: bool, item: bool
) -> bool:
    """Say whether a coordinated document behind a title goes on with the list, not with that title.

    "Thông tư A hướng dẫn Nghị định B và Nghị định C": C belongs to the title, for the list is one of circulars. Where
    the list names provisions ("Điều 1 của Nghị định A sửa đổi Nghị định B; Nghị định C") each item has its own.
    """
    if own is not None:
        return True
    if partly:
        return False
    if item:
        return True
    if plural:
        return False
    mine, theirs = one.citation.doc_type, outer.citation.doc_type
    return mine is None or theirs is None or mine == theirs or {mine, theirs} <= {"Luật", "Bộ luật", "Pháp lệnh"}
