"""VB404: the number, date or title that an attached document gives its decision, against the decision itself.

A place left blank for number or date ("số …/QĐ-UBND ngày … tháng … năm 2025") is filled in at signing and says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.identity import implied_type, number_key, number_parts
from parcc_nlp.review.naming import day
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, DocumentPart, Metadata
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind

__all__ = ["vb404"]

_ISSUED_WITH = re.compile(r"[(\[][^()\[\]\n]{0,160}?èm\s+theo\s+$")
_REACH = 200
_CAPTION_YEAR = re.compile(r"(?<=[A-Za-zĐ])-(?:19|20)\d\d$")
"""A year that a portal puts behind the symbol ("768/QĐ-TTg-2025")."""
_WHOLE_DAY = len("2023-12-22")
_YEARS = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    {"ban", "hành", "phê", "duyệt", "công", "bố", "thông", "qua", "về", "việc", "của", "trên", "địa", "bàn", "tỉnh"}
    | {"thành", "phố", "và", "các", "năm", "giai", "đoạn", "quy", "định"}
)
"""Words that say nothing of what a document is about."""
_LEAST_SHARED = 0.34
_FEWEST_WORDS = 4
_HEADING_LINES = 6


class _Own(NamedTuple):
    """What the document says of itself, as far as a heading can be compared with it."""

    number: str
    doc_type: str
    issued: str | None


class _Difference(NamedTuple):
    """What a heading says otherwise than the document: its number or its date."""

    key: str
    own: str
    written: str
    kind: Kind = "fail"


@rule("VB404")
def vb404(context: RuleContext) -> Iterator[Flag]:
    """Flag the heading of an attached document or annex that names another number, date or title."""
    metadata = context.extraction.metadata
    if metadata.number and metadata.doc_type:
        own = _Own(_CAPTION_YEAR.sub("", metadata.number), metadata.doc_type, metadata.issued)
        headings, cited = [], set[str]()
        for citation in context.extraction.citations:
            if _is_heading(citation, context):
                headings.append(citation)
            elif citation.number and not citation.internal:
                cited.add(number_key(citation.number))
        yield from _flags(headings, own, cited)
    yield from _titles(context)


def _flags(headings: list[Citation], own: _Own, cited: set[str]) -> Iterator[Flag]:
    """Flag what headings say otherwise, the same said in several of them once."""
    found: dict[_Difference, list[Citation]] = {}
    for citation in headings:
        difference = _compared(citation, own, cited)
        if difference is not None:
            found.setdefault(difference, []).append(citation)
    for difference, (first, *others) in found.items():
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(difference.key, own=difference.own, written=difference.written),
            subject=f"{difference.key} {difference.written}",
            kind=difference.kind,
            suggestion=phrase("suggestion", own=difference.own),
            related=tuple(Place(citation.start, citation.end) for citation in others),
        )


def _is_heading(citation: Citation, context: RuleContext) -> bool:
    """Say whether a mention is in a heading "(Ban hành kèm theo Quyết định số ...)"."""
    number = citation.number
    if citation.internal or not number or not number[0].isdigit():
        return False
    text = context.extraction.text
    return _ISSUED_WITH.search(text[max(0, citation.start - _REACH) : citation.start]) is not None


def _compared(citation: Citation, own: _Own, cited: set[str]) -> _Difference | None:
    """Compare a heading with the document's own number and date.

    A heading may belong to another document of which a form was taken: it is the document's own where type and serial
    number, or type, symbol and date, are the document's.
    """
    number = citation.number or ""
    if (citation.doc_type or implied_type(number)) != own.doc_type:
        return None
    mine, theirs = number_parts(own.number), number_parts(number)
    same_serial = mine.serial.lstrip("0") == theirs.serial.lstrip("0") and mine.year == theirs.year
    same_symbol = number_key(mine.symbol) == number_key(theirs.symbol)
    written, signed = _whole_day(citation.issued), _whole_day(own.issued)
    if same_serial and same_symbol:
        differ = bool(written and signed and written != signed)
        return _Difference("date", day(signed or ""), day(written or "")) if differ else None
    if same_serial or (same_symbol and written and written == signed and number_key(number) not in cited):
        return _Difference("number", own.number, number)
    undated = same_symbol and not written and mine.year is not None and mine.year == theirs.year
    if undated and number_key(number) not in cited:
        return _Difference("number", own.number, number, kind="review")
    return None


def _whole_day(issued: str | None) -> str | None:
    return issued if issued and len(issued) == _WHOLE_DAY else None


def _titles(context: RuleContext) -> Iterator[Flag]:
    """Compare the title of the first attached document with that of the decision that issues it."""
    metadata = context.extraction.metadata
    part = next((part for part in context.extraction.parts if part.kind == "attached"), None)
    title, kind, attached = metadata.title, metadata.attached_type, metadata.attached_title
    if part is None or not (title and kind and attached) or not _opens_with(context, part, kind):
        return
    at = title.lower().find(kind.lower())
    if at < 0:
        return
    named = title[at + len(kind) :]
    mine, theirs = set(_YEARS.findall(named)), set(_YEARS.findall(attached))
    differ = bool(mine and theirs and not mine & theirs)
    if not differ and not _are_two_titles(named, attached, metadata):
        return
    start, end = _heading(context, part)
    yield Flag(
        start=start,
        end=end,
        message=phrase("title", own=f"{title[at : at + len(kind)]}{named}", written=f"{kind} {attached}"),
        subject=f"title {attached}",
        kind="fail" if differ else "review",
        suggestion=phrase("suggestion_title"),
        related=_title_place(context, title),
    )


def _opens_with(context: RuleContext, part: DocumentPart, kind: str) -> bool:
    opening = context.extraction.text[part.start : part.start + len(kind) + 4]
    return " ".join(opening.split()).lower().startswith(kind.lower())


def _are_two_titles(one: str, other: str, metadata: Metadata) -> bool:
    """Say whether two titles have hardly a word in common, abbreviations and the names of the place left out."""
    aside = _COMMON | set(_WORD.findall((metadata.issuer or "").lower()))
    mine, theirs = (set(_WORD.findall(title.lower())) - aside for title in (one, other))
    fewest = min(len(mine), len(theirs))
    return fewest >= _FEWEST_WORDS and len(mine & theirs) < _LEAST_SHARED * fewest


def _heading(context: RuleContext, part: DocumentPart) -> tuple[int, int]:
    """Give the place of an attached document's type and title: its first lines, up to the bracket under them."""
    start = part.start
    end = context.places.line_span(start)[1]
    for _ in range(_HEADING_LINES):
        following = context.places.line_span(min(end + 1, part.end))
        line = context.extraction.text[slice(*following)].strip()
        if following[0] <= end or not line or line.startswith(("(", "[")) or line.upper() != line:
            break
        end = following[1]
    return start, end


def _title_place(context: RuleContext, title: str) -> tuple[Place, ...]:
    """Give the place of the decision's own title, where it stands on one line."""
    at = context.extraction.text.find(title)
    return (Place(at, at + len(title)),) if at >= 0 else ()
