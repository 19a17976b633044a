"""From letters to lines: rows by base line, columns by the white between them, words by gaps."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from parcc_nlp.read.pdf_glyphs import MAYBE_SPACE, Glyph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Line", "flows", "lines_of"]

_SAME_ROW = 0.22  # of the font height: how far base lines of one row may differ
_SMALL = 0.85  # a raised or lowered letter is at most this much of its neighbours' height
_WORD_GAP = 0.13  # of the font height: a space that is not written
_MAYBE_GAP = 0.08  # of the font height: enough where PDFium saw a space too
_SEGMENT_GAP = 0.7  # of the font height: white that may be the border of a column
_GUTTER = 8.0  # points of white between two columns
_WIDE_GUTTER = 30.0  # one row with such a gap is enough to see two columns
_COLUMN = 50.0  # points: anything narrower is a bullet or a page number, not a column
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, box and font, where its first word ends, and the marks set above it."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    base: float
    size: float
    bold: bool
    bold_start: bool
    first_word: float
    column: int = 0
    """0 for the body; lines of one column of a letterhead or signature share another number."""


@dataclass(frozen=True, slots=True)
class _Segment:
    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)


_Row = list[_Segment]


@cache
def _column_signs() -> re.Pattern[str]:
    """Give the words of two-column letterheads and signatures, as written in ``column_signs.txt``."""
    words = (files("parcc_nlp.read") / "column_signs.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(re.escape(word) for word in words if word.strip()))


def lines_of(glyphs: Sequence[Glyph], page: int, bold: frozenset[int]) -> list[Line]:
    """Give the lines of letters that are known to stand in one column, from top to bottom."""
    return [line for row in _rows(glyphs) if (line := _line(row, page, bold)) is not None]


def flows(glyphs: Sequence[Glyph], page: int, bold: frozenset[int], *, width: float) -> list[list[Line]]:
    """Give the lines of a page in reading order, a flow for each stretch of body and each column beside another.

    Parameters
    ----------
    glyphs
        The letters outside tables.
    page
        Number of the page, from 1.
    bold
        Numbers of the bold letters.
    width
        Of the page, in points.

    Returns
    -------
    list of list of Line
        Columns of a letterhead (agency left, quốc hiệu right; NĐ 30/2020/NĐ-CP, Phụ lục I) come one after the other.
    """
    rows = _rows(glyphs)
    found: list[list[Line]] = []
    body: list[Line] = []
    column = 0
    at = 0
    while at < len(rows):
        zone = _zone(rows, at, width)
        if zone is None:
            if (line := _line(rows[at], page, bold)) is not None:
                body.append(line)
            at += 1
            continue
        first, last, gutter = zone
        # Rows that belong to the zone from above (right-hand ones) were read as body: take them back.
        back = at - first
        if back:
            del body[-back:]
        if body:
            found.append(body)
            body = []
        for side in _sides(rows[first : last + 1], gutter):
            column += 1
            lines = [replace(line, column=column) for row in side if (line := _line(row, page, bold)) is not None]
            if lines:
                found.append(lines)
        at = last + 1
    if body:
        found.append(body)
    return found


def _rows(glyphs: Sequence[Glyph]) -> list[_Row]:
    """Cluster letters by base line, then cut every row at wide gaps."""
    printed = [glyph for glyph in glyphs if not glyph.char.isspace()]
    spaces = [glyph for glyph in glyphs if glyph.char.isspace()]
    clusters: list[list[Glyph]] = []
    for glyph in sorted(printed, key=_by_base):
        if clusters and glyph.base - clusters[-1][0].base <= _SAME_ROW * min(glyph.height, clusters[-1][0].height):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    clusters = _with_raised(clusters)
    _give_spaces(clusters, spaces)
    return [_segments(cluster) for cluster in clusters]


def _by_base(glyph: Glyph) -> float:
    return glyph.base


def _by_place(glyph: Glyph) -> tuple[float, int]:
    return glyph.x0, glyph.order


def _height(cluster: Iterable[Glyph]) -> float:
    return statistics.median(glyph.height for glyph in cluster)


def _with_raised(clusters: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join raised and lowered small letters with the row they hang on; raised digits become superscripts."""
    heights = [_height(cluster) for cluster in clusters]
    kept: list[list[Glyph]] = []
    waiting: list[Glyph] = []
    for number, cluster in enumerate(clusters):
        below = number + 1 < len(clusters)
        if below and heights[number] <= _SMALL * heights[number + 1]:
            rise = clusters[number + 1][0].base - cluster[0].base
            if rise <= 0.55 * heights[number + 1] and _touches(cluster, clusters[number + 1]):  # share of the height
                waiting += [glyph._replace(char=glyph.char.translate(_SUPERSCRIPTS)) for glyph in cluster]
                continue
        if kept and heights[number] <= _SMALL * _height(kept[-1]):
            drop = cluster[0].base - kept[-1][0].base
            if drop <= 0.35 * _height(kept[-1]) and _touches(cluster, kept[-1]):  # share of the height
                kept[-1] += cluster
                continue
        kept.append([*cluster, *waiting])
        waiting = []
    return kept


def _touches(small: list[Glyph], row: list[Glyph]) -> bool:
    """Whether the small letters stand right behind a letter of the row and over none."""
    x0, x1 = min(glyph.x0 for glyph in small), max(glyph.x1 for glyph in small)
    left = min(glyph.x0 for glyph in row)
    right = max(glyph.x1 for glyph in row)
    reach = 2 * row[0].height
    return left - reach <= x0 and x1 <= right + reach * max(1, len(small))


def _give_spaces(clusters: list[list[Glyph]], spaces: list[Glyph]) -> None:
    """Put the written spaces into the rows they stand in."""
    if not clusters:
        return
    bases = [cluster[0].base for cluster in clusters]
    at = 0
    for space in sorted(spaces, key=_by_base):
        while at + 1 < len(bases) and abs(bases[at + 1] - space.base) <= abs(bases[at] - space.base):
            at += 1
        if abs(bases[at] - space.base) <= _SAME_ROW * 2 * space.height:
            clusters[at].append(space)


def _segments(cluster: list[Glyph]) -> _Row:
    """Cut a row where the white is as wide as a border of columns; letters printed twice are kept once."""
    cluster.sort(key=_by_place)
    limit = _SEGMENT_GAP * _height(glyph for glyph in cluster if not glyph.char.isspace())
    row: _Row = []
    current: list[Glyph] = []
    last: Glyph | None = None
    edge = 0.0
    for glyph in cluster:
        if glyph.char.isspace():
            if current:
                current.append(glyph)
            continue
        if last is not None:
            twice = glyph.char == last.char and glyph.x0 - last.x0 < 0.3 * (last.x1 - last.x0)  # bold by printing twice
            if twice:
                continue
            if glyph.x0 - edge > limit:
                row.append(_Segment(tuple(_without_end_spaces(current))))
                current = []
        current.append(glyph)
        last = glyph
        edge = max(edge, glyph.x1) if len(current) > 1 else glyph.x1
    if current:
        row.append(_Segment(tuple(_without_end_spaces(current))))
    return row


def _without_end_spaces(glyphs: list[Glyph]) -> list[Glyph]:
    while glyphs and glyphs[-1].char.isspace():
        glyphs.pop()
    return glyphs


def _line(row: _Row, page: int, bold: frozenset[int]) -> Line | None:
    """Write a row as a line: words by written spaces and by gaps."""
    pieces: list[str] = []
    printed: list[Glyph] = []
    first_word: float | None = None
    for segment in row:
        space, maybe = bool(pieces), False
        last: Glyph | None = None
        for glyph in segment.glyphs:
            if glyph.char.isspace():
                space = space or glyph.char != MAYBE_SPACE
                maybe = True
                continue
            gap = glyph.x0 - last.x1 if last is not None else 0.0
            if gap > (_MAYBE_GAP if maybe else _WORD_GAP) * glyph.height:
                space = True
            maybe = False
            if space and pieces:
                pieces.append(" ")
                if first_word is None:
                    first_word = printed[-1].x1
            space = False
            pieces.append(glyph.char)
            printed.append(glyph)
            last = glyph
    if not printed:
        return None
    size = _height(printed)
    x0, x1 = printed[0].x0, max(glyph.x1 for glyph in printed)
    base = statistics.median(glyph.base for glyph in printed)
    return Line(
        text="".join(pieces),
        page=page,
        x0=x0,
        x1=x1,
        top=base - size * 0.8,
        base=base,
        size=size,
        bold=printed[0].order in bold and printed[-1].order in bold and printed[len(printed) // 2].order in bold,
        bold_start=printed[0].order in bold,
        first_word=(x1 if first_word is None else first_word) - x0,
    )


def _zone(rows: list[_Row], at: int, width: float) -> tuple[int, int, float] | None:
    """Find a two-column stretch whose first two-sided row is `at`: first row, last row, x of the gutter."""
    best: tuple[int, int, int, float] | None = None
    row = rows[at]
    for left, right in pairwise(row):
        low, high = left.x1, right.x0
        centre = (low + high) / 2
        if high - low < _GUTTER or not 0.2 * width <= centre <= 0.8 * width:  # the middle of the page
            continue
        found = _stretch(rows, at, low, high)
        if best is None or found[2] > best[2]:
            best = found
    if best is None:
        return None
    first, last, both, gutter = best
    sides = _sides(rows[first : last + 1], gutter)
    texts = ["\n".join(_plain(row) for row in side) for side in sides]
    widths = [max((segment.x1 - row[0].x0 for row in side for segment in row), default=0.0) for side in sides]
    if min(widths) < _COLUMN:
        return None
    gap = min(
        (right.x0 - left.x1)
        for row in rows[first : last + 1]
        for left, right in pairwise(row)
        if left.x1 <= gutter <= right.x0
    )
    if both < 2 and gap < _WIDE_GUTTER:  # noqa: PLR2004  # two rows make a column
        return None
    if any(_column_signs().search(text) for text in texts) or _two_columns_of_prose(rows[first : last + 1], gutter):
        return first, last, gutter
    return None


def _stretch(rows: list[_Row], at: int, low: float, high: float) -> tuple[int, int, int, float]:
    """Follow a gutter down and up as long as no row crosses it."""
    both, last, end = 1, at, at
    narrow = (low, high)
    while end + 1 < len(rows):
        row = rows[end + 1]
        squeezed = _squeezed(row, *narrow)
        # "Kính gửi" stands below both columns of a letter's head (NĐ 30/2020/NĐ-CP, Phụ lục I).
        if (
            squeezed is None
            or _plain(row).startswith("Kính gửi")
            or _base(row) - _base(rows[end]) > 8 * row[0].glyphs[0].height
        ):  # lines: a signature leaves room to sign
            break
        end += 1
        sided = row[0].x1 <= squeezed[0] + 1 and row[-1].x0 >= squeezed[1] - 1 and len(row) > 1
        narrow = squeezed
        both += sided
        if sided or end - last <= 25:  # noqa: PLR2004  # lines of a list of recipients
            last = end
    # Rows on the right alone at the end are read after the left column anyway: a centred title stays with the body.
    while last > at and (
        rows[last][0].x0 >= narrow[1] - 1
        or (rows[last][-1].x1 <= narrow[0] + 1 and not _near(rows[last - 1], rows[last]))
    ):
        last -= 1
    first = at
    while first > 0 and rows[first - 1][0].x0 >= narrow[1] - 1 and _near(rows[first - 1], rows[first]):
        first -= 1
    return first, last, both, (narrow[0] + narrow[1]) / 2


def _squeezed(row: _Row, low: float, high: float) -> tuple[float, float] | None:
    """Give what a row leaves of the gutter, None where it crosses it."""
    centre = (low + high) / 2
    for segment in row:
        if segment.x1 <= low or segment.x0 >= high:
            continue
        if segment.x1 <= centre or (segment.x1 < high - _GUTTER and segment.x0 < low):
            low = max(low, segment.x1)
        elif segment.x0 >= centre or (segment.x0 > low + _GUTTER and segment.x1 > high):
            high = min(high, segment.x0)
        else:
            return None
        if high - low < _GUTTER:
            return None
    return low, high


def _sides(rows: list[_Row], gutter: float) -> tuple[list[_Row], list[_Row]]:
    left = [side for row in rows if (side := [s for s in row if s.x0 < gutter])]
    right = [side for row in rows if (side := [s for s in row if s.x0 >= gutter])]
    return left, right


def _two_columns_of_prose(rows: list[_Row], gutter: float) -> bool:
    """Whether both sides are filled with running text, as in a gazette."""
    left, right = _sides(rows, gutter)
    if min(len(left), len(right)) < 8:  # noqa: PLR2004  # lines
        return False
    for side in (left, right):
        widths = [row[-1].x1 - row[0].x0 for row in side]
        if statistics.median(widths) < 0.85 * max(widths):  # share of the column
            return False
    return True


def _plain(row: _Row) -> str:
    return " ".join("".join(glyph.char for glyph in segment.glyphs) for segment in row).replace(MAYBE_SPACE, " ")


def _base(row: _Row) -> float:
    return row[0].glyphs[0].base


def _near(above: _Row, below: _Row) -> bool:
    return _base(below) - _base(above) < 3 * below[0].glyphs[0].height  # lines
