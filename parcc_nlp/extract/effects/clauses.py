"""The operative clauses of a document: the own text of each unit, quoted wording blanked out.

What an amending document quotes is the text of another document: its "Điều 5" is no article of this one and what it
says of others is said by the amended document. Quoted stretches are therefore overwritten with a filler of the same
length before a clause is read, so that offsets stay those of the clean text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.quotes import find_quoted
from parcc_nlp.model import Pinpoint, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.extract.zones import Zones
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["FILLER", "Clause", "Masked", "mask_quotes", "operative_clauses", "sentences"]

FILLER = "\x1a"
"""Stands for a letter of quoted wording: no letter, no space, no mark of punctuation."""
INLINE = re.compile(r"“[^“”\n]{0,600}[”“]|\"[^\"\n]{1,600}\"|‘[^‘’\n]{1,300}’|”[^“”\n]{1,80}”")
# A portal's own remarks in brackets: "[Điều này được sửa đổi bởi Khoản 3 Điều 1 Luật ... có hiệu lực từ ngày ...]".
REMARK = re.compile(r"\[(?=[^\[\]\n]{0,160}(?:được|bị|hướng dẫn|sửa đổi))[^\[\]\n]{12,4000}\]")
LABEL_END = re.compile(
    r"\s*(?:(?:điều|chương|mục|phần)\s+[\wđ]+\s*[.:–-]?|\d{1,3}(?:\.\d{1,2})*[a-zđ]?\s*[.)/]|[a-zđ]\d?\s*[.)/]"
    r"|[ivx]{1,5}\s*[.)/]|[-–+•*])\s*"
)
# A sentence ends at a line end behind a mark of punctuation, before the label of an item, and at a full stop.
CAPITAL = r"[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]"
SENTENCE_END = re.compile(
    r"(?<=[.:;”\"\x1a])\s*\n\s*"
    rf"|(?<=[.:;])\s+(?=[a-zđ]\)\s+{CAPITAL})"
    r"|(?<=[.:;])\s+(?=\d{1,2}\.\s+(?:Sửa|Bổ sung|Bãi|Thay|Bỏ)\s)"
    rf"|(?<=[.])\s+(?={CAPITAL})"
    r"|\n(?=\s*\n)"
)
ITEM_LABEL = re.compile(r"[a-zđ]\)\s|\d{1,2}\.\s")
NO_SENTENCE_END = re.compile(r"(?:\b(?:tp|tt|ts|gs|pgs|ths|đ/c|st|điều\s+\d+[a-zđ]?|khoản\s+\d+|\d)\.)\s*$")
GLUED = re.compile(r"\x1a[.;]?[ \t]*(?=điều\s+(?P<label>\d{1,3})\.\s+(?:sửa|bổ\s+sung|bãi|bỏ|thay)\s)")
BROKEN = re.compile(r"\s*điều\s+\d+\s*\.\s*(?:(?:[2-9]|\d{2,3})\s*\.\s|(?:chương|mục)\s+[ivx\d]+\s*(?:\n|$))")
BROKEN_OFF = re.compile(r"(?:(?<!\w)(?:số|của|và|tại|theo|về|các|ngày|tháng|năm|định|luật|tư)|[,/\-])\s*$")
"""A line that ends so goes on in the next one ("... của Nghị định số" / "127/2013/NĐ-CP")."""
GOES_ON = re.compile(
    r"\s*(?:(?:Điều|Khoản|Điểm)\s+\d*\w*\s*(?:[;,]|của|và|Nghị|Luật|Thông|Quyết)|[a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{2})"
)
GREATEST_GAP = 3
"""How many numbers of articles a text may have lost in a row."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A clean text with quoted wording blanked out: as printed, and in small letters; offsets are those of the text."""

    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Clause:
    """The own text of a unit, without what stands in its sub-units.

    `start` is behind the label; `heading_end` is where its heading line ends, `start` where it has none. `place` is the
    unit as a provision of this document; `parent` is the index of the clause it stands in. `last` tells where the whole
    unit ends, sub-units included.
    """

    start: int
    end: int
    heading_end: int
    last: int
    kind: str
    place: Pinpoint
    parent: int | None


def mask_quotes(text: str) -> Masked:
    """Overwrite quoted wording and the remarks of portals with `FILLER`.

    Examples
    --------
    >>> mask_quotes("Thay thế từ “huyện” tại Điều 5").low == "thay thế từ " + FILLER * 7 + " tại điều 5"
    True
    """
    pieces = sorted(
        (
            *find_quoted(text),
            *(match.span() for match in INLINE.finditer(text)),
            *(match.span() for match in REMARK.finditer(text)),
        )
    )
    parts: list[str] = []
    at = 0
    for start, end in pieces:
        if end <= at:
            continue
        start = max(start, at)  # noqa: PLW2901 - pieces may overlap
        parts.extend((text[at:start], FILLER * (end - start)))
        at = end
    parts.append(text[at:])
    masked = "".join(parts)
    low = masked.lower()
    if len(low) != len(masked):
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in masked)
    return Masked(masked, low)


def operative_clauses(
    source: NormalisedText, masked: Masked, *, structure: tuple[Section, ...], zones: Zones
) -> list[Clause]:
    """List the clauses of the document itself, in order: not those of what is attached to it.

    Parameters
    ----------
    source
        The clean text with its map.
    masked
        What `mask_quotes` gave for it.
    structure
        The document's units; offsets in the original text.
    zones
        Its parts: clauses behind the signature are not operative ones.
    """
    stop = zones.starts[zones.closing] if zones.closing < len(zones.starts) else len(source.text)
    units = [unit for unit in structure if unit.kind not in ("table", "row") and not unit.eid.startswith("att_")]
    units = _with_glued_articles(source, masked, units, stop)
    index = {unit.eid: number for number, unit in enumerate(units)}
    spans = [source.to_clean(unit.start, unit.end) for unit in units]
    first_child: dict[int, int] = {}
    for number, unit in enumerate(units):
        if unit.parent in index:
            first_child.setdefault(index[unit.parent], spans[number][0])
    foreign = _foreign_articles(units, masked, spans)
    own_article: int | None = None
    clauses: list[Clause] = []
    places: list[Pinpoint] = []
    for number, unit in enumerate(units):
        start, last = spans[number]
        if start >= stop:
            break
        parent = index.get(unit.parent) if unit.parent else None
        if parent in foreign:
            parent = own_article
        end = min(first_child.get(number, last), stop)
        label = LABEL_END.match(masked.low, start, end)
        own = label.end() if label else start
        if number in foreign and own_article is not None:
            # "1. Bãi bỏ khoản 11" / "Điều 3. 2. Bãi bỏ ...": a portal broke the line before the article cited
            clauses[-1] = replace(clauses[-1], end=own)
            inner = LABEL_END.match(masked.low, own, end)
            own = inner.end() if inner else own
            places.append(places[own_article])
            clauses.append(Clause(own, end, own, min(last, stop), "khoan", places[-1], own_article))
            continue
        if unit.kind == "dieu":
            own_article = number
        places.append(_place(unit, places[parent] if parent is not None else Pinpoint()))
        heading = _heading_end(masked, unit, own, end)
        clauses.append(Clause(own, end, heading, min(last, stop), unit.kind, places[-1], parent))
    return clauses


def _with_glued_articles(source: NormalisedText, masked: Masked, units: list[Section], stop: int) -> list[Section]:
    """Find the articles that a portal glued to the quotation before them ("... tiền phạt."Điều 2. Sửa đổi ...")."""
    glued = [
        Section(
            "dieu",
            match["label"],
            None,
            *source.to_original(match.end(), match.end() + 1),
            None,
            f"glued_{match['label']}",
        )
        for match in GLUED.finditer(masked.low, 0, stop)
    ]
    if not glued:
        return units
    merged = sorted([*units, *glued], key=_start)
    result: list[Section] = []
    inside: Section | None = None
    replaced: str | None = None
    for unit in merged:
        if unit.eid.startswith("glued_"):
            before = next((other for other in reversed(result) if other.kind == "dieu"), None)
            inside, replaced = unit, before.eid if before else None
        elif unit.kind in ("dieu", "chuong", "phan"):
            inside = None
        elif inside and unit.parent == replaced:
            unit = replace(unit, parent=inside.eid)  # noqa: PLW2901 - the paragraph of another article
        result.append(unit)
    following = [other.start for other in result[1:] if other.kind == "dieu"]
    return [
        replace(unit, end=min((at for at in following if at > unit.start), default=unit.end))
        if unit.eid.startswith("glued_")
        else unit
        for unit in result
    ]


def _start(unit: Section) -> int:
    return unit.start


def _foreign_articles(units: list[Section], masked: Masked, spans: list[tuple[int, int]]) -> frozenset[int]:
    """Find "articles" that are none of this document: they stand inside its series of numbers and break it.

    The series is the longest run of rising numbers without great gaps. An "article" that opens with the number of a
    later paragraph ("Điều 3. 2. Bãi bỏ ...") is the end of a line that a portal broke.
    """
    own: dict[int, tuple[int, int]] = {}  # by label: length of the run that ends there, and its unit
    articles = [at for at, unit in enumerate(units) if unit.kind == "dieu" and (unit.label or "").isdigit()]
    broken = {at for at in articles if BROKEN.match(masked.low, *spans[at])}
    before: dict[int, int | None] = {}
    for at in articles:
        if at in broken:
            continue
        label = int(units[at].label or "0")
        runs = [own[earlier] for earlier in range(label - 1, max(label - 1 - GREATEST_GAP, -1), -1) if earlier in own]
        longest = max(runs, key=_length, default=None)
        length = longest[0] + 1 if longest else 1
        if label not in own or length > own[label][0]:
            own[label] = (length, at)
            before[at] = longest[1] if longest else None
    if not own:
        return frozenset(broken)
    last = max(own.values(), key=_length)[1]
    series: set[int] = set()
    member: int | None = last
    while member is not None and member not in series:
        series.add(member)
        member = before[member]
    first = min(series)
    return frozenset(broken | {at for at in articles if first < at < last and at not in series})


def _length(run: tuple[int, int]) -> int:
    return run[0]


def _heading_end(masked: Masked, unit: Section, start: int, end: int) -> int:
    """Give where the heading of a unit ends; of an article that has text below it, its first line."""
    if unit.kind != "dieu":
        return start  # the line of a paragraph may be broken anywhere
    line = masked.low.find("\n", start, end)
    while line >= 0 and (
        BROKEN_OFF.search(masked.low, max(start, line - 24), line) or GOES_ON.match(masked.text, line + 1, end)
    ):
        line = masked.low.find("\n", line + 1, end)
    if unit.heading:
        return line if line >= 0 else end
    below = masked.text[line + 1 : line + 40].lstrip() if 0 <= line < end else ""
    return line if below[:1].isupper() else start


def _place(unit: Section, above: Pinpoint) -> Pinpoint:
    """Name a unit as a provision: its own label with those of the article and paragraph it stands in."""
    if unit.kind == "dieu":
        return Pinpoint(dieu=unit.label)
    if unit.kind == "khoan":
        return Pinpoint(dieu=above.dieu, khoan=unit.label)
    if unit.kind == "diem":
        return Pinpoint(dieu=above.dieu, khoan=above.khoan, diem=unit.label)
    if unit.kind in ("chuong", "muc"):
        return Pinpoint(**{unit.kind: unit.label})
    return above


def sentences(masked: Masked, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of a stretch: they end at a full stop, and at a line end behind a mark of punctuation.

    A line that a page broke ("bổ sung khoản 3 vào" / "sau khoản 2") goes on; a list of documents has one sentence an
    item.
    """
    at = start
    for match in SENTENCE_END.finditer(masked.text, start, end):
        if match.start() <= at:
            continue
        # "Điều 5. Phạm vi", "TP. Huế" go on; a new line or the label of an item does not
        goes_on = "\n" not in match[0] and not ITEM_LABEL.match(masked.low, match.end())
        if goes_on and NO_SENTENCE_END.search(masked.low, max(at, match.start() - 14), match.start()):
            continue
        yield at, match.start()
        at = match.end()
    if at < end and masked.text[at:end].strip():
        yield at, end
