"""What stands over and around the targets of a document: headings, the lines they stand on, the time of the plan."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.targets.lexicon import any_of, opening_with, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Extraction, Metadata, Section, Target
    from parcc_nlp.review.places import Places

__all__ = ["Over", "Row", "Surroundings", "horizon", "plain", "promises", "shown", "title_years"]

TIME = re.compile(
    r"(?<!\w)(?:năm\s+20\d\d|(?:19|20)\d\d\s*[-–]\s*20\d\d|(?:\d{1,2}\s*[/.-]\s*)?\d{1,2}\s*[/.-]\s*20\d\d|20\d\d"
    r"|quý\s+(?:[ivx]+|\d)|tháng\s+\d{1,2}|ngày\s+\d{1,2}|giai\s+đoạn|nhiệm\s+kỳ|năm\s+học|cuối\s+năm|trong\s+năm)(?!\w)"
)
YEAR = re.compile(r"(?<![\d/.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
TITLE_DATE = re.compile(
    r"(?:ngày\s+)?\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|năm)\s*20\d\d|tháng\s+\d{1,2}\s+năm\s+20\d\d"
)
TITLE_NUMBER = re.compile(r"\d+/20\d\d/[\w-]+")
GOALS_BY = re.compile(r"(?:mục\s+tiêu|chỉ\s+tiêu)[^\n]{0,60}?(?:năm|giai\s+đoạn)\s+20\d\d")
CELL_TIME = re.compile(
    r"[\s(]*(?:(?:trước|đến|từ|trong|hết|cuối|đầu)\s+)*(?:(?:ngày|tháng|quý|năm|giai\s+đoạn)\s+)*(?:[ivx]{1,3}|\d{1,4})"
    r"(?:\s*[/.–-]\s*(?:[ivx]{1,3}|\d{1,4})|\s+(?:tháng|quý|năm|đến)\s+(?:năm\s+)?(?:[ivx]{1,3}|\d{1,4}))*[\s).]*"
    r"|\s*(?:thường\s+xuyên|hằng\s+năm|hàng\s+năm|hằng\s+quý|hàng\s+quý|hằng\s+tháng|hàng\s+tháng|theo\s+tiến\s+độ[^\n]*)\s*"
)
BARE_NUMBER = re.compile(r"[\s(]*\d{1,3}[\s).]*")
UNTIL = re.compile(r"(?:đến|hết)\s+(?:hết\s+|cuối\s+)?năm\s+(20\d\d)")
OPENING = re.compile(
    r"(?:năm\s+20\d\d|giai\s+đoạn\s+20\d\d)[^\n]{0,160}?(?:như\s+sau|sau\s+đây|với\s+(?:các|những)\s+nội\s+dung)"
)
OPENING_REACH = 12_000
"""Characters from the start in which a plan's opening sentence stands."""
HEADING_REACH = 300
LONGEST_HEADING = 160
"""Characters of a first line that is still a heading, not a sentence of its own."""
OWN_TIME_REACH = 600
LONGEST_CELL = 60
CELLS_BELOW = 6
NEAR = 4_000
"""Characters of a section whose line of time still belongs to a target in it."""
LONGEST_NAME = 14
"""Words of a subject that a finding repeats."""
SHORT_HEADING = 80
PLACE = re.compile(r"(?:Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh)\s+[A-ZĐÀ-Ỹ]")
LABEL = re.compile(r"[\s\-+•*–]*(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)[.)]\s*)?")
_MAIN = frozenset({"phan", "chuong", "muc", "dieu", "khoan", "section"})


class Row(NamedTuple):
    """A line of the document and the targets on it."""

    start: int
    end: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """What the headings over a line say, the nearest first where it matters."""

    timed: bool = False
    """Whether one gives a time."""
    visionary: bool = False
    """Whether one looks beyond the plan's own time."""
    based: bool = False
    """Whether one says what changes are measured from."""
    years: frozenset[str] = frozenset()
    scope: frozenset[str] = frozenset()
    """The headings that say for whom or where the goals hold."""
    topic: str = ""
    """The nearest heading that names a topic."""
    section: str | None = None
    """The eid of the section the line itself opens or stands in."""


class Surroundings:
    """The headings, lines and times of one document, each read once.

    Parameters
    ----------
    extraction
        The document.
    places
        Its lines and sections.
    """

    __slots__ = ("_bodies", "_citations", "_over", "_places", "_text", "_time_lines", "extraction")

    def __init__(self, extraction: Extraction, places: Places) -> None:
        self.extraction = extraction
        self._places = places
        self._text = extraction.text
        self._over: dict[str, Over] = {}
        self._bodies = {mention.start: mention.name for mention in extraction.agencies}
        self._citations = sorted((citation.start, citation.end) for citation in extraction.citations)
        self._time_lines: tuple[int, ...] | None = None

    def rows(self) -> Iterator[Row]:
        """Give the lines that hold targets, in order."""
        held: list[Target] = []
        span = (-1, -1)
        for target in self.extraction.targets:
            here = self._places.line_span(target.start)
            if here != span and held:
                yield Row(*span, tuple(held))
                held = []
            span = here
            held.append(target)
        if held:
            yield Row(*span, tuple(held))

    def over(self, target: Target, line: int) -> Over:
        """Say what the headings over the line of a target say; `line` is where the line begins."""
        section = self._section_above(target.section, line)
        return self._read(section.eid) if section is not None else Over()

    def enclosing(self, target: Target, line: int) -> Section | None:
        """Give the innermost section that begins before the line of a target."""
        return self._section_above(target.section, line)

    def gives_time(self, start: int, end: int) -> bool:
        """Whether a stretch names a time outside the documents it cites."""
        low = self._text[start:end].lower()
        if any_of("standing").search(low):
            return True
        return any(not self._in_citation(start + match.start()) for match in TIME.finditer(low))

    def has_time_line(self, section: Section | None) -> bool:
        """Whether a line of a section of some lines gives the time ("- Thời gian thực hiện: ...")."""
        if section is None or section.end - section.start > NEAR:
            return False
        lines = self._lines_of_time()
        position = bisect_left(lines, section.start)
        return position < len(lines) and lines[position] < section.end

    def states_own_time(self) -> bool:
        """Whether the document says when it is carried out: in its title, its opening sentence or a part of its own."""
        metadata = self.extraction.metadata
        if metadata.period is not None or metadata.expires is not None or title_years(metadata):
            return True
        low = self._text[:OPENING_REACH].lower()
        if OPENING.search(low):
            return True
        opening = opening_with("own_time")
        if any(
            GOALS_BY.search(self._text[section.start : section.start + LONGEST_HEADING].lower())
            for section in self.extraction.structure
            if section.heading is not None
        ):
            return True
        return any(
            opening.match(self._text[section.start : section.start + HEADING_REACH].lower()) is not None
            and self.gives_time(section.start, min(section.end, section.start + OWN_TIME_REACH))
            for section in self.extraction.structure
            if section.kind in _MAIN
        )

    def has_time_beside(self, start: int) -> bool:
        """Whether a cell that has become a line, a few lines below, holds nothing but a time ("Quý IV/2026")."""
        line = self._places.line(start)
        return any(
            end - begin <= LONGEST_CELL and _is_time_cell(self._text[begin:end].lower())
            for begin, end in (self._places.line_span(at) for at in self._places.lines[line : line + CELLS_BELOW])
        )

    def _lines_of_time(self) -> tuple[int, ...]:
        if self._time_lines is None:
            pattern = opening_with("time_line")
            self._time_lines = tuple(
                start
                for start in self._places.lines
                if pattern.match(self._text[start : start + 60].lower()) and ":" in self._text[start : start + 120]
            )
        return self._time_lines

    def _section_above(self, eid: str | None, line: int) -> Section | None:
        section = self._places.by_eid.get(eid) if eid else None
        seen: set[str] = set()
        while section is not None and section.start >= line and section.eid not in seen:
            seen.add(section.eid)
            section = self._places.by_eid.get(section.parent) if section.parent else None
        return section

    def _read(self, eid: str) -> Over:
        """Read a section's heading and those over it, from the outside in."""
        waiting: list[Section] = []
        current = self._places.by_eid.get(eid)
        while current is not None and current.eid not in self._over and len(waiting) < len(self._places.sections):
            waiting.append(current)
            current = self._places.by_eid.get(current.parent) if current.parent else None
        above = self._over[current.eid] if current is not None and current.eid in self._over else Over()
        for section in reversed(waiting):
            above = self._over[section.eid] = self._below(section, above)
        return above

    def _below(self, section: Section, above: Over) -> Over:
        stop = self._text.find("\n", section.start, section.start + HEADING_REACH)
        first = self._text[section.start : stop if stop >= 0 else section.start + HEADING_REACH]
        low = first.lower()
        is_heading = section.heading is not None or len(first) <= LONGEST_HEADING
        label = _label_end(low)
        heading = plain(low[label:])
        body = self._bodies.get(section.start + label)
        scoped = is_heading and (body is not None or _names_scope(first, low, label))
        years = frozenset(YEAR.findall(low)) if is_heading else frozenset()
        return Over(
            timed=above.timed or self.gives_time(section.start, section.start + len(first)),
            visionary=above.visionary or (is_heading and any_of("vision").search(low) is not None),
            based=above.based or any_of("baseline").search(low) is not None,
            years=years or above.years,
            scope=above.scope | {(body or heading).lower()} if scoped and heading else above.scope,
            topic=heading if is_heading and heading and heading not in words("plain_headings") else above.topic,
            section=section.eid,
        )

    def _in_citation(self, offset: int) -> bool:
        position = bisect_right(self._citations, (offset, len(self._text))) - 1
        return position >= 0 and self._citations[position][0] <= offset < self._citations[position][1]


def _is_time_cell(low: str) -> bool:
    """Whether a cell holds a time; a bare number counts the rows."""
    return BARE_NUMBER.fullmatch(low) is None and CELL_TIME.fullmatch(low) is not None


def promises(extraction: Extraction) -> bool:
    """Whether a document is one of plans and directions; figures in rules and in texts without a type are none."""
    return extraction.metadata.doc_type is not None and extraction.metadata.normative is not True


def horizon(metadata: Metadata) -> str | None:
    """Give the last year of a plan: of its period, or the one its title reaches to."""
    if metadata.period is not None:
        return metadata.period.to[:4]
    title = _titles(metadata)
    until = UNTIL.search(title)
    if until:
        return until[1]
    years = title_years(metadata)
    return max(years) if years else None


def title_years(metadata: Metadata) -> frozenset[str]:
    """Give the years a title names, those of dates and numbers of other documents left out."""
    title = TITLE_NUMBER.sub(" ", TITLE_DATE.sub(" ", _titles(metadata)))
    return frozenset(year for year in YEAR.findall(title) if year.startswith("20"))


def plain(low: str) -> str:
    """Give lower-case text without marks and doubled spaces."""
    return " ".join(re.sub(r"[^\w\s/%&,-]", " ", low).split()).strip(" ,-")


def shown(targets: Iterable[Target]) -> str:
    """Name targets by value and subject, the subject shortened: "90% (mức độ hài lòng của người dân ...)"."""
    return "; ".join(f"{' '.join(target.text.split())}{_of(target)}" for target in targets)


def _of(target: Target) -> str:
    named = (target.subject or "").split()
    if not named or " ".join(named).lower() in target.text.lower():
        return ""
    return f" ({' '.join(named[:LONGEST_NAME])}{' …' if len(named) > LONGEST_NAME else ''})"


def _titles(metadata: Metadata) -> str:
    return f"{metadata.title or ''}\n{metadata.attached_title or ''}".lower()


def _names_scope(first: str, low: str, label: int) -> bool:
    """Whether a heading says for whom or where the goals under it hold: "Đối với cấp xã", "Xã Hòa Bình"."""
    if opening_with("scope_openings").match(low) or PLACE.match(first, label):
        return True
    return len(low) - label <= SHORT_HEADING and any_of("scope_words").search(low) is not None


def _label_end(low: str) -> int:
    match = LABEL.match(low)
    return match.end() if match else 0
