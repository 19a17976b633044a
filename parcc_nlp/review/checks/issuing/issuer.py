"""CC804: whether letterhead, symbol, enacting formula and signature name one issuer.

Asked of local government, where a People's Committee and its Chairman share an office: NĐ 30/2020/NĐ-CP, Phụ lục I,
Phần I, Mục II, điểm a khoản 2 (letterhead), điểm b khoản 3 (symbol), điểm b khoản 7 (TM. for a collective). An
individual decision is the Chairman's or the Committee's by its formula alone (Phụ lục III, Mẫu 1.2, note 6), under the
Committee's letterhead and symbol: both are right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import DocumentPart, Extraction
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["cc804"]

Office = Literal["committee", "chairman", "council", "collective", "alone"]

_REPUBLIC = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA")
_BEFORE, _BEHIND = 200, 260
"""How far from the name of the Republic the letterhead stands, above or in the other column."""
_UPPER = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and letter.isalpha())
_COMMITTEE = r"(?:(?:[ỦU][Yy]|[Ủủ]y|[Uu]ỷ|UỶ) (?:BAN NHÂN DÂN|[Bb]an [Nn]hân dân)|UBND)"
_UNIT = (
    rf"(?P<place>\s+(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ)(?:[^\S\n\t]+[{_UPPER}]+(?![^\W_])){{0,5}})?"
)
_LETTERHEAD = re.compile(
    rf"(?P<chair>CHỦ TỊCH\s+)?(?:(?P<council>HỘI ĐỒNG NHÂN DÂN)|(?:{_COMMITTEE}|NHÂN DÂN))(?![^\W\d_]){_UNIT}"
)
_CAPITALS = re.compile(
    rf"(?P<chair>CHỦ TỊCH\s+)?(?:(?P<council>HỘI ĐỒNG NHÂN DÂN)|{_COMMITTEE}){_UNIT}(?=\s+(?:Căn cứ|Thực hiện|Xét\s))"
)
_OF_ANOTHER = re.compile(r"(?:CỦA|DO|THUỘC|VỚI|CHO|GIỮA|VÀ|TẠI|,)\s+(?:CHỦ TỊCH\s+)?$")
"""Before these the capitals end a title: "... BAN HÀNH KÈM THEO QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH"."""
_SENTENCE = re.compile(
    rf"(?:^|(?<=[.;,:\n”])\s*)(?P<who>(?P<chair>Chủ tịch\s+)?(?:(?P<council>Hội đồng [Nn]hân dân|HĐND)|{_COMMITTEE})"
    r"(?P<place>\s+(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|xã|phường|đặc khu)(?:\s[^\W\d_a-zđ][^\W\d_]*){0,4})?)"
    r"\s+(?:quyết định ban hành|ban hành|Quyết định|quyết định|yêu cầu|chỉ thị|xây dựng [Kk]ế hoạch)(?!\w)",
    re.MULTILINE,
)
_ON_BEHALF = re.compile(r"T(?:M\.?|/M)\s*(?:(?:[ỦU][YỶ]|UỶ) BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND)")
_ALONE = re.compile(r"(?:KT\.?\s*)?(?<!PHÓ )CHỦ TỊCH(?!\s+HỘI ĐỒNG)")
_SYMBOL = re.compile(r"-(?P<chair>CT)?(?:UBND|(?P<council>HĐND))$")
_FORMULA_TYPES = frozenset({"Quyết định", "Chỉ thị", "Kế hoạch", "Nghị quyết", "Chương trình", "Phương án", "Đề án"})
_DECISION = "Quyết định"


@dataclass(frozen=True, slots=True)
class _Sign:
    """One of the four signs of who issues: where it stands, whose it is, and the unit it names."""

    start: int
    end: int
    office: Office
    unit: str | None = None


@rule("CC804")
def cc804(context: RuleContext) -> Iterator[Flag]:
    """Flag a document whose letterhead, symbol, enacting formula and signature do not name one issuer."""
    extraction = context.extraction
    symbol = _symbol(extraction.metadata.number)
    issuer = (extraction.metadata.issuer or "").lower()
    if extraction.source.text_layer != "native" or (symbol is None and "nhân dân" not in issuer):
        return
    head = next((part for part in extraction.parts if part.kind == "head"), None)
    letterhead = _letterhead(extraction.text)
    formula = _formula(extraction, head) if extraction.metadata.doc_type in _FORMULA_TYPES else None
    closing = next((part for part in extraction.parts if part.kind == "closing"), None)
    signature = _signature(extraction.text, closing)
    flag = (
        _against_formula(symbol, letterhead, formula, context)
        or _against_letterhead(symbol, letterhead, context)
        or _against_signature(formula, signature)
    )
    if flag is not None:
        yield flag


def _against_formula(
    symbol: Office | None, letterhead: _Sign | None, formula: _Sign | None, context: RuleContext
) -> Flag | None:
    """Compare who orders with symbol and letterhead."""
    if formula is None:
        return None
    related = (letterhead,) if letterhead else ()
    if letterhead and letterhead.unit and formula.unit and letterhead.unit != formula.unit:
        text = context.extraction.text
        return _flag(
            "place",
            formula,
            related=related,
            letterhead=" ".join(text[letterhead.start : letterhead.end].split()),
            formula=" ".join(text[formula.start : formula.end].split()),
        )
    if symbol is None or symbol == formula.office:
        return None
    about = context.extraction.metadata
    chairman_for_committee = symbol == "committee" and formula.office == "chairman"
    if chairman_for_committee and about.doc_type == _DECISION and not about.normative:
        return None
    if chairman_for_committee and letterhead and letterhead.office == "committee" and not about.normative:
        fields = {"letterhead": phrase("committee"), "formula": phrase("chairman")}
        return _flag("formula", formula, related=related, kind="review", **fields)
    return _flag(
        "symbol_formula",
        formula,
        related=related,
        number=about.number or "",
        symbol=phrase(symbol),
        formula=phrase(formula.office),
    )


def _against_letterhead(symbol: Office | None, letterhead: _Sign | None, context: RuleContext) -> Flag | None:
    """Compare the symbol with the letterhead."""
    if symbol is None or letterhead is None or symbol == letterhead.office:
        return None
    return _flag(
        "symbol_letterhead",
        letterhead,
        number=context.extraction.metadata.number or "",
        symbol=phrase(symbol),
        letterhead=phrase(letterhead.office),
    )


def _against_signature(formula: _Sign | None, signature: _Sign | None) -> Flag | None:
    """Compare who orders with who signs, on whose behalf."""
    if formula is None or signature is None:
        return None
    if formula.office == "committee" and signature.office == "alone":
        fields = {"formula": phrase(formula.office)}
        return _flag("signature_collective", signature, related=(formula,), kind="review", **fields)
    if formula.office == "chairman" and signature.office == "collective":
        return _flag("signature_alone", signature, related=(formula,), formula=phrase(formula.office))
    return None


def _flag(
    key: str, sign: _Sign, *, related: tuple[_Sign, ...] = (), kind: Kind = "fail", **fields: str | Phrase
) -> Flag:
    return Flag(
        start=sign.start,
        end=sign.end,
        message=phrase(key, **fields),
        subject=key,
        suggestion=phrase("suggestion"),
        kind=kind,
        related=tuple(Place(one.start, one.end) for one in related),
    )


def _symbol(number: str | None) -> Office | None:
    """Tell whose symbol a number bears."""
    match = _SYMBOL.search("".join((number or "").split()))
    return None if match is None else _office(match)


def _letterhead(text: str) -> _Sign | None:
    """Find the issuer above the name of the Republic, or in the other column."""
    republic = _REPUBLIC.search(text)
    if republic is None:
        return None
    first = text.rfind("\n", 0, max(0, republic.start() - _BEFORE)) + 1
    for match in _LETTERHEAD.finditer(text, first, min(len(text), republic.start() + _BEHIND)):
        if match["chair"] or match["council"] or "BAN" in match[0] or "UBND" in match[0]:
            return _Sign(match.start(), match.end(), _office(match), _unit(match))
    return None


def _formula(extraction: Extraction, head: DocumentPart | None) -> _Sign | None:
    """Find who orders: in capitals above the bases, or in the sentence that enacts."""
    if head is None:
        return None
    text = extraction.text
    if not extraction.metadata.normative:
        for match in _CAPITALS.finditer(text, head.start, head.end + 1):
            if not _OF_ANOTHER.search(text[max(0, match.start() - 30) : match.start()]):
                return _Sign(match.start(), match.end(), _office(match), _unit(match))
    last = None
    for match in _SENTENCE.finditer(text, head.start, head.end):
        last = match
    return _Sign(*last.span("who"), _office(last), _unit(last)) if last else None


def _signature(text: str, closing: DocumentPart | None) -> _Sign | None:
    """Find on whose behalf the document is signed."""
    if closing is None:
        return None
    match = _ON_BEHALF.search(text, closing.start, closing.end)
    if match is not None:
        return _Sign(*match.span(), "collective")
    match = _ALONE.search(text, closing.start, closing.end)
    return _Sign(*match.span(), "alone") if match else None


def _office(match: re.Match[str]) -> Office:
    if match["council"]:
        return "council"
    return "chairman" if match["chair"] else "committee"


def _unit(match: re.Match[str]) -> str | None:
    """Give the unit a sign names, when it names it: "tỉnh" alone is the one it is."""
    words = (match["place"] or "").lower().replace("tp.", "thành phố").split()
    kind = 2 if words[:1] in (["thành"], ["đặc"], ["thị"]) else 1
    return " ".join(words[kind:]) or None
