"""Lists of documents: what their members share, and numbers that the list or an earlier mention completes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.reading import LINK

if TYPE_CHECKING:
    from parcc_nlp.extract.citations.mention import Mention

__all__ = ["complete_bare_numbers", "share_in_lists"]

SYMBOLIC = re.compile(r"[/-][A-ZĐƯ]")
ALWAYS_BARE = frozenset({"Nghị định", "Nghị quyết", "Chỉ thị", "Kết luận"})


def share_in_lists(mentions: list[Mention]) -> None:
    """In "các Nghị định số A, B ngày D của I" give date and issuer to all that they grammatically cover."""
    index = len(mentions) - 1
    while index > 0:
        last = index
        while index > 0 and mentions[index].linked:
            index -= 1
        group = mentions[index : last + 1]
        if len(group) > 1:
            _share(group)
        index -= 1


def _share(group: list[Mention]) -> None:
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    for mention in reversed(group):
        if mention.issued:
            issued = mention.issued
        elif issued and (mention.year is None or issued.startswith(mention.year)):
            mention.issued = issued
        if mention.issuer:
            issuer = mention.issuer
        elif issuer:
            mention.issuer = issuer


def complete_bare_numbers(clean: str, mentions: list[Mention]) -> None:
    """Complete numbers without symbol, from the list they begin or from the same document cited before.

    "các Kết luận số 187, 188-KL/TW" shares its symbol; "Nghị định 45" is the 45/2020/NĐ-CP named earlier. A number that
    stays bare is kept where the kind of document, a date or an issuer makes it a citation all the same.
    """
    full: dict[tuple[str, str], str] = {}
    dropped: set[int] = set()
    for index, mention in enumerate(mentions):
        if mention.number is None or mention.doc_type in ("Tiêu chuẩn", "Quy chuẩn"):
            continue
        kind = mention.doc_type or ""
        digits = re.split(r"[/-]", mention.number)[0].lstrip("0")
        if SYMBOLIC.search(mention.number):
            full[(kind, digits)] = mention.number
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        known = full.get((kind, digits))
        if (
            following
            and following.number
            and not following.has_type
            and LINK.fullmatch(clean, mention.end, following.start)
        ):
            rest = re.sub(r"^\d+[a-z]?", "", following.number)
            mention.number, mention.year, mention.linked = mention.number.split("/")[0] + rest, following.year, False
            following.linked, following.doc_type = True, following.doc_type or mention.doc_type
        elif known and (mention.year is None or f"/{mention.year}/" in known):
            mention.number = known
        elif not (mention.issued or mention.issuer or mention.year) and kind not in ALWAYS_BARE:
            dropped.add(id(mention))
    if dropped:
        mentions[:] = [mention for mention in mentions if id(mention) not in dropped]
