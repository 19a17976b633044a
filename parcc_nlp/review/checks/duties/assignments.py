"""The tasks of a document as these rules read them: who leads, who helps, in a sentence, in labelled lines, in a row.

A task is a sentence with its bodies, a row of a table, or a run of labelled lines ("Đơn vị chủ trì: ...", "Đơn vị phối
hợp: ...", "Thời gian thực hiện: ...") with the paragraph above that says what is to be done.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.duties.wording import label_patterns, opens_with, phrases, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.model import AgencyMention, Extraction, Responsibility, TaskRow
    from parcc_nlp.review.context import RuleContext

__all__ = [
    "Assignments",
    "Block",
    "Body",
    "Labelled",
    "Row",
    "Stated",
    "is_of_law",
    "listed",
    "read_assignments",
    "said",
]

_LABEL_REACH = 90
_OPENING = re.compile(r"[ \t]*(?:(?:[-–+*•▪●]|\(?\w{1,4}[.)]|\w{1,3}(?:\.\d{1,2}){1,3}\.?)[ \t]*)?")
_GENERAL = (
    r"(?:sở|bộ|ban|ngành|cơ quan(?: ngang bộ| thuộc chính phủ| chuyên môn)?|đơn vị|tổ chức|đoàn thể|địa phương|cấp)"
)
_EVERYBODY = re.compile(
    rf"(?:tất cả |toàn thể )?(?:(?:thủ trưởng|lãnh đạo|giám đốc|người đứng đầu) )?(?:các |những )?{_GENERAL}"
    rf"(?:(?:,| -|;|/| và){{1,2}} ?(?:các )?{_GENERAL}){{0,12}}"
    r"(?: (?:có liên quan|liên quan|cấp tỉnh|cấp huyện|cấp thành phố|của tỉnh|của thành phố|thành phố|tỉnh"
    r"|thuộc tỉnh|thuộc thành phố|thuộc ubnd (?:tỉnh|thành phố)|trực thuộc|trên địa bàn(?: tỉnh| thành phố)?"
    r"|trung ương|khác)){0,4}",
    re.IGNORECASE,
)
_TERRITORIAL_ONLY = re.compile(r"(?:các |những )?(?:địa phương|cấp)\b[^,;]*", re.IGNORECASE)
_PART = re.compile(r"(?:phòng|bộ phận|chi cục|chi nhánh|đội|tổ|văn phòng đăng ký)(?!\w)", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:\([^()\n]*\)\s*)?(?:,|;|/|\bvà\b|\bcùng(?:\s+với)?\b)[\s,;]*(?:(?:và|các|-)\s+)?", re.IGNORECASE
)
_NEAR = 160
_LONGEST = 600
_CONSOLIDATED = "Văn bản hợp nhất"
_PLURAL = re.compile(r"(?:tất cả |toàn thể )?(?:các|những|cấp|một số)(?!\w)", re.IGNORECASE)


class Body(NamedTuple):
    """A body that has a part in a task, and the place of its name."""

    name: str
    role: str
    start: int
    end: int
    key: str
    """What two names of one body have in common: its identity, or the name itself."""
    collective: bool

    @property
    def is_everybody(self) -> bool:
        """Whether it is a collective that holds nobody to the task, not those of one area or kind ("UBND cấp xã")."""
        return bool(self.collective and _EVERYBODY.fullmatch(self.name) and not _TERRITORIAL_ONLY.fullmatch(self.name))

    @property
    def is_outside(self) -> bool:
        """Whether it is no part of the administration: it can only be asked to help."""
        return bool(opens_with("outside").match(_core(self.name)) or spoken("outside_anywhere").search(self.name))

    @property
    def is_by_office(self) -> bool:
        """Whether it is named by its part in a procedure ("cơ quan chủ trì")."""
        return opens_with("by_office").match(_core(self.name)) is not None


class Stated(NamedTuple):
    """What one sentence, or one labelled line, says: its words from the verb on, and the bodies it gives a part."""

    start: int
    end: int
    bodies: tuple[Body, ...]
    deadline: str | None
    recurrence: str | None
    line: int
    """Offset of the line it stands in."""

    def of(self, *roles: str) -> tuple[Body, ...]:
        """Give the bodies of some roles."""
        return tuple(body for body in self.bodies if body.role in roles)


class Labelled(NamedTuple):
    """A labelled line: which part of the task it tells, where it begins, where its content stands."""

    part: str
    start: int
    content: int
    end: int


class Block(NamedTuple):
    """A run of labelled lines about one task, what they state, and the paragraph above that tells the task."""

    lines: tuple[Labelled, ...]
    stated: tuple[Stated, ...]
    told: tuple[int, int]

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the task that the labels name."""
        return frozenset(line.part for line in self.lines)

    def of(self, *roles: str) -> tuple[Body, ...]:
        """Give the bodies of some roles."""
        return tuple(body for stated in self.stated for body in stated.of(*roles))


class Row(NamedTuple):
    """A row of a table of tasks."""

    row: TaskRow
    bodies: tuple[Body, ...]

    @property
    def start(self) -> int:
        """Where its task begins."""
        return self.row.task_span.start if self.row.task_span else self.row.start

    @property
    def end(self) -> int:
        """Where its task ends."""
        return self.row.task_span.end if self.row.task_span else self.row.end

    def of(self, *roles: str) -> tuple[Body, ...]:
        """Give the bodies of some roles."""
        return tuple(body for body in self.bodies if body.role in roles)


@dataclass(frozen=True, slots=True)
class Assignments:
    """All tasks of a document."""

    sentences: tuple[Stated, ...]
    blocks: tuple[Block, ...]
    rows: tuple[Row, ...]


def is_of_law(context: RuleContext) -> bool:
    """Tell a normative document: it gives standing powers, each body in its own field, no tasks."""
    about = context.extraction.metadata
    return about.normative is True or about.doc_type == _CONSOLIDATED


def read_assignments(context: RuleContext) -> Assignments:
    """Read the tasks of a document in time linear in its length; what it quotes from another one is left out.

    The six rules of this family ask for the same document one after the other: it is read once.
    """
    return context.remembered(_read)


def _read(context: RuleContext) -> Assignments:
    """Read the tasks of a document."""
    names = _Names(context.extraction.agencies)
    quoted = [part for part in context.extraction.parts if part.kind == "quoted"]
    starts = [part.start for part in quoted]

    def is_quoted(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number >= 0 and at < quoted[number].end

    stated = [one for one in _stated(context, names) if not is_quoted(one.start)]
    blocks = tuple(block for block in _blocks(context, stated) if not is_quoted(block.lines[0].start))
    inside = {id(one) for block in blocks for one in block.stated}
    return Assignments(
        sentences=tuple(one for one in stated if id(one) not in inside),
        blocks=blocks,
        rows=tuple(_row(row, names) for row in context.extraction.tasks),
    )


def listed(text: str, bodies: Sequence[Body]) -> tuple[Body, ...]:
    """Give the named bodies that stand in one list; "Sở A - Cơ quan thường trực" and "Sở A (Phòng B)" name one body."""
    found: list[Body] = []
    for body in sorted((body for body in bodies if body.start < body.end), key=_by_place):
        if not found or _JOINED.fullmatch(text, found[-1].end, body.start) or _goes_on(text, found[-1], body):
            found.append(body)
    named = tuple(body for body in found if not body.collective)
    whole = tuple(body for body in named if not _PART.match(body.name))
    return whole or named  # "Sở A; Phòng B": the room is one of the department


def said(text: str, stated: Stated, bodies: Iterable[Body]) -> str:
    """Give the words of a task from the sentence that names its bodies on."""
    first = min([stated.start, *(body.start for body in bodies if body.start >= stated.line)])
    begin = max(stated.line, first - _LONGEST)
    stop = text.rfind(". ", begin, first)
    return text[(stop if stop >= 0 else begin) : stated.end]


def _goes_on(text: str, one: Body, other: Body) -> bool:
    """Tell a list that goes on behind a body that was not recognised."""
    between = text[one.end : other.start]
    return len(between) <= _NEAR and between[:1] in ",;" and "(" not in between and "\n" not in between


class _Names:
    """The agencies that the text names, by name and place."""

    def __init__(self, mentions: Iterable[AgencyMention]) -> None:
        self.by_name: dict[str, tuple[list[int], list[AgencyMention]]] = {}
        self.found = sorted(mentions, key=_by_start)
        self.starts = [mention.start for mention in self.found]
        for mention in self.found:
            starts, found = self.by_name.setdefault(mention.name.lower(), ([], []))
            starts.append(mention.start)
            found.append(mention)

    def before(self, name: str, at: int) -> AgencyMention | None:
        """Give the last mention of a name before an offset."""
        starts, found = self.by_name.get(name.lower(), ([], []))
        number = bisect_left(starts, at) - 1
        return found[number] if number >= 0 else None

    def within(self, name: str, start: int, end: int) -> AgencyMention | None:
        """Give the first mention of a name in a stretch."""
        starts, found = self.by_name.get(name.lower(), ([], []))
        number = bisect_left(starts, start)
        return found[number] if number < len(starts) and starts[number] < end else None

    def opening(self, name: str, start: int, end: int) -> AgencyMention | None:
        """Give the mention in a stretch that a longer name begins with: "các sở quản lý quy hoạch"."""
        low = name.lower()
        return next(
            (
                mention
                for mention in self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
                if low.startswith(mention.name.lower())
            ),
            None,
        )

    def is_collective(self, name: str) -> bool:
        """Tell whether a name is that of several bodies."""
        _, found = self.by_name.get(name.lower(), ([], []))
        return found[0].collective if found else _PLURAL.match(name) is not None


def _stated(context: RuleContext, names: _Names) -> Iterator[Stated]:
    """Put together what the same words give to several bodies."""
    together: dict[tuple[int, int], list[Responsibility]] = {}
    for one in context.extraction.responsibilities:
        if one.origin == "prose":
            together.setdefault((one.start, one.end), []).append(one)
    for (start, end), ones in together.items():
        line, _ = context.places.line_span(start)
        yield Stated(
            start=start,
            end=end,
            bodies=tuple(_body(one, names, line) for one in ones),
            deadline=next((one.deadline for one in ones if one.deadline), None),
            recurrence=next((one.recurrence for one in ones if one.recurrence), None),
            line=line,
        )


def _body(one: Responsibility, names: _Names, line: int) -> Body:
    """Find the place where a body is named: those who do it before their verb, those who help behind it."""
    inside = names.within(one.agency, one.start, one.end)
    before = names.before(one.agency, one.start)
    if one.role in {"lead", "implement"}:
        same_line = before is not None and before.start >= line
        place = before if same_line or inside is None else inside
    else:
        place = inside or before
    place = place or names.opening(one.agency, line, one.end)
    collective = place.collective if place is not None else names.is_collective(one.agency)
    collective = collective or _folded(one.agency) in phrases("generic")
    start, end = (place.start, place.end) if place is not None else (line, line)
    return Body(one.agency, one.role, start, end, one.agency_id or _folded(one.agency), collective)


def _row(row: TaskRow, names: _Names) -> Row:
    """Give a row with its bodies."""
    return Row(
        row,
        tuple(
            Body(
                holder.agency,
                holder.role,
                holder.start,
                holder.end,
                holder.agency_id or _folded(holder.agency),
                (holder.agency_id is None and names.is_collective(holder.agency))
                or _folded(holder.agency) in phrases("generic"),
            )
            for holder in row.holders
        ),
    )


def _blocks(context: RuleContext, stated: Sequence[Stated]) -> Iterator[Block]:
    """Give the runs of labelled lines, each with the last paragraph before it."""
    by_line: dict[int, list[Stated]] = {}
    for one in stated:
        by_line.setdefault(one.line, []).append(one)
    run: list[Labelled] = []
    told = above = (0, 0)
    for start, end in _lines(context.extraction):
        label = _label(context.extraction.text, start, end)
        if label is None or _is_repeated(label, run):
            if run:
                yield _block(run, by_line, told)
            run = []
        if label is None:
            above = (start, end)
            continue
        if not run:
            told = above
        run.append(label)
    if run:
        yield _block(run, by_line, told)


def _block(run: list[Labelled], by_line: dict[int, list[Stated]], told: tuple[int, int]) -> Block:
    stated = (one for line in run for one in by_line.get(line.start, ()))
    return Block(tuple(run), tuple(stated), told)


def _is_repeated(label: Labelled, run: list[Labelled]) -> bool:
    """Tell a label that begins the lines of another task: the last line of its part is not the one before."""
    return bool(run) and run[-1].part != label.part and any(line.part == label.part for line in run)


def _lines(extraction: Extraction) -> Iterator[tuple[int, int]]:
    """Give the lines that are not blank."""
    text, start = extraction.text, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            yield start, end
        start = end + 1


def _label(text: str, start: int, end: int) -> Labelled | None:
    """Read the label of a line; a colon must come soon."""
    if text.find(":", start, min(end, start + _LABEL_REACH)) < 0:
        return None
    opening = _OPENING.match(text, start, end)
    at = opening.end() if opening else start
    for part, pattern in label_patterns():
        match = pattern.match(text, at, end)
        if match is not None:
            return Labelled(part, start, match.end(), end)
    return None


def _core(name: str) -> str:
    """Take off what stands before the name of a body proper: its head, its plural."""
    return re.sub(
        r"^(?:(?:các|những|thủ trưởng|lãnh đạo|giám đốc|người đứng đầu|ban thường vụ|ủy ban|uỷ ban|chủ tịch)\s+)+",
        "",
        name.strip().lower(),
    )


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _by_place(body: Body) -> int:
    return body.start


def _by_start(mention: AgencyMention) -> int:
    return mention.start
