"""The letters of a PDF page with their places, in the page as shown: from the top left, turned as the page is."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAYBE_SPACE", "Glyph", "GlyphPage", "glyph_page", "shown_map"]


MAYBE_SPACE = "\u200a"
"""Stands for a space that PDFium guessed; the gap decides."""

# PDFium writes a hyphen at a line end as U+FFFE (formerly U+0002).
_HYPHENS = frozenset({0xFFFE, 0x0002})
_HIGH_HALVES = range(0xD800, 0xDC00)
_LOW_HALVES = range(0xDC00, 0xE000)
_BOLD_FROM = 600
_UPRIGHT = 0.1  # radians
_BASES_APART = 3  # points between the base lines of a letter and a mark set on its own
_PATH, _IMAGE = 2, 3


class Glyph(NamedTuple):
    """One letter: edges of its advance, base line, height of its font, and its number on the page."""

    x0: float
    x1: float
    base: float
    height: float
    char: str
    order: int


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """A page: size in points, letters, how many rules are drawn on it, and how much of it a picture covers (0 to 1)."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    bold: frozenset[int]
    rules: int
    picture: float


def glyph_page(page: Any, number: int, *, limit: int) -> GlyphPage | None:
    """Take the letters of a loaded page of pypdfium2.

    Parameters
    ----------
    page
        A ``pypdfium2.PdfPage``.
    number
        Its number, from 1.
    limit
        Letters above which the page is given up.

    Returns
    -------
    GlyphPage or None
        None where there are more letters than the limit.
    """
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        reader = _GlyphReader(textpage.raw, shown_map(page, width, height), (width, height))
        if reader.count > limit:
            return None
        reader.read()
    finally:
        textpage.close()
    rules, picture = _drawn(page, width * height)
    return GlyphPage(number, width, height, tuple(reader.glyphs), frozenset(reader.bold), rules, picture)


def shown_map(page: Any, width: float, height: float) -> Callable[[float, float], tuple[float, float]]:
    """Give the map from page space to the page as shown, for every crop box and rotation."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, only where needed

    scale = 100
    across, down = ctypes.c_int(), ctypes.c_int()

    def point(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, int(width * scale), int(height * scale), 0, x, y, across, down)
        return across.value / scale, down.value / scale

    far = 1000.0
    (ox, oy), (xx, xy), (yx, yy) = point(0, 0), point(far, 0), point(0, far)
    a, b, c, d = (xx - ox) / far, (xy - oy) / far, (yx - ox) / far, (yy - oy) / far

    def shown(x: float, y: float) -> tuple[float, float]:
        return ox + a * x + c * y, oy + b * x + d * y

    return shown


class _GlyphReader:
    """Asks PDFium for one letter after the other."""

    def __init__(
        self, raw: Any, shown: Callable[[float, float], tuple[float, float]], size: tuple[float, float]
    ) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, only where needed

        self._pdfium = pdfium
        self._raw = raw
        self._shown = shown
        self._width, self._height = size
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._upright = _upright_angle(shown)
        self._marks: list[Glyph] = []
        self._high_half = 0
        # Looked up once: these are called for every letter.
        self._unicode_of = pdfium.FPDFText_GetUnicode
        self._box_of = pdfium.FPDFText_GetLooseCharBox
        self._origin_of = pdfium.FPDFText_GetCharOrigin
        self.count: int = pdfium.FPDFText_CountChars(raw)
        self.glyphs: list[Glyph] = []
        self.bold: set[int] = set()

    def read(self) -> None:
        """Fill `glyphs` and `bold`."""
        in_word, leans, heavy, base = False, False, False, 0.0
        for order in range(self.count):
            char = self._char(order)
            if not char:
                continue
            if char.isspace() and self._pdfium.FPDFText_IsGenerated(self._raw, order):
                self._add_guessed_space(char, order)
                in_word = False
                continue
            glyph = self._glyph(char, order)
            if glyph is None:
                continue
            if unicodedata.combining(char):
                self._add_mark(glyph)
                continue
            if not char.isspace() and not (in_word and glyph.base == base):
                # Angle and weight are those of the word: asking for every letter costs a third of the time.
                leans, heavy = self._leans(order), self._pdfium.FPDFText_GetFontWeight(self._raw, order) >= _BOLD_FROM
            in_word, base = not char.isspace(), glyph.base
            if leans:
                continue
            if heavy:
                self.bold.add(order)
            self.glyphs.append(glyph)
        self._place_marks()

    def _char(self, order: int) -> str:
        """Give a letter, halves of a UTF-16 pair joined at the second one."""
        code: int = self._unicode_of(self._raw, order)
        if code in _HIGH_HALVES:
            self._high_half = code
            return ""
        if code in _LOW_HALVES:
            high, self._high_half = self._high_half, 0
            return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else "\ufffd"
        if code in _HYPHENS:
            return "-"
        return chr(code) if code else ""

    def _glyph(self, char: str, order: int) -> Glyph | None:
        """Give a letter with its place; None for one that is not on the page."""
        rect, x, y = self._rect, self._x, self._y
        if not self._box_of(self._raw, order, rect):
            return None
        self._origin_of(self._raw, order, x, y)
        left, base = self._shown(x.value, y.value)
        if self._upright:
            ax, ay = self._shown(rect.left, rect.bottom)
            bx, by = self._shown(rect.right, rect.top)
            right, tall = max(ax, bx), abs(by - ay)
        else:
            right, tall = left + rect.right - x.value, rect.top - rect.bottom
        on_page = -tall <= left <= self._width + tall and -tall <= base <= self._height + tall
        return Glyph(left, max(right, left), base, tall, char, order) if tall > 0 and on_page else None

    def _add_guessed_space(self, char: str, order: int) -> None:
        if char == " " and self.glyphs:
            last = self.glyphs[-1]
            self.glyphs.append(last._replace(x0=last.x1, char=MAYBE_SPACE, order=order))

    def _leans(self, order: int) -> bool:
        """Whether a letter stands far from upright: stamps and watermarks."""
        angle: float = (self._pdfium.FPDFText_GetCharAngle(self._raw, order) - self._upright) % math.tau
        return min(angle, math.tau - angle) > _UPRIGHT

    def _add_mark(self, mark: Glyph) -> None:
        """Keep a mark that is set on its own, with the box in which it is drawn: its advance says nothing."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if self._pdfium.FPDFText_GetCharBox(self._raw, mark.order, left, right, bottom, top):
            x0, _ = self._shown(left.value, bottom.value)
            x1, _ = self._shown(right.value, top.value)
            self._marks.append(mark._replace(x0=min(x0, x1), x1=max(x0, x1)))

    def _place_marks(self) -> None:
        """Put marks onto the letters over or under which they are drawn."""
        if not self._marks:
            return
        by_base: dict[int, list[int]] = {}
        for number, glyph in enumerate(self.glyphs):
            if glyph.char.isalpha():
                by_base.setdefault(round(glyph.base), []).append(number)
        for mark in self._marks:
            near = range(round(mark.base) - _BASES_APART, round(mark.base) + _BASES_APART + 1)
            offs = [
                (off, number)
                for base in near
                for number in by_base.get(base, ())
                if (off := _off_centre(mark, self.glyphs[number])) is not None
            ]
            if offs:
                _, number = min(offs)
                glyph = self.glyphs[number]
                self.glyphs[number] = glyph._replace(char=unicodedata.normalize("NFC", glyph.char + mark.char))


def _off_centre(mark: Glyph, glyph: Glyph) -> float | None:
    """Give how far a mark is from the middle of a letter, None where it is not over or under it."""
    off = abs((glyph.x0 + glyph.x1 - mark.x0 - mark.x1) / 2)
    return off if off <= (glyph.x1 - glyph.x0) / 2 + 0.1 * glyph.height else None


def _upright_angle(shown: Callable[[float, float], tuple[float, float]]) -> float:
    """Give the angle at which upright text of the shown page stands in page space."""
    ox, oy = shown(0, 0)
    x, y = shown(1, 0)
    # PDFium counts angles of letters clockwise.
    return -math.atan2(y - oy, x - ox) % math.tau


def _drawn(page: Any, area: float) -> tuple[int, float]:
    """Count the drawn paths and give the share of the page that its largest picture covers."""
    paths = 0
    picture = 0.0
    for item in page.get_objects(max_depth=2):
        if item.type == _PATH:
            paths += 1
        elif item.type == _IMAGE:
            left, bottom, right, top = item.get_bounds()
            picture = max(picture, abs((right - left) * (top - bottom)) / max(area, 1.0))
    return paths, min(picture, 1.0)
