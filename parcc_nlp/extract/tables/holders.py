"""Who stands in a cell: agencies one by one, with the role the column gives them or the cell itself.

A cell lists agencies by lines, bullets, semicolons, or commas and "và" before the next name that is known as one. What
is no known agency stays as written: the column says that it is a holder.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from parcc_nlp.extract.agencies import find_agencies
from parcc_nlp.extract.data_files import alternatives, read_lists
from parcc_nlp.text.normalise import NormalisedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.extract.tables.headings import Role
    from parcc_nlp.model import AgencyMention, Metadata

__all__ = ["Held", "begins_with_agency", "is_blank", "is_ditto", "read_holders"]

BULLET = re.compile(r"\s*(?:[-+•*–●▪]|\(?\d{1,2}[.)]|[a-zđ]\))\s*(?=\w)")
LINE_OR_SEMICOLON = re.compile(r";|\n")
TRIMMED = " \t\n.,;:-–+*•●▪/"
CONNECTOR = re.compile(r"(?:\s*(?:,|;|/|&|\bvà\b|\bvới\b|\bcùng\b|\bhoặc\b))+\s*$|\s+$")
# A name that needs more: the line break behind it is inside the name.
HEADS = (
    r"(?:văn phòng|ban|trung tâm|lãnh đạo|giám đốc|thủ trưởng|chủ tịch|phòng|chi cục|hội|sở|bộ|cục|vụ|viện|trường"
    r"|ủy ban|uỷ ban|hội đồng|công an|tòa án|đoàn|liên đoàn|ban chỉ đạo|ban quản lý|ubnd|hđnd|các)"
)
OPEN_END = re.compile(rf"(?:(?:^|,\s*|(?<!\w)và\s+)(?:{HEADS}\s+)*{HEADS}|(?<!\w)(?:và|của|thuộc|với)|[-–,])$")
LOST_BREAK = re.compile(r"(?P<before>\w+)\s(?P<head>Sở|Bộ|UBND)\s(?=[A-ZĐ])")
JOINING = frozenset({"và", "với", "của", "thuộc", "cùng", "hoặc", "do", "qua", "cho"})
FIRST_LETTER_SMALL = re.compile(r"\s*[a-zà-ỹđ]")
BRACKETED_ROLE = re.compile(r"\(\s*(?:là\s+)?(?P<role>[^()]{4,30}?)\s*\)")
NOT_A_NAME = re.compile(r"[\W\d_]*")


class Held(NamedTuple):
    """An agency in a cell: its place there, its name on one line, its role if the cell names one, its identity."""

    start: int
    end: int
    agency: str
    role: Role | None
    agency_id: str | None


class _Part(NamedTuple):
    """A stretch of a cell that names agencies of one role."""

    start: int
    end: int
    role: Role | None


_Mark: TypeAlias = "tuple[int, int, Role]"
"""A role word: where it begins, where it ends, which role it gives."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = read_lists("table_headings.yaml")
    return {key: frozenset(map(str, data[key])) for key in ("blank", "ditto")}


@cache
def _cell_roles() -> tuple[re.Pattern[str], dict[str, Role]]:
    roles = {
        str(phrase): role
        for role, phrases in read_lists("table_headings.yaml")["cell_roles"].items()
        for phrase in phrases
    }
    return re.compile(rf"(?<!\w)(?:{alternatives(roles)})(?!\w)"), roles


def is_blank(text: str) -> bool:
    """Whether a cell says nothing ("-", "…", "không").

    Examples
    --------
    >>> is_blank(" - "), is_blank("Sở Nội vụ")
    (True, False)
    """
    word = text.strip().lower()
    return not word or word in _lists()["blank"] or not word.strip("._…- ")


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above" ("-nt-", "như trên").

    Examples
    --------
    >>> is_ditto("-nt-"), is_ditto("Như trên"), is_ditto("-")
    (True, True, False)
    """
    return text.strip().lower() in _lists()["ditto"]


def begins_with_agency(text: str) -> bool:
    """Whether a cell begins with an agency that is known as one.

    Examples
    --------
    >>> begins_with_agency("Sở Nội vụ và các đơn vị liên quan"), begins_with_agency("Quyết định của Sở Nội vụ")
    (True, False)
    """
    bullet = BULLET.match(text)
    mentions = _mentions(text[bullet.end() :] if bullet else text.lstrip())
    return bool(mentions) and mentions[0].start == 0


def read_holders(text: str, *, metadata: Metadata | None = None) -> tuple[Held, ...]:
    """Read the agencies of a cell.

    Parameters
    ----------
    text
        The clean text of the cell; places are offsets into it.
    metadata
        What the document says of itself, for the identity of agencies of its province.

    Returns
    -------
    tuple of Held
        In the order of the cell; a collective is one.

    Examples
    --------
    >>> [held.agency for held in read_holders("Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh;\\nCác sở, ban, ngành")]
    ['Sở Văn hóa, Thể thao và Du lịch', 'Công an tỉnh', 'Các sở, ban, ngành']
    >>> [(held.agency, held.role) for held in read_holders("Chủ trì: Sở Nội vụ\\nPhối hợp: Sở Tài chính")]
    [('Sở Nội vụ', 'lead'), ('Sở Tài chính', 'coordinate')]
    """
    found: list[Held] = []
    role: Role | None = None
    words, roles = _cell_roles()
    for start, end in _parts(text):
        label = words.fullmatch(text[start:end].lower())
        if label:
            role = roles[label[0]]
            continue
        for part in _by_roles(text, start, end):
            # A label ("Phối hợp:") holds for the lines below it that name no role themselves.
            role = part.role or (role if (part.start, part.end) == (start, end) else None)
            found += _named(text, part._replace(role=role), metadata)
    return tuple(found)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Divide a cell at semicolons and at line breaks that end a name; give parts without bullets and white space."""
    start = 0
    for mark in LINE_OR_SEMICOLON.finditer(text):
        if mark[0] == "\n" and not _ends_a_name(text, start, mark.start(), mark.end()):
            continue
        for part in _trimmed(text, start, mark.start()):
            yield from _one_head_each(text, *part)
        start = mark.end()
    for part in _trimmed(text, start, len(text)):
        yield from _one_head_each(text, *part)


def _one_head_each(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Divide "Sở A Sở B", whose line break was lost: no department stands inside another one."""
    first = text[start:end].split(maxsplit=1)[0]
    for mark in LOST_BREAK.finditer(text, start, end):
        if mark["head"] == first and mark["before"].lower() not in JOINING:
            yield start, mark.end("before")
            start = mark.start("head")
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bullet = BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    while start < end and text[start] in TRIMMED:
        start += 1
    while end > start and text[end - 1] in TRIMMED:
        end -= 1
    if start < end and not NOT_A_NAME.fullmatch(text, start, end):
        yield start, end


def _ends_a_name(text: str, start: int, end: int, after: int) -> bool:
    """Whether the line before a break is a whole name and the line after begins another one."""
    bullet = BULLET.match(text, start, end)
    before = text[bullet.end() if bullet else start : end].strip().lower()
    if not before:
        return False
    if BULLET.match(text, after):
        return True
    if OPEN_END.search(before) or before.count("(") > before.count(")"):
        return False
    if FIRST_LETTER_SMALL.match(text, after):
        small = text[after : after + 60].lstrip()
        return bool(_mentions(small)) and _mentions(small)[0].start == 0 and not before.endswith(("ban", "ngành"))
    line = text[after : (text.find("\n", after) + len(text) + 1) % (len(text) + 1)]
    mentions = _mentions(line.strip())
    role = _cell_roles()[0].match(line.strip().lower())
    return bool(role) or (bool(mentions) and mentions[0].start == 0)


def _mentions(text: str, metadata: Metadata | None = None) -> tuple[AgencyMention, ...]:
    flat = text.replace("\n", " ").replace("\t", " ")
    return find_agencies(NormalisedText(flat, flat), metadata=metadata)


def _by_roles(text: str, start: int, end: int) -> Iterator[_Part]:
    """Divide a part at role words of its own ("Chủ trì: A", "A (chủ trì), B", "A chủ trì, phối hợp với B")."""
    words, roles = _cell_roles()
    low = text.lower() if len(text.lower()) == len(text) else text
    marks = [(mark.start(), mark.end(), roles[mark[0]]) for mark in words.finditer(low, start, end)]
    labels = [mark for mark in marks if low[mark[1] : mark[1] + 2].lstrip().startswith(":")]
    bracketed = [
        (mark.start(), mark.end(), roles[" ".join(mark["role"].split())])
        for mark in BRACKETED_ROLE.finditer(low, start, end)
        if " ".join(mark["role"].split()) in roles
    ]
    if labels:
        yield from _labelled(text, start, end, labels)
    elif bracketed:
        yield from _followed_by_role(text, start, end, bracketed)
    else:
        yield from _spoken(text, start, end, marks)


def _labelled(text: str, start: int, end: int, labels: list[_Mark]) -> Iterator[_Part]:
    """Read "Chủ trì: A, phối hợp: B": a label gives the role of what follows it."""
    yield from _piece(text, start, labels[0][0], None)
    for at, (_, behind, role) in enumerate(labels):
        stop = labels[at + 1][0] if at + 1 < len(labels) else end
        yield from _piece(text, behind, stop, role)


def _followed_by_role(text: str, start: int, end: int, marks: list[_Mark]) -> Iterator[_Part]:
    """Read "A (chủ trì), B (phối hợp)": a role in brackets is that of what stands before it."""
    for before, behind, role in marks:
        yield from _piece(text, start, before, role)
        start = behind
    yield from _piece(text, start, end, None)


def _spoken(text: str, start: int, end: int, marks: list[_Mark]) -> Iterator[_Part]:
    """Read "A chủ trì, phối hợp với B": who stands before leads, who stands behind coordinates."""
    leads = next((mark for mark in marks if mark[2] == "lead"), None)
    helps = next((mark for mark in marks if mark[2] == "coordinate"), None)
    if leads is None and helps is None:
        does = next((mark for mark in marks if mark[0] > start), None)
        yield from _piece(text, start, does[0] if does else end, "implement" if does else None)
        return
    if leads is not None:
        stop = helps[0] if helps is not None and helps[0] > leads[0] else end
        yield from _piece(text, start, leads[0], "lead")
        if leads[0] == start:
            yield from _piece(text, leads[1], stop, "lead")
    elif helps is not None:
        alone = not text[helps[1] : end].strip(TRIMMED)
        yield from _piece(text, start, helps[0], "coordinate" if alone else None)
    if helps is not None:
        yield from _piece(text, helps[1], end, "coordinate")


def _piece(text: str, start: int, end: int, role: Role | None) -> Iterator[_Part]:
    for begin, stop in _trimmed(text, start, end):
        yield _Part(begin, stop, role)


def _named(text: str, part: _Part, metadata: Metadata | None) -> Iterator[Held]:
    """Give the agencies of a part: one for each known name, each with what stands behind it up to the next."""
    whole = text[part.start : part.end]
    mentions = [mention for mention in _mentions(whole, metadata) if _begins(whole, mention)]
    if not mentions:
        yield _held(text, part)
        return
    for at, mention in enumerate(mentions):
        begin = part.start + mention.start if at or not mention.start else part.start
        stop, known = part.end, part.start + mention.end
        if at + 1 < len(mentions):
            stop = part.start + mentions[at + 1].start
            connector = CONNECTOR.search(text, known, stop)
            stop = connector.start() if connector else stop
        if _shares_a_head(whole, mention, metadata):
            yield Held(begin, known, mention.name, part.role, mention.agency_id)
        else:
            agency_id = mention.agency_id if begin == part.start + mention.start else None
            yield _held(text, _Part(begin, stop, part.role), agency_id=agency_id, known=known)


def _begins(whole: str, mention: AgencyMention) -> bool:
    """Whether an agency begins an entry of its own: nothing but a connector between it and what stands before."""
    if mention.start == 0:
        return True
    before = whole[: mention.start].rstrip()
    return before.endswith((",", ";", "/", "&", ":")) or before.lower().endswith((" và", " với", " cùng", " hoặc"))


def _shares_a_head(whole: str, mention: AgencyMention, metadata: Metadata | None) -> bool:
    """Whether a name takes its head from before: of "các Sở: Tài chính, Tư pháp" the second is Sở Tư pháp."""
    printed = whole[mention.start : mention.end]
    first = mention.name.split()[0].lower() if mention.name else ""
    if ":" in printed or printed.lower().startswith(first):
        return ":" in printed
    alone = _mentions(printed, metadata)
    return not (alone and alone[0].start == 0)


@cache
def _duties() -> re.Pattern[str]:
    return re.compile(rf"[\s,]+(?:{alternatives(map(str, read_lists('table_headings.yaml')['duties']))})(?!\w)")


def _held(text: str, part: _Part, *, agency_id: str | None = None, known: int = 0) -> Held:
    """Give what stands at a place as an agency; what it is to do, written behind its known name, is left out."""
    duty = _duties().search(text, known, part.end) if known else None
    end = duty.start() if duty else part.end
    start, end = next(iter(_trimmed(text, part.start, end)), (part.start, end))
    return Held(start, end, " ".join(text[start:end].split()), part.role, agency_id)
