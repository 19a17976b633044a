"""The head of a document: who, which number, where and when, of which type and about what.

Reads the signed form of NĐ 30/2020/NĐ-CP, Phụ lục I (quốc hiệu, tên cơ quan, "Số:", địa danh và ngày, tên loại, trích
yếu), laid out as lines or flattened by a portal, dispatches ("V/v ...", "Kính gửi"), bare forms with "Số: ..." only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parcc_nlp.extract.data_files import alternatives, document_types, read_lists
from parcc_nlp.extract.letters import CAPITALS, SMALL
from parcc_nlp.extract.title import title_behind
from parcc_nlp.extract.zones import ADDRESSEE, MOTTO, OPERATIVE, TYPE_LINE, Zones, is_printed_in_capitals
from parcc_nlp.text.canonical import canonical_number
from parcc_nlp.text.dates import DateMention, date_at

__all__ = ["Letterhead", "find_letterhead", "portal_box", "type_of_symbol"]

SEGMENT = r"[/-]\s*[0-9A-Za-zĐđÐƯưƠơÂâ]+(?:\.[A-ZĐ]\w*)*"
NUMBER = re.compile(
    r"(?:(?<=[\s|_])|^)(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Lệnh) {0,3})?[Ss]ố(?:\s*hiệu)?\s*[:.]?[\s_]*"
    rf"(?P<number>(?:\d{{1,6}}[A-Za-zĐđ]?|[._…\s]*(?=[/-]\s*[A-ZĐ0-9]))\s*(?:{SEGMENT}\s?)+)",
    re.MULTILINE,
)
PROPER = rf"(?:TP\.?|[{CAPITALS}][{SMALL}]+)"
UNITS = "(?:[Tt]hành phố|[Tt]ỉnh|[Tt]hị xã|[Xx]ã|[Pp]hường|[Hh]uyện|[Qq]uận|[Đđ]ặc khu)"
PLACE = rf"(?:{UNITS} )?{PROPER}(?: (?:- )?{PROPER}){{0,5}}|[{CAPITALS}]{{2,}}(?: [{CAPITALS}]{{2,}}){{0,3}}"
PLACE_DATE = re.compile(rf"(?:(?<![\w.])(?P<place>{PLACE}) ?, ?)?(?P<date>[Nn]g[àa]y|NGÀY)(?=[\s\d.…_])")
SUBJECT = re.compile(r"(?:^|(?<=\s))(?:V/v\.?|V/V\.?|v/v|Về việc|(?=Về\s))[ \t]*[:.]?[ \t]*")
SUBJECT_LINES = 4
HEAD_REACH = 4000
DISPATCH_LINES = 14


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head says: `bodies` are the letterhead's lines as printed, `title` a span of the clean text."""

    bodies: tuple[str, ...] = ()
    number: str | None = None
    number_is_blank: bool = False
    issued: str | None = None
    place: str | None = None
    doc_type: str | None = None
    title: tuple[int, int] | None = None
    is_dispatch: bool = False


@dataclass(frozen=True, slots=True)
class _Type:
    """The line of the type: name, offsets of its words, the line's number."""

    name: str
    start: int
    end: int
    line: int


CITED_REACH = 60
CITED = re.compile(rf"(?i:{alternatives(kind.doc_type for kind in document_types())})\s*:?\s*$")
NUMBERED = re.compile(r"(?:[Ss]ố|SỐ)\s*:?\s*\d[^\n]*$|(?:[Ll]uật|LUẬT)\s[^\n]*$")


def type_of_symbol(number: str | None) -> str | None:
    """Give the type that a symbol names, None where it names none (a dispatch, "63/2006/QH11").

    Examples
    --------
    >>> type_of_symbol("01/2020/TT-BNV"), type_of_symbol("384-QĐ/TW"), type_of_symbol("17986/BTC-CT")
    ('Thông tư', 'Quyết định', None)
    """
    if not number:
        return None
    codes = {code: kind.doc_type for kind in document_types() for code in kind.codes}
    groups = [part for part in re.split(r"[/-]", number)[1:] if part and not part.isdigit()]
    return codes.get(groups[0]) if groups else None


def portal_box(zones: Zones) -> dict[str, str]:
    """Read a portal's box above the text ("Số hiệu:", "Người ký:", ...): evidence where the text is silent."""
    labels: dict[str, str] = read_lists("portal.yaml")["fields"]
    box: dict[str, str] = {}
    for number in range(min(zones.head, len(zones.lines) - 1)):
        line = zones.lines[number].rstrip()
        for label, field in labels.items():
            if line.endswith(label) and field not in box:
                box[field] = zones.lines[number + 1].strip()
    return box


def find_letterhead(text: str, zones: Zones) -> Letterhead:
    """Read the head of a document from a clean text and its parts."""
    if not zones.lines or zones.head >= len(zones.lines):
        return Letterhead()
    head_end = zones.line_end(min(zones.body, len(zones.lines) - 1))
    start = zones.starts[zones.head]
    kind = _type_line(zones)
    stop = kind.start if kind else min(head_end, start + HEAD_REACH)
    number = _number(text, start, stop)
    dated = _dated(text, start, stop)
    subject = None if kind else _subject(zones)
    return Letterhead(
        bodies=_bodies(zones),
        number=canonical_number(number.rstrip(" .,;:-/")) if number else None,
        number_is_blank=number == "",
        issued=dated[0].iso if dated else None,
        place=dated[1] if dated else None,
        doc_type=kind.name if kind else None,
        title=title_behind(text, zones, kind.end, kind.line) if kind else subject,
        is_dispatch=kind is None and (subject is not None or _is_addressed(zones)),
    )


def _type_line(zones: Zones) -> _Type | None:
    """Find the line of the type, on a line of its own or behind the date of a flattened one."""
    names = {kind.doc_type.upper(): kind.doc_type for kind in document_types()}
    first = zones.head if zones.motto is None else zones.motto
    for number in range(first, min(zones.body + 1, len(zones.lines), zones.tail)):
        line = zones.lines[number]
        match = TYPE_LINE.match(line) or TYPE_LINE.match(line, _behind_date(line))
        if match and not OPERATIVE.match(line) and not line[match.end() :].lstrip().startswith((":", "/")):
            start = zones.starts[number]
            return _Type(names[" ".join(match[1].split())], start + match.start(1), start + match.end(1), number)
        if ADDRESSEE.match(line):
            return None
    return None


def _behind_date(line: str) -> int:
    dated = _dated(line, 0, len(line))
    return dated[0].end if dated else 0


def _number(text: str, start: int, stop: int) -> str | None:
    """Give the symbol behind "Số:", empty where a draft leaves the number blank, None where there is none."""
    for match in NUMBER.finditer(text, start, stop):
        if _is_cited(text, match):
            continue
        printed = match["number"].strip()
        if not printed[:1].isdigit():
            return ""
        return printed
    return None


def _is_cited(text: str, match: re.Match[str]) -> bool:
    """Tell the number of a cited document ("Căn cứ Nghị định số 63/2010/NĐ-CP") from that of a head.

    Before the latter stand on its line only capitals, the motto, dashes; a law's name stands before it with a colon.
    """
    if match[0][0] not in "Ss" and ":" not in match[0]:
        return True
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].rpartition("\t")[2]
    motto = MOTTO.search(before)
    before = before[motto.end() :] if motto else before
    if any(map(str.islower, MOTTO.sub(" ", before))):
        return True
    return bool(CITED.search(text, max(match.start() - CITED_REACH, 0), match.start()))


def _dated(text: str, start: int, end: int) -> tuple[DateMention, str | None] | None:
    """Find the date line's date and place: the first date with a place before it, else the first date."""
    plain = None
    for match in PLACE_DATE.finditer(text, start, end):
        date = date_at(text, match.start("date"))
        if date and match["place"]:
            return date, match["place"]
        if date and plain is None and not NUMBERED.search(text, max(start, match.start() - CITED_REACH), match.start()):
            plain = date
    return (plain, None) if plain else None


def _bodies(zones: Zones) -> tuple[str, ...]:
    """Collect the letterhead's capitals: above the national title, or beside it on its line."""
    if zones.motto is None:
        return ()
    found = [
        line
        for line in zones.lines[zones.head : zones.motto]
        if is_printed_in_capitals(line) and not NUMBER.search(line)
    ]
    for part in re.split(r"\t+|\s\|\s?", zones.lines[zones.motto]):
        for cell in re.split(r"\s{4,}", re.split(r"(?:^|\s)Số\b", part, maxsplit=1)[0]):
            match = MOTTO.search(cell)
            before = cell[: match.start()] if match else cell
            if before.strip() and is_printed_in_capitals(before):
                found.append(before)
    return tuple(found)


def _is_addressed(zones: Zones) -> bool:
    lines = zones.lines[zones.head : zones.head + DISPATCH_LINES]
    return any(ADDRESSEE.match(line) or "Kính gửi:" in line for line in lines)


def _subject(zones: Zones) -> tuple[int, int] | None:
    """Find a dispatch's subject ("V/v ..."), up to the date line or "Kính gửi"."""
    for number in range(zones.head, min(zones.head + DISPATCH_LINES, len(zones.lines))):
        line = zones.lines[number]
        if ADDRESSEE.match(line):
            return None
        symbol = NUMBER.search(line)
        match = SUBJECT.search(line, symbol.end() if symbol else 0)
        if match is None or not (symbol or match.start() == 0 or line[: match.start()].isspace()):
            continue
        start = zones.starts[number] + match.end()
        breaks = [found.start() for found in (PLACE_DATE.search(line, match.end()),) if found]
        breaks += [at for at in (line.find("Kính gửi", match.end()), line.find("\t", match.end())) if at >= 0]
        if breaks:
            return start, zones.starts[number] + len(line[: min(breaks)].rstrip(" ,"))
        last = number
        while last + 1 < min(number + SUBJECT_LINES, len(zones.lines)) and _continues(zones.lines[last + 1]):
            last += 1
        return start, zones.line_end(last)
    return None


def _continues(line: str) -> bool:
    """Tell whether a line carries a subject on: it opens with a small letter or a digit and is no date line."""
    opening = line.lstrip()
    return bool(opening) and (opening[0].islower() or opening[0].isdigit()) and not PLACE_DATE.match(opening)
