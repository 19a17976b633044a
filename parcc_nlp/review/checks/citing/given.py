"""Which elements of an instrument a mention gives: in its own words, before it, or behind it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.citing.layout import LAWS
from parcc_nlp.review.checks.citing.word_lists import either, words

if TYPE_CHECKING:
    from parcc_nlp.model import Citation
    from parcc_nlp.review.checks.citing.requirements import Element

__all__ = ["Before", "clause_before", "given_by", "goes_on", "opens_title"]

_WHOLE_DAY = len("2023-12-22")
_CLAUSE_REACH = 300
_ISSUER_REACH = 140
_PROVISION_REACH = 130
_LIST_REACH = 2500
_AHEAD = 160
_EVERY: frozenset[Element] = frozenset({"name", "number", "year", "date", "issuer", "title"})

_YEAR_IN_NUMBER = re.compile(r"/(?:19|20)\d\d/")
_DATE_AHEAD = re.compile(
    r"\s*[,(]?\s*(?:năm\s+)?(?:ngày\b|\d{1,2}\s+tháng\s|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})", re.IGNORECASE
)
_DATE_BEFORE = re.compile(r"\b[Nn]gày\s+\d")
_ISSUER_AHEAD = re.compile(
    r"\s*(?:(?:ngày\b|\d{1,2}\s+tháng\s)[^;,.\n]{0,45}?\s)?(?:\d{4}\s*)?,?\s*"
    r"(?:\(?(?:của|do)\s+(?:của\s+)?(?=(\w))|(?=(Hội nghị)))"
)
_OF_WHOM = re.compile(r"\b(?:của|do)\s+(?=(\w))")
_LIST_HEAD = re.compile(r"\b(?:của|do)\s+(\w)[^;\n:]{0,80}:")
_LABEL = r"(?:\d+[a-zđ]?\d?|[ivx]+|[a-zđ]\d?)\b"
_PROVISIONS = re.compile(
    r"\b(?:(?:điểm|khoản|điều|mục|chương|phụ lục|tiểu mục|phần|tiết|mẫu số)\s+"
    rf"{_LABEL}(?:\s*(?:,|và)\s*{_LABEL})*(?:\s*,|\s+và)?\s*(?:của\s+)?)+$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"\s*(?:\[\d+\]|\(\d+\)|\((?:cũ|trước đây|sau đây [^()\n]{0,120}|gọi tắt [^()\n]{0,120}|nay là [^()\n]{0,80})\))"
)
_UNKNOWN_REST = re.compile(r"[\w/-]|\s[A-ZĐ]{2,8}\s|\s*số\s*[….:_]|\s?\[\d+\]")
"""A symbol broken in two, one still to be filled in, or a footnote: how the citation goes on is not known."""
_ENDS = re.compile(r"\s*(?:$|[.;,)\]”\"\t])|\s*\n(?!\s*[a-zà-ỹđ“])")


class Before(NamedTuple):
    """What the clause before a mention, or before the list it belongs to, tells of it."""

    named: frozenset[Element]
    """Who issued it ("của Chính phủ tại ..."), and what was decided by it ("Sở Tài chính đã trình ... tại ...")."""
    is_dated: bool
    """Whether the day of issue stands before it: "Ngày 03/7/2025, Hội đồng nhân dân tỉnh ban hành ..."."""
    says_what: bool
    """Whether what was issued or approved by it is named before it: "Đề án 06 (Quyết định số ...)"."""
    is_amending: bool
    """Whether it stands behind "được sửa đổi, bổ sung bởi"."""

    @classmethod
    def of(cls, clause: str) -> Before:
        """Read a clause."""
        lead = _without_provisions(clause)
        bracketed = clause.rfind("(") > clause.rfind(")")
        acts = _ends_with(lead.rstrip(": "), "issuer_acts") and any(letter.isupper() for letter in lead)
        return cls(
            named=_named(clause, lead, bracketed=bracketed, acts=acts),
            is_dated=acts and _DATE_BEFORE.search(clause) is not None,
            says_what=bracketed or _ends_with(lead, "title_before"),
            is_amending=any(word in clause for word in words("amended")) and _amending().search(clause) is not None,
        )


def clause_before(text: str, offset: int) -> str:
    """Give what stands before an offset in its clause."""
    window = text[max(0, offset - _CLAUSE_REACH) : offset]
    return window[max(window.rfind(";"), window.rfind("\n"), window.rfind(". ")) + 1 :]


def given_by(citation: Citation, before: Before, text: str) -> frozenset[Element]:
    """Say which elements a mention gives."""
    ahead = text[citation.end : citation.end + _AHEAD]
    if _UNKNOWN_REST.match(ahead):
        return _EVERY
    given: set[Element] = set(before.named)
    if citation.number:
        given.add("number")
    if citation.name or (citation.doc_type in LAWS and _names_law().match(ahead)):
        given.add("name")
    if citation.issued or _YEAR_IN_NUMBER.search(citation.number or ""):
        given.add("year")
    if len(citation.issued or "") == _WHOLE_DAY or before.is_dated or _DATE_AHEAD.match(ahead):
        given |= {"date", "year"}
    if citation.issuer or _names_issuer(citation, ahead) or _heads_list(text, citation.start):
        given.add("issuer")
    if citation.title or before.says_what or not _ends_here(ahead):
        given.add("title")
    return frozenset(given)


def opens_title(citation: Citation, text: str) -> bool:
    """Say whether a title stands behind a mention, or words that may be one."""
    return bool(citation.title) or not _ends_here(text[citation.end : citation.end + _AHEAD])


def goes_on(lead: str, key: str) -> bool:
    """Say whether a piece of text ends with one of the words of a list, provisions and "các" behind it set aside."""
    return _ends_with(_without_provisions(lead), key)


def _named(clause: str, lead: str, *, bracketed: bool, acts: bool) -> frozenset[Element]:
    """Say what a clause names: the issuer, and what was decided."""
    at = _ends_with(lead, "decided_at")
    if (at or bracketed) and _acted().search(clause):
        return frozenset({"issuer", "title"}) if at else frozenset({"issuer"})
    if acts:
        return frozenset({"issuer"})
    if at or lead.endswith((":", "(")) or _ends_with(lead, "issuer_at"):
        near = lead[-_ISSUER_REACH:]
        return frozenset({"issuer"}) if any(of[1].isupper() for of in _OF_WHOM.finditer(near)) else frozenset()
    return frozenset()


def _without_provisions(clause: str) -> str:
    """Leave out the provisions of an instrument that stand right before it ("tại khoản 3 Điều 6 Nghị định ...")."""
    near = max(0, len(clause) - _PROVISION_REACH)
    found = _PROVISIONS.search(clause, near)
    return _without_several(clause[: found.start()] if found else clause)


def _without_several(lead: str) -> str:
    return lead.rstrip().removesuffix(" các").rstrip()


def _ends_with(lead: str, key: str) -> bool:
    """Say whether a text ends with one of the words of a list."""
    return f" {lead.lower()}".endswith(_padded(key))


def _names_issuer(citation: Citation, ahead: str) -> bool:
    """Say whether the issuer is named behind a mention, or in its own words and title."""
    if _is_issuer(_ISSUER_AHEAD.match(ahead)):
        return True
    return any(of[1].isupper() for of in _OF_WHOM.finditer(f"{citation.text} {citation.title or ''}"))


def _is_issuer(found: re.Match[str] | None) -> bool:
    """Say whether a capital follows "của" or "do", or a session of the Party's committee is named."""
    return found is not None and (found[2] is not None or found[1].isupper())


def _heads_list(text: str, start: int) -> bool:
    """Say whether the head of a list names the issuer: "các Nghị định của Chính phủ: số ...; số ..."."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - _LIST_REACH) : start]
    return ":" in line and any(head[1].isupper() for head in _LIST_HEAD.finditer(line, max(line.rfind("Căn cứ"), 0)))


def _ends_here(ahead: str) -> bool:
    """Say whether nothing that could be a title follows a mention."""
    footnote = _FOOTNOTE.match(ahead)
    at = footnote.end() if footnote else 0
    return bool(_ENDS.match(ahead, at) or _goes_on().match(ahead, at))


@cache
def _padded(key: str) -> tuple[str, ...]:
    return tuple(f" {word}" for word in words(key))


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{either('goes_on')})\b")


@cache
def _names_law() -> re.Pattern[str]:
    """Give the pattern of what names a law behind its number: "sửa đổi, bổ sung ...", "về ưu đãi ..."."""
    return re.compile(rf"\s*(?:về\s|(?:{either('amended')})\b)", re.IGNORECASE)


@cache
def _amending() -> re.Pattern[str]:
    return re.compile(
        rf"(?:được|đã|bị)\s(?:[^;\n]{{0,20}}\s)?(?:{either('amended')})\b[^;\n]{{0,200}}\s(?:{either('amended_by')})\s"
    )


@cache
def _acted() -> re.Pattern[str]:
    """Give the pattern of a body that does something: "Ủy ban nhân dân tỉnh đã phê duyệt"."""
    return re.compile(rf"\b(?:{either('bodies')})\s[^;\n]{{0,100}}?\b(?:{either('acts_in')})\b")
