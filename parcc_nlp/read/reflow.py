"""From printed lines to paragraphs: a line goes on where the typesetter had no room left, and begins anew elsewhere."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from parcc_nlp.read.pdf_layout import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Frame", "Paragraph", "frame_of", "joined", "paragraphs"]

# Beginnings of provisions and list items (NĐ 30/2020/NĐ-CP, Điều 8 khoản 6 and Phụ lục I).
_MARKER = re.compile(
    r"[“\"]?(?:"
    r"(?:Điều|ĐIỀU|Ðiều) \d+[a-zđ]?[.:]|"
    r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|TIỂU MỤC) (?:[IVXLC]+|\d+|thứ \w+|THỨ \w+)\b|"
    r"(?:Phụ lục|PHỤ LỤC)(?: [IVXLC\d]+)?\b|"
    r"(?:[IVX]+|[A-HĐ])[.\-)/] |"
    r"\d{1,3}(?:\.\d{1,3})*[.)](?: |$)|\d{1,3}(?:\.\d{1,3})+ |"
    r"(?:[a-zđ]|[a-zđ]\d|\d[a-zđ])[.)] |"
    r"[-–—+*•▪●○➢❖✓□☐] ?|"
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình|Kính gửi|Nơi nhận|QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH)\b"
    r")"
)
# Signs that could as well be part of a sentence wrapped before them ("Điều 5.", "1.", "- Lê Lợi").
_WEAK_MARKER = re.compile(r"[-–—]|\d|[a-zđ][.)]|(?:Chương|Phần|Mục|Phụ lục|Điều)\b|[A-HĐIVX]+[.\-)/]")
_LIST_SIGN = re.compile(r"(?:[-–—+*•▪●○➢❖✓□☐]|[a-zđ]\)|\d{1,3}[.)])\s*")
_TERMINAL = re.compile(r"(?:[.;:!?…]|\./\.?)[”\"')\]]*$")
_GLUED = re.compile(r"(?:\w[-‐‑\xad]|\w/)$")
_SPACE_EM = 0.25
_INDENT = 8.0  # points
_SAME_PLACE = 3.0  # points


@dataclass(frozen=True, slots=True)
class Frame:
    """Where lines of a page may begin and end, and how far apart they are (points)."""

    left: float
    right: float
    pitch: float

    @property
    def width(self) -> float:
        """Room for a line."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines joined into one."""

    text: str
    lines: tuple[Line, ...]
    centred: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Box of the lines on the first page of the paragraph."""
        page = self.lines[0].page
        own = [line for line in self.lines if line.page == page]
        return (
            round(min(line.x0 for line in own), 1),
            round(min(line.top for line in own), 1),
            round(max(line.x1 for line in own), 1),
            round(max(line.base + line.size * 0.2 for line in own), 1),
        )


def frame_of(lines: Sequence[Line]) -> Frame | None:
    """Measure the frame that body lines were set in; None for too few lines."""
    if len(lines) < 2:  # noqa: PLR2004  # one line has no frame
        return None
    rights = sorted(line.x1 for line in lines)
    # One line sticking out must not make every other one look short.
    right = rights[-1] if len(rights) < 12 else rights[int(len(rights) * 0.98)]  # noqa: PLR2004  # few lines
    lefts = Counter(round(line.x0) for line in lines)
    often = [x for x, count in lefts.items() if count >= max(2, len(lines) * 0.1)]
    left = float(min(often or lefts))
    gaps = [
        round(below.base - above.base, 1)
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < below.base - above.base < 3 * below.size
    ]
    pitch = _usual(gaps) if gaps else statistics.median(line.size for line in lines) * 1.2
    return Frame(left, right, pitch)


def _usual(gaps: list[float]) -> float:
    """Give the most frequent of the smaller distances, to half a point."""
    counted = Counter(round(gap * 2) / 2 for gap in gaps)
    most = max(counted.values())
    return min(gap for gap, count in counted.items() if count >= 0.5 * most)


def paragraphs(
    lines: Iterable[Line], frame: Frame, *, setting: Literal["body", "column", "cell"] = "body"
) -> list[Paragraph]:
    """Join lines into paragraphs.

    Parameters
    ----------
    lines
        In reading order; they may run over pages.
    frame
        Of the body, or of the column or cell.
    setting
        ``"column"`` for letterheads and signatures, where lines are broken by hand; ``"cell"`` for cells of tables,
        whose frame is known and not measured.

    Returns
    -------
    list of Paragraph
        Each with its text on one line.
    """
    found: list[list[Line]] = []
    for line in lines:
        if found and not _is_new(found[-1], line, frame, setting):
            found[-1].append(line)
        else:
            found.append([line])
    return [
        Paragraph(joined([line.text for line in group]), tuple(group), _centred(group[0], frame)) for group in found
    ]


def _is_new(group: list[Line], line: Line, frame: Frame, setting: str) -> bool:
    if setting == "column":
        return _new_in_column(group, line, frame)
    if setting == "cell":
        before = group[-1]
        fits = _fits(line, frame.right - before.x1) and not _centred(before, frame)
        return fits or _new_in_body(group, line, frame)
    return _new_in_body(group, line, frame)


def joined(texts: Sequence[str]) -> str:
    """Join the texts of wrapped lines: a symbol cut at its hyphen or slash grows together again.

    Examples
    --------
    >>> joined(["theo Quyết định số 3044/QĐ-", "UBND ngày 22/12/2023 của", "UBND tỉnh"])
    'theo Quyết định số 3044/QĐ-UBND ngày 22/12/2023 của UBND tỉnh'
    """
    text = ""
    for piece in texts:
        glue = not text or (_GLUED.search(text) is not None and piece[:1].isalnum())
        text += piece if glue else f" {piece}"
    return text


def _centred(line: Line, frame: Frame) -> bool:
    middle = (frame.left + frame.right) / 2
    return (
        abs((line.x0 + line.x1) / 2 - middle) < max(4.0, 0.02 * frame.width)
        and line.x0 > frame.left + 0.04 * frame.width
    )


def _title_goes_on(before: Line, line: Line, frame: Frame) -> bool:
    """Whether a title in capitals that took the whole width goes on in the middle of the next line."""
    middle = (frame.left + frame.right) / 2
    return (
        before.text.isupper()
        and line.text.isupper()
        and before.bold == line.bold
        and before.x1 - before.x0 >= 0.75 * frame.width  # share of the width
        and all(abs((each.x0 + each.x1) / 2 - middle) < 0.03 * frame.width for each in (before, line))
    )


def _lower(text: str) -> bool:
    """Whether a line begins inside a sentence."""
    return text[:1].islower() or text[:1] in {",", ";", ")", "”"}


def _fits(line: Line, room: float) -> bool:
    """Whether the first word of a line would have fitted into the room left before it."""
    return room > line.first_word + _SPACE_EM * line.size + 1.5


def _new_in_column(group: list[Line], line: Line, frame: Frame) -> bool:
    """Hand-set lines: only one that begins inside a sentence goes on."""
    before = group[-1]
    if _MARKER.match(line.text) or line.page != before.page:
        return True
    if _GLUED.search(before.text) and line.text[:1].isalnum() and not before.text.startswith("--"):
        return False
    if _lower(line.text) or before.text.endswith(","):
        return False
    item = _LIST_SIGN.match(group[0].text) is not None
    return not (item and not _TERMINAL.search(before.text) and not _fits(line, frame.right - before.x1))


@dataclass(frozen=True, slots=True)
class _Seam:
    """What is seen where a line meets the paragraph above it."""

    group: list[Line]
    line: Line
    frame: Frame

    @property
    def before(self) -> Line:
        return self.group[-1]

    @property
    def inside(self) -> bool:
        """Whether the line begins inside a sentence."""
        return _lower(self.line.text)

    @property
    def ended(self) -> bool:
        return _TERMINAL.search(self.before.text) is not None

    @property
    def marker(self) -> bool:
        return _MARKER.match(self.line.text) is not None

    @property
    def centred(self) -> bool:
        return _centred(self.line, self.frame)

    @property
    def was_centred(self) -> bool:
        return _centred(self.before, self.frame)

    @property
    def full(self) -> bool:
        """Whether the line above had no room for the first word of this one."""
        used = self.before.x1 - (self.before.x0 if self.was_centred else self.frame.left)
        return not _fits(self.line, self.frame.width - used)

    @property
    def indented(self) -> bool:
        return self.line.x0 > self.frame.left + _INDENT and not self.centred and not _hangs(self.group, self.line)


def _new_in_body(group: list[Line], line: Line, frame: Frame) -> bool:
    """Ask one sign after the other, the surest first."""
    seam = _Seam(group, line, frame)
    for verdict in (_by_size, _by_white, _by_marker, _by_title, _by_centring):
        if (new := verdict(seam)) is not None:
            return new
    return _by_room_and_indentation(seam)


def _by_size(seam: _Seam) -> bool | None:
    before, line = seam.before, seam.line
    other = abs(line.size - before.size) > max(1.3, 0.12 * before.size)
    return True if other and not (seam.inside and seam.full) else None


def _by_white(seam: _Seam) -> bool | None:
    """More white than between lines, or a line that stands above the one before it."""
    before, line, pitch = seam.before, seam.line, seam.frame.pitch
    if line.page != before.page:
        return None
    gap = line.base - before.base
    apart = gap > 1.3 * max(pitch, line.size) + 1
    if (apart and not (seam.full and seam.inside and gap < 2.2 * pitch)) or gap < -1:
        return True
    return None


def _by_marker(seam: _Seam) -> bool | None:
    if not seam.marker:
        return None
    if seam.indented or not seam.full or seam.ended or seam.line.bold_start != seam.before.bold or not seam.inside:
        wrapped = seam.full and not seam.ended and not seam.indented and not seam.line.bold_start
        return not (wrapped and _WEAK_MARKER.match(seam.line.text))
    return None


def _by_title(seam: _Seam) -> bool | None:
    return False if not seam.marker and _title_goes_on(seam.before, seam.line, seam.frame) else None


def _by_centring(seam: _Seam) -> bool | None:
    before, line = seam.before, seam.line
    if seam.was_centred != seam.centred:
        if seam.full and seam.inside:
            return None
        at_margin = not seam.centred and abs(line.x0 - seam.frame.left) < _SAME_PLACE
        return not (seam.inside and not seam.ended and at_margin)
    if not seam.centred:
        return None
    if before.text.isupper() != line.text.isupper():
        return True
    return not seam.full and not (seam.inside and not seam.ended and line.bold == before.bold)


def _by_room_and_indentation(seam: _Seam) -> bool:
    before, line = seam.before, seam.line
    if not seam.full:
        return not seam.inside or seam.ended or seam.marker
    if seam.indented and line.x0 > before.x0 + _INDENT:
        return True
    if seam.indented and len(seam.group) == 1 and abs(line.x0 - before.x0) < _SAME_PLACE and not seam.inside:
        # Where first lines are indented, a line that went on would begin at the margin.
        return True
    return before.bold and not line.bold_start and not seam.inside and before.text[-1:] not in ",-"


def _hangs(group: list[Line], line: Line) -> bool:
    """Whether a line stands under the text of an item whose sign hangs out to the left."""
    first = group[0]
    if _LIST_SIGN.match(first.text) is None:
        return False
    under = group[1].x0 if len(group) > 1 else None
    if under is not None:
        return abs(line.x0 - under) < 3  # noqa: PLR2004  # points
    return 0 < line.x0 - first.x0 < 5 * first.size and _LIST_SIGN.match(line.text) is None
