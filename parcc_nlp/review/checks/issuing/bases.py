"""CC801-CC803: whether a document may rest on what its căn cứ lines name.

NĐ 78/2025/NĐ-CP, Điều 62, and before it NĐ 34/2016/NĐ-CP, Điều 61: the basis of a normative document is a normative
document of higher force; one on competence is among them. Administrative documents may rest on anything (NĐ
30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import legal_class
from parcc_nlp.review.checks.issuing.standing import Standing, level_of, standing
from parcc_nlp.review.context import is_party_document
from parcc_nlp.review.naming import cited_name
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Extraction
    from parcc_nlp.registry.identity import LegalClass
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind

__all__ = ["cc801", "cc802", "cc803"]

Comparison = Literal["higher", "equal", "lower", "unclear"]

_SINCE = "2016-07-01"
"""Luật 80/2015/QH13 came into force: earlier documents are measured by other rules."""
_BOTH_KINDS_OF_CIRCULAR = "2025-04-01"
"""From then on a joint circular stands below a circular (Luật 64/2025/QH15, Điều 4)."""
_CONSOLIDATED_MAY_BE_CITED = "2026-07-01"
"""Pháp lệnh 01/2026/UBTVQH16, Điều 4."""
_GOVERNMENT = 5
_STANDARDS = frozenset({"Tiêu chuẩn", "Quy chuẩn"})
_OF_THE_ASSEMBLY = re.compile(r"QH\d+$")
_OFTEN_WITHOUT_YEAR = re.compile(r"(?:QH\d+|CTN)$")
_GAP = 200
_LINE = 1500
_LEADS = re.compile(r"(?<!\w)(Căn cứ|Theo đề nghị|Theo|Xét|Thực hiện|Trên cơ sở|Để|Sau khi)(?!\w)")
_FIRST = re.compile(
    r"Căn cứ(?:\s+vào)?\s+(?:các\s+)?"
    r"(?:(?:điểm|khoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục)\s[^;\n]{0,80}?)?$"
)
_NEXT = re.compile(r"[;:]\s*(?:-\s*)?(?:và\s+)?$")
_DECISION = "Quyết định"
_DECIDING = frozenset({_DECISION, "Nghị quyết", "Nghị định", "Thông tư", "Thông tư liên tịch"})
_PLANNING = frozenset({"Kế hoạch", "Chương trình", "Đề án", "Phương án", "Chỉ thị", "Quy chế", "Quy định"})
_REPUBLIC = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA")
_STOP = re.compile(r"[;\n]|\.\s")


class _Basis(NamedTuple):
    """A citation that heads a line of the legal bases."""

    citation: Citation
    standing: Standing | None


@rule("CC801", needs=("signed",))
def cc801(context: RuleContext) -> Iterator[Flag]:
    """Flag a basis that is not of higher force than the normative document itself."""
    own = _own_standing(context)
    if own is None:
        return
    for basis in _bases(context):
        if basis.standing is None or _class(basis.citation) not in {"normative", None}:
            continue
        compared = _compare(basis, own, context)
        if compared == "higher":
            continue
        kind: Kind = "review" if compared == "unclear" else "fail"
        yield _flag(basis.citation, compared, context=context, kind=kind, again=own.sort == basis.standing.sort)


@rule("CC802", needs=("signed",))
def cc802(context: RuleContext) -> Iterator[Flag]:
    """Flag an administrative, Party or consolidated document among the bases of a normative one."""
    if _own_standing(context) is None:
        return
    for basis in _bases(context):
        citation = basis.citation
        sort = _class(citation)
        if sort == "consolidated" and context.signing >= _CONSOLIDATED_MAY_BE_CITED:
            continue
        if sort is not None and sort != "normative":
            # Of the Assembly, its Standing Committee and the President, one without a year need not be individual.
            doubtful = _OFTEN_WITHOUT_YEAR.search(citation.number or "") is not None
            kind: Kind = "review" if doubtful else "fail"
            yield _flag(citation, "unsure" if doubtful else sort, context=context, kind=kind, again=False)


@rule("CC803")
def cc803(context: RuleContext) -> Iterator[Flag]:
    """Flag legal bases among which nothing tells of the competence of the issuer."""
    extraction = context.extraction
    doc_type = extraction.metadata.doc_type
    deciding = doc_type in _DECIDING
    if not (deciding or doc_type in _PLANNING) or _is_above(extraction) or _is_party(extraction):
        return
    bases = [basis.citation for basis in _bases(context)]
    if not bases:
        yield from _without_bases(extraction)
        return
    if _words().search(_lines(bases, extraction.text)) or any(_is_on_organisation(one, context) for one in bases):
        return
    yield Flag(
        start=bases[0].start,
        end=bases[0].end,
        message=phrase("none", count=str(len(bases))),
        subject="competence",
        suggestion=phrase("suggestion"),
        kind="fail" if deciding else "review",
    )


def _without_bases(extraction: Extraction) -> Iterator[Flag]:
    """Flag a whole decision that has no legal bases at all; a copy without its letterhead may have lost them."""
    about, text = extraction.metadata, extraction.text
    head = next((part for part in extraction.parts if part.kind == "head"), None)
    if about.doc_type != _DECISION or head is None or "Căn cứ" in text[head.start : head.end]:
        return
    republic, title = _REPUBLIC.search(text, head.start, head.end), (about.title or "").split("\n")[0]
    at = text.find(title, republic.end() if republic else 0, head.end) if republic and title else -1
    if at >= 0:
        yield Flag(
            start=at,
            end=at + len(title),
            message=phrase("no_bases"),
            subject="competence",
            suggestion=phrase("suggestion"),
            kind="review",
        )


def _flag(citation: Citation, key: str, *, context: RuleContext, kind: Kind, again: bool) -> Flag:
    own = context.extraction.metadata.number or ""
    return Flag(
        start=citation.start,
        end=citation.end,
        message=phrase(key, cited=cited_name(citation), own=own),
        subject=citation.instrument or citation.number or citation.name or citation.text,
        instrument=citation.instrument,
        evidence=(Evidence(source=citation.number or cited_name(citation), quote=citation.title),),
        suggestion=phrase("same_sort" if again else "suggestion"),
        kind=kind,
    )


def _own_standing(context: RuleContext) -> Standing | None:
    """Tell the rank of the document checked; None where the rules on bases do not govern it."""
    about = context.extraction.metadata
    if about.normative is not True or context.signing < _SINCE:
        return None
    own = standing(about.number, about.doc_type)
    return own if own is not None and own.rank >= _GOVERNMENT else None


def _is_above(extraction: Extraction) -> bool:
    """Say whether the National Assembly, its Standing Committee or the President issued the document."""
    about = extraction.metadata
    own = standing(about.number, about.doc_type)
    return (own is not None and own.rank < _GOVERNMENT) or _OF_THE_ASSEMBLY.search(about.number or "") is not None


def _is_party(extraction: Extraction) -> bool:
    about = extraction.metadata
    party = tuple(_lists()["party_bodies"])
    return legal_class(about.number, about.doc_type) == "party" or (about.issuer or "").lower().startswith(party)


def _bases(context: RuleContext) -> Iterator[_Basis]:
    """Give the citations that head the lines of the legal bases: not what their titles name."""
    text = context.extraction.text
    heads = [(part.start, part.end) for part in context.extraction.parts if part.kind == "head"]
    before = 0
    for citation in context.citations:
        if citation.relation == "basis" and any(start <= citation.start < end for start, end in heads):
            if _heads_a_line(text, before, citation.start):
                yield _Basis(citation, standing(citation.number, citation.doc_type))
            before = citation.end


def _heads_a_line(text: str, before: int, start: int) -> bool:
    """Say whether a citation is what a line rests on: right behind "Căn cứ", or the next of a list."""
    gap = text[max(before, start - _GAP) : start]
    if _FIRST.search(gap):
        return True
    if not _NEXT.search(gap):
        return False
    leads = _LEADS.findall(text, max(0, start - _LINE), start)
    return bool(leads) and leads[-1] == "Căn cứ"


def _lines(bases: list[Citation], text: str) -> str:
    """Give the lines of the legal bases, from the first to the end of the last one's title."""
    first = text.rfind("\n", 0, bases[0].start) + 1
    at = text.find("Căn cứ", first, bases[0].start)
    stop = _STOP.search(text, bases[-1].end)
    return text[at if at >= 0 else bases[0].start : stop.start() if stop else len(text)]


def _class(citation: Citation) -> LegalClass | None:
    """Tell the legal class of a basis."""
    if citation.doc_type in _STANDARDS:
        return None
    if is_party_document(citation):
        return "party"
    return legal_class(citation.number, citation.doc_type)


def _compare(basis: _Basis, own: Standing, context: RuleContext) -> Comparison:
    """Compare the force of a basis with the document's own."""
    other = basis.standing
    if other is None:
        return "higher"
    if own.local and other.local:
        return _compare_local(basis, own, context)
    if {own.sort, other.sort} == {"circular", "joint_circular"} and context.signing < _BOTH_KINDS_OF_CIRCULAR:
        return "unclear"
    if other.rank == own.rank:
        return "equal"
    return "higher" if other.rank < own.rank else "lower"


def _compare_local(basis: _Basis, own: Standing, context: RuleContext) -> Comparison:
    """Compare two local documents: the higher level first, then the Council before the Committee.

    The law does not say how a Chairman's decision stands to the Committee's; a level that is not told settles nothing.
    """
    other = basis.standing
    then = basis.citation.issued or context.signing
    mine = level_of(context.extraction.metadata.issuer, signed=context.signing)
    theirs = level_of(basis.citation.issuer, signed=then)
    if mine != "province":
        if theirs is None or mine is None:
            return "higher"
        order = ("province", "district", "commune")
        if theirs != mine:
            return "higher" if order.index(theirs) < order.index(mine) else "lower"
    if other is None or other.sort == own.sort:
        return "equal"
    if {other.sort, own.sort} == {"committee", "chairman"}:
        return "unclear"
    return "higher" if other.sort == "council" else "lower"


def _is_on_organisation(citation: Citation, context: RuleContext) -> bool:
    """Say whether a citation that gives a number only is of a law on organisation."""
    if "".join((citation.number or "").split()) in _numbers():
        return True
    known = context.registry.get(citation.instrument) if context.registry and citation.instrument else None
    return bool(known and known.title and _words().search(known.title))


@cache
def _words() -> re.Pattern[str]:
    """Give the words that show a basis on competence."""
    lists = _lists()
    words = sorted((*lists["organisation"], *lists["powers"]), key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


@cache
def _numbers() -> frozenset[str]:
    return frozenset(_lists()["numbers"])


@cache
def _lists() -> dict[str, list[str]]:
    import yaml  # noqa: PLC0415  # only a review needs it; `import parcc_nlp` must not pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("parcc_nlp.review.checks.issuing") / "competence.yaml").read_text(encoding="utf-8")
    content: dict[str, list[str]] = yaml.load(text, Loader=loader)  # noqa: S506  # both loaders are the safe ones
    return content
