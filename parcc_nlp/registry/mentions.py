"""Instruments named in a cell: "Quyết định số 12/2024/QĐ-UBND ngày 01/3/2024 của UBND tỉnh", and why a text ended.

The grammar of full texts (`parcc_nlp.extract`) is another room's; cells of lists are short and of few forms, and what
does not fit one of them is not read at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from parcc_nlp.model import RelationKind
from parcc_nlp.registry.identity import implied_issuers, implied_type, is_local, issuers_agree, number_parts, read_rules
from parcc_nlp.text.canonical import canonical_number
from parcc_nlp.text.dates import find_dates
from parcc_nlp.text.normalise import normalise

__all__ = ["Act", "Mention", "Reason", "mentions_in", "read_reason", "whole_issuer"]

_NUMBER = re.compile(
    r"(?<![\w/.-])[0-9]{1,6}[a-zA-Z]?"
    r"(?:/(?:19|20)[0-9]{2}(?:/[A-ZĐƯ][A-ZĐƯa-zđ0-9&]*(?:[-/][A-ZĐƯ][A-ZĐƯa-zđ0-9&]*)*)"
    r"|[/-][A-ZĐƯ][A-ZĐƯa-zđ0-9&]*(?:[-/][A-ZĐƯ][A-ZĐƯa-zđ0-9&]*)*)(?![\w/-])"
)
_ISSUER = re.compile(r"\bcủa\s+(?P<issuer>[^,.;()]{3,120})")
_ISSUER_ENDS = re.compile(
    r"\s+(?:về|ban hành|quy định|sửa đổi|bãi bỏ|có hiệu lực|hướng dẫn|số|ngày|và (?:Nghị|Quyết|Thông|Chỉ|Luật))\b.*$"
)
_CLAUSE = re.compile(
    r"(?:điểm\s+[a-zđ0-9, ]+\s+)?(?:khoản\s+[0-9a-zđ, ]+\s+)?Điều\s+[0-9]+[a-zđ]?"
    r"(?=\s*(?:,|của|Nghị|Quyết|Thông|Luật|Bộ|số|$))"
)
_SHORT_PLACE = re.compile(
    r"^(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân)\s+(?:tỉnh|thành phố|huyện|xã|phường)$"
)
_TURNS = re.compile(
    r"\b(?:về|sửa đổi|bổ sung|thay thế|bãi bỏ|ban hành|kèm theo|quy định|hướng dẫn|trước đây)\b", re.IGNORECASE
)
# "Luật Đất đai năm 2013 đã được thay thế bởi ..." tells of another instrument than the one of the row.
_SUBJECT = re.compile(
    r"[\s\-–+.,:0-9()]*(?:(?:văn bản|quyết định|nghị quyết|chỉ thị|thông tư|này|đã|do|vì)\s+)*", re.IGNORECASE
)
_TYPES = re.compile(
    r"(?P<type>Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư liên tịch"
    r"|Thông tư|Lệnh|Kế hoạch|Quy chế|Quy định|Công văn|Văn bản hợp nhất)\b[^;.]*$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument named by its number, with what stands beside it."""

    number: str
    doc_type: str | None
    issued: str | None
    issuer: str | None
    clause: str | None
    start: int
    listed: bool = True
    """Whether it stands in one list with the one before it; false in "... về việc sửa đổi Quyết định số ..."."""


@dataclass(frozen=True, slots=True)
class Act:
    """What another instrument did to the one a row is about."""

    kind: RelationKind
    by: Mention


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason read: what was done and by whom. What is of no known form is not understood and gives no acts."""

    acts: tuple[Act, ...]
    understood: bool


def mentions_in(text: str) -> tuple[Mention, ...]:
    """Find the instruments a cell names by their numbers.

    Examples
    --------
    >>> (one,) = mentions_in("Quyết định số 12/2024/QĐ-UBND ngày 01/3/2024 của UBND tỉnh Lâm Đồng")
    >>> one.number, one.doc_type, one.issued, one.issuer
    ('12/2024/QĐ-UBND', 'Quyết định', '2024-03-01', 'UBND tỉnh Lâm Đồng')
    """
    clean = normalise(text).text
    found = [match for match in _NUMBER.finditer(clean) if _is_symbol(match[0])]
    return tuple(
        _mention(
            clean,
            match,
            before=found[at - 1].end() if at else 0,
            behind=found[at + 1].start() if at + 1 < len(found) else len(clean),
        )
        for at, match in enumerate(found)
    )


def _is_symbol(number: str) -> bool:
    parts = number_parts(number)
    return bool(parts.serial and parts.symbol)


def _mention(text: str, match: re.Match[str], *, before: int, behind: int) -> Mention:
    """Read what stands around a number: its type and clause before it, its date and issuer behind it."""
    ahead, tail = text[before : match.start()], text[match.end() : behind]
    number = canonical_number(match[0])
    typed = _TYPES.search(ahead)
    days = [one for one in find_dates(tail) if one.valid and one.kind == "day"]
    issuer = _ISSUER.search(tail)
    clause = _CLAUSE.search(ahead)
    return Mention(
        number=number,
        doc_type=typed["type"] if typed else implied_type(number),
        issued=days[0].iso if days else None,
        issuer=_ISSUER_ENDS.sub("", issuer["issuer"]).strip() if issuer else None,
        clause=clause[0].strip() if clause else None,
        start=match.start(),
        listed=not _TURNS.search(ahead),
    )


def whole_issuer(mention: Mention, *, of: str | None) -> str | None:
    """Give the issuer of an instrument that a row of another's names, in full.

    A local body named without its place ("UBND tỉnh") is the one that issued the instrument the row is about: only the
    same issuer ends its texts (Luật 64/2025/QH15, Điều 57 khoản 1 điểm b), or one above it, which would be named.

    Examples
    --------
    >>> (one,) = mentions_in("Quyết định số 12/2024/QĐ-UBND của UBND tỉnh")
    >>> whole_issuer(one, of="UBND tỉnh Lâm Đồng")
    'UBND tỉnh Lâm Đồng'
    """
    if mention.issuer and not _SHORT_PLACE.match(mention.issuer):
        return mention.issuer
    if not is_local(mention.number):
        allowed = implied_issuers(mention.number)
        return allowed[0] if len(allowed) == 1 else None
    if of is None:
        return None
    body = implied_issuers(mention.number)
    return of if any(issuers_agree(one, of) for one in body) else None


@cache
def _verbs() -> tuple[tuple[re.Pattern[str], RelationKind | None], ...]:
    """Give the forms of reasons, the longest first."""
    rows = sorted(read_rules("reason_verbs.csv"), key=_length, reverse=True)
    return tuple(
        (
            re.compile(r"\b" + r"\s+".join(re.escape(word) for word in row["phrase"].split())),
            cast("RelationKind | None", row["kind"] or None),
        )
        for row in rows
    )


def _length(row: dict[str, str]) -> int:
    return len(row["phrase"])


def _verbs_in(low: str) -> list[tuple[int, int, RelationKind | None]]:
    """Find the forms of reasons in a text in lower case, in order and without overlap; a longer form goes first."""
    found: list[tuple[int, int, RelationKind | None]] = []
    for pattern, kind in _verbs():
        for match in pattern.finditer(low):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return sorted(found, key=_place)


def _place(found: tuple[int, int, RelationKind | None]) -> int:
    return found[0]


def read_reason(text: str) -> Reason:
    """Read why an instrument ended, as lists of ended texts give it.

    Examples
    --------
    >>> reason = read_reason("Được thay thế bằng Quyết định số 12/2024/QĐ-UBND ngày 01/3/2024")
    >>> [(act.kind, act.by.number) for act in reason.acts]
    [('replaces', '12/2024/QĐ-UBND')]
    >>> read_reason("Theo đề nghị của Sở Tư pháp").understood
    False
    """
    clean = normalise(text).text
    verbs = _verbs_in(clean.lower())
    mentioned = mentions_in(clean)
    acts: list[Act] = []
    for at_verb, (_, end, kind) in enumerate(verbs):
        stop = verbs[at_verb + 1][0] if at_verb + 1 < len(verbs) else len(clean)
        if kind is not None:
            reached = [one for one in mentioned if end <= one.start < stop]
            acts += [Act(kind, one) for at, one in enumerate(reached) if at == 0 or one.listed]
    missing = any(kind is not None for *_, kind in verbs) and not acts
    understood = bool(verbs) and not missing and _SUBJECT.fullmatch(clean[: verbs[0][0]]) is not None
    return Reason(tuple(acts) if understood else (), understood)
