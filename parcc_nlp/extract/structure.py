"""The structure of a document: Phần, Chương, Mục, Điều, khoản, điểm, the levels of plans, annexes, tables.

Conventions of `eid` (Akoma Ntoso style, unique in the document):

- articles are numbered through a document, so ``dieu_5`` carries no chapter; khoản and điểm follow their article
  (``dieu_5__khoan_2__diem_a``);
- chapters and mục carry what contains them (``phan_2__chuong_I__muc_1``), since their numbers may start anew;
- levels of plans are ``sec_II__sec_2__sec_a``, bullets ``__bullet_3`` by position under their parent;
- what stands in an annex begins with it (``phu_luc_I__dieu_1``), what stands in a document issued with this one with
  ``att_1__`` (``att_2__`` in the second);
- a number that occurs twice under one parent gets ``_2``, ``_3`` behind it.

`heading` is the heading's text without label, None for a unit that opens with its provision ("1. Quyết định này có hiệu
lực kể từ ngày ký.") and for bullets. Quoted amended text ("“Điều 5. ...”") is no structure of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.extract.labels import KINDS, Label, read_label
from parcc_nlp.extract.quotes import find_quoted
from parcc_nlp.extract.zones import ADDRESSED, BASES, Zones, find_zones, is_printed_in_capitals
from parcc_nlp.model import Section, SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Table
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_structure"]

HEADING_LENGTH = 220
LIST_HEADING_LENGTH = 130
AGENCY_HEADING_LENGTH = 100
DOTTED_HEADING_LENGTH = 60
# Behind a colon these words announce a list: the line is a provision, no heading.
LEADS_IN = (" như sau", " gồm", " sau đây", " sau:")
ARTICLE_RANK = 5
NUMBER_RANK = 8
BULLET_RANK = 23
ENDS_A_SENTENCE = (".", ";", ",", ":")


@dataclass(slots=True)
class _Open:
    """A unit that is still open while the text is read."""

    kind: SectionKind
    style: str
    rank: int
    label: str | None
    heading: str | None
    start: int
    parent: int | None
    eid: str
    end: int = -1
    bullets: int = 0


def find_structure(source: NormalisedText, *, tables: tuple[Table, ...] = ()) -> tuple[Section, ...]:
    """Find the structural units of a document.

    Parameters
    ----------
    source
        The normalised text; lines of `source.text` are read.
    tables
        The document's tables, offsets in the original; their lines carry no labels, they and their rows become units.

    Returns
    -------
    tuple of Section
        In order of their start, a container before what it contains; `start` and `end` are offsets in the original,
        from the label to the end of the last unit inside.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "Điều 1. Phạm vi\\n1. Quyết định này quy định:\\na) Giá đất;\\nđ) Phí.\\nĐiều 2. Hiệu lực\\nTừ ngày ký."
    >>> [section.eid for section in find_structure(normalise(text))]
    ['dieu_1', 'dieu_1__khoan_1', 'dieu_1__khoan_1__diem_a', 'dieu_1__khoan_1__diem_đ', 'dieu_2']
    """
    zones = find_zones(source.text)
    reader = _Reader(source, zones, tables)
    units = reader.read()
    sections = [_section(source, unit, units) for unit in units]
    if tables:
        sections += _tables(sections, tables)
        sections.sort(key=_order)
    return tuple(sections)


def _order(section: Section) -> tuple[int, int]:
    return section.start, -section.end


class _Reader:
    """Reads labels line by line and keeps the stack of open units."""

    def __init__(self, source: NormalisedText, zones: Zones, tables: tuple[Table, ...]) -> None:
        self.text = source.text
        self.zones = zones
        self.units: list[_Open] = []
        self.stack: list[int] = []
        self.taken: dict[str, int] = {}
        self.prefix = ""
        self.attachments = 0
        quoted = find_quoted(source.text)
        tabular = tuple(source.to_clean(table.start, table.end) for table in tables)
        self.skipped = sorted((*quoted, *tabular))

    def read(self) -> list[_Open]:
        zones = self.zones
        attached = set(zones.attached)
        skip_at = 0
        addressed = False
        labelled = False
        after_signature = False
        number = zones.head
        while number < zones.tail:
            line, start = zones.lines[number], zones.starts[number]
            if number == zones.closing and zones.after > zones.closing:
                self._close(0, start)
                number, after_signature = zones.after, True
                continue
            if number in attached or (after_signature and number == zones.after and number not in attached):
                self._close(0, start)
                self.attachments += 1
                self.prefix = f"att_{self.attachments}__"
                labelled = False
            while skip_at < len(self.skipped) and self.skipped[skip_at][1] <= start:
                skip_at += 1
            inside = skip_at < len(self.skipped) and self.skipped[skip_at][0] <= start
            label = None if inside or not line else read_label(line)
            if line.strip() == "Điều" and not inside:
                label, line, number = self._broken_article(line, number)
            if label and label.style == "number" and number and self._ends_with_article(number - 1):
                label = label._replace(style="dieu", rank=ARTICLE_RANK)
            if line and ADDRESSED.match(line):
                addressed = True
            if label and self._belongs(label, line, number, labelled=labelled, addressed=addressed):
                labelled = labelled or label.rank < BULLET_RANK
                number += self._open_line(label, line, start, number)
            elif line and not label:
                addressed = addressed and bool(ADDRESSED.match(line))
            number += 1
        self._close(0, zones.starts[zones.tail] if zones.tail < len(zones.starts) else len(self.text))
        return self.units

    def _broken_article(self, line: str, number: int) -> tuple[Label | None, str, int]:
        """Read an article whose number a portal put on the next line ("Điều" / "1. Phạm vi điều chỉnh")."""
        joined = f"{line} {self._next(number)}"
        label = read_label(joined)
        return (label, joined, number + 1) if label and label.style == "dieu" else (None, line, number)

    def _ends_with_article(self, number: int) -> bool:
        """Tell a line that a portal broke behind the word of the next article ("... như sau: “Điều" / "2. Phạm vi")."""
        line = self.zones.lines[number].rstrip()
        return line.endswith((". Điều", "./. Điều", "; Điều", "” Điều", '" Điều'))

    def _belongs(self, label: Label, line: str, number: int, *, labelled: bool, addressed: bool) -> bool:
        """Tell a unit's label from a base ("- Căn cứ ..."), an addressee, or a dash of the letterhead."""
        if label.rank >= BULLET_RANK and not labelled:
            return (
                not addressed
                and number > (self.zones.motto or 0)
                and not BASES.match(line)
                and number >= self.zones.body
            )
        return not (self.zones.motto is not None and number <= self.zones.motto)

    def _open_line(self, label: Label, line: str, start: int, number: int) -> int:
        """Open the unit of a label and that of one behind it on the line; give the number of further lines used."""
        rest = line[label.end :]
        used = 0
        inner = read_label(rest) if label.style in ("dieu", "number") and rest else None
        if inner is not None and (
            inner.rank <= label.rank or inner.printed not in ("1", "a") or inner.style not in ("number", "point")
        ):
            inner = None
        heading = None if inner else _heading(label, rest, self._next(number), in_article=self._in_article())
        if heading is None and not rest.strip(" .:-–") and label.rank <= ARTICLE_RANK:
            heading, used = self._heading_below(number)
        offset = len(line) - len(line.lstrip())
        self._push(label, heading, start + offset)
        if inner:
            self._push(inner, None, start + label.end + (len(rest) - len(rest.lstrip())))
        return used

    def _next(self, number: int) -> str:
        return self.zones.lines[number + 1] if number + 1 < self.zones.tail else ""

    def _heading_below(self, number: int) -> tuple[str | None, int]:
        """Read a heading that stands on the lines below its label, capitals over several lines joined."""
        found: list[str] = []
        at = number + 1
        while at < self.zones.tail and len(found) < 4:  # noqa: PLR2004
            line = self.zones.lines[at].strip()
            if (
                not line
                or read_label(line)
                or len(line) > HEADING_LENGTH
                or (found and not is_printed_in_capitals(line))
                or line.startswith("(")
            ):
                break
            if not is_printed_in_capitals(line) and line.endswith(ENDS_A_SENTENCE):
                break
            found.append(line)
            at += 1
            if not is_printed_in_capitals(line):
                break
        return (" ".join(" ".join(found).split()) or None, at - number - 1) if found else (None, 0)

    def _push(self, label: Label, heading: str | None, start: int) -> None:
        while self.stack and self.units[self.stack[-1]].rank >= label.rank:
            self._pop(start)
        parent = self.stack[-1] if self.stack else None
        kind = self._kind(label)
        self.units.append(
            _Open(
                kind,
                label.style,
                label.rank,
                label.printed or None,
                heading,
                start,
                parent,
                self._eid(kind, label, parent),
            ),
        )
        self.stack.append(len(self.units) - 1)

    def _kind(self, label: Label) -> SectionKind:
        """Give the kind: numbers and letters below an article are its khoản and điểm, elsewhere a plan's sections."""
        if label.style in KINDS:
            return KINDS[label.style]
        if self._in_article():
            if label.style == "number":
                return "khoan"
            if label.style == "point":
                return "diem"
        return "section"

    def _in_article(self) -> bool:
        return any(self.units[at].style == "dieu" for at in self.stack)

    def _eid(self, kind: SectionKind, label: Label, parent: int | None) -> str:
        number = label.printed.replace(" ", "_").replace(".", "-")
        if kind == "bullet":
            if parent is None:
                name = "bullet"
            else:
                self.units[parent].bullets += 1
                name = f"bullet_{self.units[parent].bullets}"
        else:
            name = {"section": "sec"}.get(kind, kind)
            name = f"{name}_{number}" if number else name
        above = self._container(kind, parent)
        eid = f"{above}__{name}" if above else f"{self.prefix}{name}"
        count = self.taken.get(eid, 0) + 1
        self.taken[eid] = count
        while count > 1 and f"{eid}_{count}" in self.taken:
            count += 1
        if count > 1:
            self.taken[eid] = count
            eid = f"{eid}_{count}"
            self.taken[eid] = 1
        return eid

    def _container(self, kind: SectionKind, parent: int | None) -> str | None:
        """Give the eid that a unit's own begins with: an article's skips the chapters above it."""
        while (
            kind == "dieu" and parent is not None and self.units[parent].kind in ("phan", "chuong", "muc", "tieu_muc")
        ):
            parent = self.units[parent].parent
        return None if parent is None else self.units[parent].eid

    def _pop(self, end: int) -> None:
        unit = self.units[self.stack.pop()]
        unit.end = end

    def _close(self, depth: int, end: int) -> None:
        while len(self.stack) > depth:
            self._pop(end)


def _heading(label: Label, rest: str, following: str, *, in_article: bool) -> str | None:
    """Give the heading behind a label: words that do not end as a sentence does and that something follows."""
    text = " ".join(rest.split())
    if not text or label.rank >= BULLET_RANK:
        return None
    if label.rank < ARTICLE_RANK:
        return text.strip(" .:-–") or None
    if text.endswith(":"):
        leads_in = any(words in text for words in LEADS_IN) or len(text) > AGENCY_HEADING_LENGTH
        return None if leads_in or (in_article and label.rank >= NUMBER_RANK) else text.rstrip(": ")
    if text.endswith(".") and label.rank == ARTICLE_RANK and len(text) <= DOTTED_HEADING_LENGTH:
        stands_above = following and not following.startswith(("Điều", "Nơi")) and "có hiệu lực" not in text
        return text.rstrip(". ") if stands_above else None
    longest = HEADING_LENGTH if label.rank == ARTICLE_RANK else LIST_HEADING_LENGTH
    return text if following.strip() and len(text) <= longest and not text.endswith(ENDS_A_SENTENCE) else None


def _section(source: NormalisedText, unit: _Open, units: list[_Open]) -> Section:
    text = source.text
    end = unit.end
    while end > unit.start and text[end - 1].isspace():
        end -= 1
    start, end = source.to_original(unit.start, end)
    parent = units[unit.parent].eid if unit.parent is not None else None
    return Section(unit.kind, unit.label, unit.heading, start, end, parent, unit.eid)


def _tables(sections: list[Section], tables: tuple[Table, ...]) -> Iterator[Section]:
    """Give a unit for every table and for each of its rows, below the innermost unit that holds the table."""
    counts: dict[str, int] = {}
    opened: list[Section] = []
    at = 0
    for table in sorted(tables, key=_table_start):
        while at < len(sections) and sections[at].start <= table.start:
            opened.append(sections[at])
            at += 1
        while opened and opened[-1].end < table.end:
            opened.pop()
        parent = opened[-1].eid if opened else None
        counts[parent or ""] = counts.get(parent or "", 0) + 1
        eid = f"{parent + '__' if parent else ''}table_{counts[parent or '']}"
        yield Section("table", str(counts[parent or ""]), None, table.start, table.end, parent, eid)
        rows: dict[int, list[int]] = {}
        for cell in table.cells:
            span = rows.setdefault(cell.row, [cell.start, cell.end])
            span[0], span[1] = min(span[0], cell.start), max(span[1], cell.end)
        for row, (start, end) in sorted(rows.items()):
            yield Section("row", str(row + 1), None, start, end, eid, f"{eid}__row_{row + 1}")


def _table_start(table: Table) -> int:
    return table.start
