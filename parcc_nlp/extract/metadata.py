"""What a document says of itself: type, number, date, issuer, title, effect, signer, recipients, what it issues."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parcc_nlp.extract.data_files import alternatives, document_types
from parcc_nlp.extract.effect_clause import find_effect, find_expiry
from parcc_nlp.extract.issuers import area_of, complete, is_body, issuer_of_symbol, joint_bodies, read_letterhead, spell
from parcc_nlp.extract.letterhead import Letterhead, find_letterhead, portal_box, type_of_symbol
from parcc_nlp.extract.normative import is_normative
from parcc_nlp.extract.period import find_period
from parcc_nlp.extract.quotes import find_quoted
from parcc_nlp.extract.signature import Signature, find_recipients, find_signature
from parcc_nlp.extract.title import title_behind
from parcc_nlp.extract.zones import ATTACHED_LINE, Zones, find_zones
from parcc_nlp.model import Metadata
from parcc_nlp.text.canonical import canonical_number
from parcc_nlp.text.dates import date_at
from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_metadata"]

CONSOLIDATED = "Văn bản hợp nhất"
JOINT = ("Thông tư liên tịch", "Nghị quyết liên tịch")
NAMES = {kind.doc_type.upper(): kind.doc_type for kind in document_types()}
TYPES = alternatives(kind.doc_type for kind in document_types())
ATTACHED = alternatives(kind.doc_type for kind in document_types() if kind.attached)
PLAN_WORDS = (
    "kế hoạch",
    "chương trình",
    "đề án",
    "chiến lược",
    "quy hoạch",
    "phương án",
    "nhiệm vụ",
    "dự toán",
    "phong trào thi đua",
)
AREA_REACH = 40_000
CLOSING_REACH = 2000
OPERATIVE_REACH = 3000
MENTION_REACH = 200
MENTIONS_READ = 6
CAPTION = re.compile(
    rf"\s*(?P<type>{TYPES})\s+(?:số\s+)?"
    r"(?:(?P<number>\d+[A-Za-z]?(?:/\d{4})?[/-][0-9A-ZĐa-zđ/-]+)|(?P<name>[^\n]{3,160}?)\s+(?:19|20)\d\d)"
    r"(?:\s+của\s+(?P<issuer>[^\n]{3,80}))?\s*$",
)
BODY = re.compile(
    r"\n[ \t]*(?:[Cc]ăn\s+cứ\s|CỘNG\s+H|(?:Điều|ĐIỀU)\s+1\b|(?:Chương|CHƯƠNG|Phần|PHẦN)\s+(?:I|1|thứ)|(?:I|A)\s*[.)/-])"
)
BODY_REACH = 20_000
"""How far down a document begins below its caption: without one the line only cites."""
ADOPTED = re.compile(r"này\s+(?:đã\s+)?được\s+[^\n.]{0,160}?thông\s+qua\s+(?P<date>ngày\s)")
OWN_MENTION = re.compile(
    rf"[(\[]\s*(?:Được\s+)?(?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\s+(?:{TYPES})\s+số\s*:?\s*"
    r"(?P<number>\d+[A-Za-z]?\s*(?:[/-]\s*[0-9A-ZĐa-zđƯư]+)+)\s*,?\s*(?P<date>ngày\s)?",
)
COMMITTEE = r"(?:Ủy\s+ban\s+nhân\s+dân|UBND)"
ENACTS = re.compile(
    rf"(?:^|\n)[ \t]*Chủ\s+tịch\s+{COMMITTEE}(?P<area>[^\n.;:]{{0,60}}?)\s+(?:ban\s+hành|[Qq]uyết\s+định)\b",
)
CHAIR = re.compile(r"CHỦ\s+TỊCH\s+(?:ỦY\s+BAN\s+NHÂN\s+DÂN|UBND)")
ISSUED_HEREWITH = re.compile(
    r"[Bb]an\s+hành\s+(?:kèm\s+)?theo\s+(?:Quyết\s+định|Nghị\s+quyết|Thông\s+tư|Nghị\s+định|Kế\s+hoạch|Công\s+văn)"
    rf"\s+này\s+(?:bản\s+|\d+\s+)?[“\"]?(?P<type>{ATTACHED})\s*(?P<title>[^\n]*)",
)
TITLE_END = re.compile(r"[.;”\"(]")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the fields are read from; `own` is the mention of the document in what is issued with it."""

    source: NormalisedText
    zones: Zones
    head: Letterhead
    box: dict[str, str]
    caption: re.Match[str] | None
    own: re.Match[str] | None
    signature: Signature

    @property
    def text(self) -> str:
        return self.source.text

    def offset(self, line: int) -> int:
        """Give the offset of a line, or of the end of the text behind the last one."""
        return self.zones.starts[line] if line < len(self.zones.starts) else len(self.text)

    def written(self, span: tuple[int, int] | None) -> str | None:
        """Give the words of a span as the original prints them, white space collapsed."""
        if not span:
            return None
        start, end = self.source.to_original(*span)
        return " ".join(self.source.original[start:end].split()) or None


def find_metadata(source: NormalisedText) -> Metadata:
    """Find a document's own fields.

    Parameters
    ----------
    source
        The normalised text; fields are read from `source.text`.

    Returns
    -------
    Metadata
        Fields of Nghị định 30/2020/NĐ-CP, Điều 8; what the document does not say is None. `issuer` is spelt out with
        its area. A decision of a chairman names the chairman, since the committee is another issuer; elsewhere a head
        stands for the body ("Bộ trưởng Bộ Tư pháp" is "Bộ Tư pháp"). `title` is as printed, the type of a consolidated
        text before it. `effective` is the day the effect clause gives, `expires` the last day of effect it gives;
        a consolidated text, which has no effect of its own, has neither.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> found = find_metadata(normalise(
    ...     "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSố: 12/KH-UBND\\n"
    ...     "Lâm Đồng, ngày 05 tháng 01 năm 2026\\nKẾ HOẠCH\\nCải cách hành chính năm 2026\\nI. MỤC TIÊU\\n1. Chung"))
    >>> found.number, found.issued, found.issuer, found.title
    ('12/KH-UBND', '2026-01-05', 'Ủy ban nhân dân tỉnh Lâm Đồng', 'Cải cách hành chính năm 2026')
    """
    zones = find_zones(source.text)
    evidence = _Evidence(
        source=source,
        zones=zones,
        head=find_letterhead(source.text, zones),
        box=portal_box(zones),
        caption=CAPTION.match(zones.lines[0]) if BODY.search(source.text, 0, BODY_REACH) else None,
        own=_own_mention(source.text),
        signature=find_signature(zones),
    )
    number = _number(evidence)
    doc_type = _doc_type(evidence, number)
    issued = _issued(evidence, number)
    title = _title(evidence, doc_type)
    attached_type, attached_title = _attached(evidence)
    effective, expires = (None, None) if doc_type == CONSOLIDATED else _effect(evidence, issued)
    return Metadata(
        doc_type=doc_type,
        number=number,
        issued=issued,
        issuer=_issuer(evidence, number),
        place=evidence.head.place,
        title=title,
        effective=effective,
        expires=expires,
        signer=evidence.signature.signer or evidence.box.get("signer") or None,
        signer_title=evidence.signature.title,
        recipients=find_recipients(zones),
        attached_type=attached_type,
        attached_title=attached_title,
        normative=is_normative(doc_type=doc_type, number=number, issued=issued),
        period=find_period(title) if title and _is_plan(doc_type, title) else None,
    )


def _is_plan(doc_type: str | None, title: str) -> bool:
    """Tell a plan, or a decision on one, from a document whose title merely names a year."""
    words = f"{doc_type} {title}".lower()
    return any(word in words for word in PLAN_WORDS)


def _own_mention(text: str) -> re.Match[str] | None:
    """Find the document's own number in what is issued with it ("(Ban hành kèm theo Quyết định số ...)")."""
    at = 0
    for _ in range(MENTIONS_READ):
        at = text.find("èm theo ", at + 1)
        if at < 0:
            return None
        opening = max(text.rfind("(", max(at - 30, 0), at), text.rfind("[", max(at - 30, 0), at))
        match = OWN_MENTION.match(text, opening, at + MENTION_REACH) if opening >= 0 else None
        if match:
            return match
    return None


def _number(evidence: _Evidence) -> str | None:
    head, caption, own = evidence.head, evidence.caption, evidence.own
    if head.number or head.number_is_blank:
        return head.number
    for printed in (evidence.box.get("number"), caption and caption["number"], own and own["number"]):
        if printed and printed[0].isdigit():
            return canonical_number(printed.rstrip(" .,;:-/"))
    return None


def _issued(evidence: _Evidence, number: str | None) -> str | None:
    """Give the date of the date line, else of a portal's box, the adoption clause, or the document's own mention."""
    if evidence.head.issued:
        return evidence.head.issued
    box, own, text = evidence.box, evidence.own, evidence.text
    mention = date_at(box["issued"], 0) if box.get("issued") else None
    closing = evidence.offset(evidence.zones.closing)
    adopted = ADOPTED.search(text, max(closing - CLOSING_REACH, 0), closing + CLOSING_REACH)
    if mention is None and adopted:
        mention = date_at(text, adopted.start("date"))
    if mention is None and own and own["date"] and canonical_number(own["number"]) == number:
        mention = date_at(text, own.start("date"))
    return mention.iso if mention else None


def _doc_type(evidence: _Evidence, number: str | None) -> str | None:
    head, symbol = evidence.head, type_of_symbol(number)
    boxed = evidence.box.get("doc_type")
    candidates = (
        symbol if symbol == CONSOLIDATED else None,
        head.doc_type,
        boxed if boxed in NAMES.values() else None,
        "Công văn" if head.is_dispatch and symbol in (None, "Chỉ thị") else None,  # 5317/CT-CS: Cục Thuế, no chỉ thị
        evidence.caption and evidence.caption["type"],
        symbol,
        _act_of_assembly(evidence.text) if number and re.search(r"/QH\d+$", number) else None,
    )
    return next(filter(None, candidates), None)


def _act_of_assembly(text: str) -> str:
    """Tell a law, a code and a resolution apart by how the text calls itself ("Luật này")."""
    counts = {name: text.count(f"{name} này") for name in ("Luật", "Bộ luật", "Nghị quyết")}
    return max(counts, key=counts.__getitem__)


def _title(evidence: _Evidence, doc_type: str | None) -> str | None:
    head, caption = evidence.head, evidence.caption
    title = evidence.written(head.title) or (caption and caption["name"]) or None
    if title and doc_type == CONSOLIDATED and head.doc_type and head.doc_type != CONSOLIDATED:
        return f"{head.doc_type} {title}"
    return title


def _effect(evidence: _Evidence, issued: str | None) -> tuple[str | None, str | None]:
    text, quoted = evidence.text, find_quoted(evidence.text)
    start, end = evidence.offset(evidence.zones.body), evidence.offset(evidence.zones.closing)
    effective = find_effect(text, start, end, issued=issued, skip=quoted)
    return effective, find_expiry(text, start, end, effective=effective, skip=quoted)


def _issuer(evidence: _Evidence, number: str | None) -> str | None:
    head, box, text = evidence.head, evidence.box, evidence.text
    if type_of_symbol(number) in JOINT:
        together = joint_bodies(list(head.bodies))
        if len(together) > 1:
            return ", ".join(together)
    superior, own = read_letterhead(list(head.bodies))
    between = text[head.title[1] if head.title else evidence.offset(evidence.zones.head) : _body(evidence)]
    name = _named(evidence, own, between, number)
    if name is None:
        return None
    boxed = re.match(r"(?P<unit>Tỉnh|Thành phố)\s+(?P<name>\S.*)", box.get("issuer", ""))
    name = complete(
        name,
        superior=spell(superior) if superior else None,
        text=text[:AREA_REACH],
        place=head.place or (boxed["name"] if boxed else None),
        area=f"{boxed['unit'].lower()} {boxed['name']}" if boxed else None,
    )
    if re.match(COMMITTEE, name) and head.doc_type in (None, "Quyết định"):
        on_behalf = "NHÂN DÂN" in (evidence.signature.body or "")
        formula = ENACTS.search(between) and not on_behalf
        if (number or "").endswith("CTUBND") or CHAIR.search(between) or formula:
            name = f"Chủ tịch {name}"
    return name.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")


def _body(evidence: _Evidence) -> int:
    return evidence.offset(evidence.zones.body)


def _named(evidence: _Evidence, own: str | None, between: str, number: str | None) -> str | None:
    """Give the issuing body's name: of letterhead, enacting authority, caption, symbol, or a portal's box."""
    symbol, caption = issuer_of_symbol(number), evidence.caption
    area = area_of(own) if own else None
    authority = _authority(between) if evidence.head.doc_type else None
    candidates = (
        spell(own) if own and is_body(own) else None,
        f"{symbol} {area}" if area and symbol else None,  # a mutilated letterhead: body by symbol, area as printed
        spell(authority) if authority else None,
        caption and caption["issuer"] and caption["issuer"].strip(),
        symbol,
        evidence.box.get("issuer"),
    )
    name = next(filter(None, candidates), None)
    if name == "Chính phủ" and symbol == "Thủ tướng Chính phủ":
        return symbol
    party = evidence.signature.body
    if name and name.startswith("Ban Chấp hành Trung ương") and party in {"BỘ CHÍNH TRỊ", "BAN BÍ THƯ"}:
        return spell(party)
    return name


def _authority(between: str) -> str | None:
    """Give the line of capitals that names the enacting body before the bases ("ỦY BAN NHÂN DÂN TỈNH")."""
    for line in between.split("\n"):
        words = " ".join(line.split())
        if words and words == words.upper() and is_body(words):
            return words
    return None


def _attached(evidence: _Evidence) -> tuple[str | None, str | None]:
    """Give type and title of what this document issues: where it stands, else as the operative clause names it."""
    zones, text = evidence.zones, evidence.text
    for number in zones.attached[:1]:
        match = ATTACHED_LINE.match(zones.lines[number])
        if match:
            span = title_behind(text, zones, zones.starts[number] + match.end(1), number)
            return NAMES[" ".join(match[1].split())], evidence.written(span)
    start = _body(evidence)
    stop = min(start + OPERATIVE_REACH, evidence.offset(zones.closing))
    herewith = ISSUED_HEREWITH.search(text, start, stop)
    if herewith:
        ends = TITLE_END.search(text, herewith.start("title"), herewith.end("title"))
        end = ends.start() if ends else herewith.end("title")
        return herewith["type"], evidence.written((herewith.start("title"), end))
    return None, None
