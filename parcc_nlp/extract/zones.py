"""Where the parts of a document lie: head, body, recipients and signature, what is attached, what a portal added.

The parts are those of Nghị định 30/2020/NĐ-CP (Điều 8; Phụ lục I, Phần I). Every offset is one of the *clean* text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parcc_nlp.extract.data_files import alternatives, document_types, read_lists
from parcc_nlp.extract.letters import CAPITALS, SMALL

__all__ = ["Zones", "document_end", "find_zones"]

HEAD_LINES = 80
LETTERHEAD_LINES = 9
ATTACHED_REACH = 12
RECIPIENT_LINES = 120
RECIPIENT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of one clean text.

    `lines` are the lines without line ends and `starts` their offsets; all other fields are numbers of lines:
    the letterhead begins at `head`, the body at `body`; the operative text ends before `closing` (recipients and
    signature), which ends before `after`; a portal's own words begin at `tail`. `motto` is the line of the national
    title or of the Party's name, None where the text has none.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    motto: int | None
    head: int
    body: int
    closing: int
    after: int
    tail: int
    attached: tuple[int, ...]

    def line_end(self, number: int) -> int:
        """Give the offset behind the last character of a line."""
        return self.starts[number] + len(self.lines[number])


TYPE_WORDS = alternatives(kind.doc_type.upper() for kind in document_types())
ATTACHED_WORDS = alternatives(kind.doc_type.upper() for kind in document_types() if kind.attached)

MOTTO = re.compile(
    r"C[ỘÔ]NG\s*H(?:ÒA|OÀ)\s*XÃ\s*HỘI\s*CHỦ\s*NGHĨA\s*VIỆT\s*NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|Độc\s*lập\s*[-–]\s*Tự\s*do\s*[-–]\s*Hạnh\s*phúc",
)
TYPE_LINE = re.compile(rf"\s*({TYPE_WORDS})(?=$|[\s:*([“\"]|[{CAPITALS}])")
ATTACHED_LINE = re.compile(rf"\s*({ATTACHED_WORDS})(?=$|[\s:*(\[])")
ISSUED_WITH = re.compile(
    r"\s*[(\[]?\s*(?:Được\s+)?(?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\s|\s*\(\s*[Bb]an\s+hành\s+(?:theo|tại)\s"
)
FIRST_UNIT = re.compile(
    r"\s*(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*(?:[.:]|$)|(?:Chương|CHƯƠNG)\s+(?:[IVXL]+|\d+)\b|(?:Phần|PHẦN)\s+(?:[IVX]+\b|thứ|THỨ|MỞ)"
    r"|[IVX]{1,5}\s*(?:[.)]|/\s)|[A-H]\s*\.\s|\d{1,2}\s*\.\s|1\.\S)",
)
OPERATIVE = re.compile(r"\s*(?:QUYẾT\s+ĐỊNH|QUYẾT\s+NGHỊ|CHỈ\s+THỊ|NGHỊ\s+ĐỊNH|THÔNG\s+BÁO|CÔNG\s+BỐ)\s*:\s*$")
RECIPIENTS = re.compile(r"[\s_*]*(?:Nơi\s+nhận|NƠI\s+NHẬN|Nơi\s+gửi)[\s_*]*(?::|$)")
LIST_LINE = re.compile(r"\s*[-–•+*]\s*\S|\s*$")


OWN_NUMBER = re.compile(r"\s*Số\s*:")
CONSOLIDATED = r"XÁC\s+THỰC\s+VĂN\s+BẢN\s+HỢP\s+NHẤT"


def _signature_opening() -> re.Pattern[str]:
    words = read_lists("signature.yaml")
    authority = "|".join(re.escape(word) for word in words["authority"])
    titles = alternatives(title.upper() for title in words["titles"])
    return re.compile(
        rf"\s*(?:{CONSOLIDATED}\s*)?(?:(?:{authority})\s*[./]\s*[{CAPITALS}]|(?:TM|T/M|KT|K/T)\s+[{CAPITALS}]|(?:{words['deputy'].upper()}\s+)?(?:{titles})\b)"
    )


SIGNATURE = _signature_opening()
CLOSING_LETTERS = frozenset(
    " \t_*NX"
    + "".join(word[0].upper() for words in ("titles", "authority") for word in read_lists("signature.yaml")[words])
    + read_lists("signature.yaml")["deputy"][0]
)
ADDRESSEE = re.compile(r"\s*K[íi]nh\s+gửi\s*:?")
ADDRESSED = re.compile(r"\s*(?:K[íi]nh\s+gửi|.{0,60}\bđiện\s*:\s*$)")
BASES = re.compile(rf"\s*-?\s*(?:{alternatives(read_lists('letterhead.yaml')['openers'])})\b")


def is_printed_in_capitals(line: str) -> bool:
    """Tell whether a line has letters and no small one, numbers and symbols like "NĐ-CP" aside."""
    return line.upper() == line and line.lower() != line


def _portal_tail(lines: list[str]) -> int:
    """Give the number of the first line that a portal wrote behind the document."""
    openings = tuple(read_lists("portal.yaml")["after"])
    return next((number for number, line in enumerate(lines) if line.startswith(openings)), len(lines))


def _motto(lines: list[str], last: int) -> int | None:
    """Give the line of the national title; one behind the first article belongs to a form."""
    for number in range(last):
        if MOTTO.search(lines[number]):
            return number
        if lines[number].startswith(("Điều 1.", "Điều 1:", "Điều 2.")):
            return None
    return None


def _head(lines: list[str], motto: int | None, last: int) -> int:
    """Give the line where the letterhead begins: capitals above the national title, behind a portal's box."""
    labels = tuple(read_lists("portal.yaml")["fields"])
    words = tuple(read_lists("portal.yaml")["before"])
    box = max((number for number in range(last) if lines[number].rstrip().endswith(labels)), default=None)
    after_box = 0 if box is None else min(box + 2, len(lines))
    while after_box < last and lines[after_box].lstrip().startswith(words):
        after_box += 1
    if motto is None or motto < after_box:
        return after_box
    lines_above = range(max(after_box, motto - LETTERHEAD_LINES), motto)
    opens = (
        number for number in lines_above if is_printed_in_capitals(lines[number]) or OWN_NUMBER.match(lines[number])
    )
    return next(opens, motto)


def _closing(lines: list[str], first: int, tail: int) -> int:
    """Give the line of the recipients or the signature, whichever comes first behind the head."""
    for number in range(first + 1, tail):
        line = lines[number]
        if not line or line[0] not in CLOSING_LETTERS:
            continue
        if RECIPIENTS.match(line):
            return number
        if SIGNATURE.match(line) and _is_signature(lines, number, tail):
            return number
    return tail


def _is_signature(lines: list[str], number: int, tail: int) -> bool:
    """Tell a signature from a line of capitals that only begins like one: a name or "(Đã ký)" follows."""
    for line in lines[number : min(number + 8, tail)]:
        capitals, name = split_name(line)
        if name or re.match(r"\s*\(\s*[Đđ]ã\s+ký|\s*\([Kk]ý", line):
            return True
        if line.strip() and not capitals:
            return False
    return False


SYLLABLE = rf"[{CAPITALS}][{SMALL}]*(?:[-’'][{CAPITALS}][{SMALL}]*)?"
DEGREES = alternatives(read_lists("signature.yaml")["degrees"])
NAME = re.compile(rf"(?:^|(?<=\s)|(?<=\)))(?:(?:{DEGREES})[.,]?\s*)*({SYLLABLE}(?:\s+{SYLLABLE}){{1,5}})[\s_*.]*$")
SIGNED = re.compile(r"\(?\s*(?:[Đđ]ã\s+ký|[Kk]ý)\s*\)?|\((?:[^()]{0,60})\)|__+|\*+")


def split_name(line: str) -> tuple[str, str]:
    """Split a line of a signature block into its capitals and the name behind them, either possibly empty."""
    line = SIGNED.sub(" ", line)
    words = line.split()
    at = len(words)
    while at and words[at - 1].strip(".,") and not (len(words[at - 1]) > 1 and words[at - 1].isupper()):
        at -= 1
    capitals, rest = " ".join(words[:at]), " ".join(words[at:])
    if capitals and not is_printed_in_capitals(capitals):
        return "", ""
    found = NAME.match(rest) if rest else None
    if rest and not found:
        return "", ""
    return capitals, found[1] if found else ""


def find_zones(text: str) -> Zones:
    """Find the parts of a clean text.

    Parameters
    ----------
    text
        The text of `NormalisedText.text`.

    Returns
    -------
    Zones
        Line numbers of the parts; parts that the text lacks are empty, never an error.

    Examples
    --------
    >>> zones = find_zones("Số: 5/2020/TT-BXD\\nĐiều 1. Phạm vi\\nThông tư này quy định.\\nBỘ TRƯỞNG\\nTrần Văn A")
    >>> zones.body, zones.closing
    (1, 3)
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    tail = _portal_tail(lines)
    last = min(HEAD_LINES, tail)
    motto = _motto(lines, last)
    head = _head(lines, motto, last)
    body = next((number for number in range(head, tail) if FIRST_UNIT.match(lines[number]) and number != motto), None)
    if body is None or body > head + HEAD_LINES * 2:
        body = min(head + (4 if motto is None else 8), tail)
    closing = _closing(lines, head if motto is None else motto, tail)
    body = min(body, closing)
    attached = _attachments(lines, body, tail)
    closing = min(closing, attached[0]) if attached else closing
    after = _after_closing(lines, closing, attached[0] if attached and attached[0] > closing else tail)
    attached = tuple(number for number in attached if number >= closing)
    return Zones(tuple(lines), tuple(starts[:-1]), motto, head, body, closing, after, tail, attached)


def _after_closing(lines: list[str], closing: int, stop: int) -> int:
    """Give the line behind recipients and signature."""
    number = closing
    listed = False
    while number < min(stop, closing + RECIPIENT_LINES):
        line = lines[number]
        if RECIPIENTS.match(line):
            listed = True
        elif not (listed and (LIST_LINE.match(line) or _goes_on(lines, number, stop))) and not _signs(line):
            break
        number += 1
    return number


def _signs(line: str) -> bool:
    """Tell a line of a signature block."""
    return not line.strip() or bool(SIGNATURE.match(line) or any(split_name(line)) or SIGNED.match(line))


def _goes_on(lines: list[str], number: int, stop: int) -> bool:
    """Tell a recipient's second line, as pdf pages break it: the list or the signature follows at once."""
    line = lines[number]
    if len(line) > RECIPIENT_LENGTH or TYPE_LINE.match(line) or FIRST_UNIT.match(line):
        return False
    following = lines[number + 1 : min(number + 3, stop)]
    return any(re.match(r"\s*[-–•]\s*\S", line) or SIGNATURE.match(line) for line in following)


def _attachments(lines: list[str], body: int, tail: int) -> tuple[int, ...]:
    """Give the lines with the type of a document issued with this one: "(Ban hành kèm theo ...)" follows soon."""
    found: list[int] = []
    for number in range(body + 1, tail):
        line = lines[number]
        if line[:1] in "( [" and ISSUED_WITH.match(line):
            back = range(number - 1, max(number - ATTACHED_REACH, body), -1)
            kind = next((at for at in back if ATTACHED_LINE.match(lines[at])), None)
            if kind is not None and (not found or kind > found[-1]):
                found.append(kind)
    return tuple(found)


def document_end(text: str) -> int:
    """Give the offset in a clean text from which on a portal speaks, or the length of the text.

    Examples
    --------
    >>> document_end("CHỦ TỊCH Trần Văn A\\nFile gốc của Quyết định đang được cập nhật.")
    20
    """
    zones = find_zones(text)
    return zones.starts[zones.tail] if zones.tail < len(zones.lines) else len(text)
