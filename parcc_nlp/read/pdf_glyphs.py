"""The letters of a PDF page with their places, in the page as shown: from the top left, turned as the page is turned."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAYBE_SPACE", "Glyph", "GlyphPage", "glyph_page", "shown_map"]

# PDFium writes a hyphen at a line end as U+FFFE (formerly U+0002); Word writes some hyphens as a soft hyphen.
_HYPHENS = {0xFFFE: "-", 0x0002: "-", 0x00AD: "-"}
MAYBE_SPACE = "\u200a"
"""Stands for a space that PDFium guessed; the gap decides."""
_SURROGATES = range(0xD800, 0xE000)
_BOLD_FROM = 600
_UPRIGHT = 0.1  # radians
_IMAGE = 3
_PATH = 2


class Glyph(NamedTuple):
    """One letter: left and right edge of its advance, base line, height of its font, the letter, its number on the page."""

    x0: float
    x1: float
    base: float
    height: float
    char: str
    index: int


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


def glyph_page(page: object, number: int, *, limit: int) -> GlyphPage | None:
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
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, only where needed

    width, height = page.get_size()  # type: ignore[attr-defined]  # pypdfium2 has no types
    shown = shown_map(page, width, height)
    textpage = page.get_textpage()  # type: ignore[attr-defined]  # pypdfium2 has no types
    try:
        count = pdfium.FPDFText_CountChars(textpage.raw)
        if count > limit:
            return None
        glyphs, bold = _glyphs(pdfium, textpage.raw, count, shown, (width, height))
    finally:
        textpage.close()
    rules, picture = _drawn(page, width * height)
    return GlyphPage(number, width, height, tuple(glyphs), frozenset(bold), rules, picture)


def shown_map(page: object, width: float, height: float) -> Callable[[float, float], tuple[float, float]]:
    """Give the map from page space to the page as shown, for every crop box and rotation."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, only where needed

    scale = 100
    across, down = ctypes.c_int(), ctypes.c_int()

    def point(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(
            page.raw, 0, 0, int(width * scale), int(height * scale), 0, x, y, across, down  # type: ignore[attr-defined]
        )
        return across.value / scale, down.value / scale

    far = 1000.0
    (ox, oy), (xx, xy), (yx, yy) = point(0, 0), point(far, 0), point(0, far)
    a, b, c, d = (xx - ox) / far, (xy - oy) / far, (yx - ox) / far, (yy - oy) / far

    def shown(x: float, y: float) -> tuple[float, float]:
        return ox + a * x + c * y, oy + b * x + d * y

    return shown


def _glyphs(
    pdfium: object,
    raw: object,
    count: int,
    shown: Callable[[float, float], tuple[float, float]],
    size: tuple[float, float],
) -> tuple[list[Glyph], set[int]]:
    unicode_of = pdfium.FPDFText_GetUnicode  # type: ignore[attr-defined]  # pypdfium2 has no types
    generated = pdfium.FPDFText_IsGenerated  # type: ignore[attr-defined]
    loose_box = pdfium.FPDFText_GetLooseCharBox  # type: ignore[attr-defined]
    origin_of = pdfium.FPDFText_GetCharOrigin  # type: ignore[attr-defined]
    weight_of = pdfium.FPDFText_GetFontWeight  # type: ignore[attr-defined]
    angle_of = pdfium.FPDFText_GetCharAngle  # type: ignore[attr-defined]
    rect = pdfium.FS_RECTF()  # type: ignore[attr-defined]
    x, y = ctypes.c_double(), ctypes.c_double()
    turned = _turn(shown)
    width, height = size
    glyphs: list[Glyph] = []
    bold: set[int] = set()
    high = 0
    fresh, leans, heavy, base_before = True, False, False, 0.0
    for index in range(count):
        code = unicode_of(raw, index)
        if code in _SURROGATES:
            # UTF-16 halves of one letter come as two.
            if code < 0xDC00:  # noqa: PLR2004  # first half
                high = code
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        char = _HYPHENS.get(code) or (chr(code) if code else "")
        if not char:
            continue
        if char.isspace() and generated(raw, index):
            if char == " " and glyphs:
                last = glyphs[-1]
                glyphs.append(last._replace(x0=last.x1, char=MAYBE_SPACE, index=index))
            fresh = True
            continue
        if not loose_box(raw, index, rect):
            continue
        origin_of(raw, index, x, y)
        left, base = shown(x.value, y.value)
        ax, ay = shown(rect.left, rect.bottom)
        bx, by = shown(rect.right, rect.top)
        right, tall = max(ax, bx), abs(by - ay)
        if not (-tall <= left <= width + tall and -tall <= base <= height + tall) or tall <= 0:
            continue
        if unicodedata.combining(char) and glyphs:
            # A mark set on its own belongs to the letter before it, wherever its box is.
            last = glyphs[-1]
            glyphs[-1] = last._replace(char=unicodedata.normalize("NFC", last.char + char))
            continue
        if char.isspace():
            fresh = True
        elif fresh or base != base_before:
            # Angle and weight are those of the word: asking for every letter costs a third of the time.
            leans = _leans(angle_of(raw, index) - turned)
            heavy = weight_of(raw, index) >= _BOLD_FROM
            fresh = False
        base_before = base
        if leans:
            continue
        if heavy:
            bold.add(index)
        glyphs.append(Glyph(left, max(right, left), base, tall, char, index))
    return glyphs, bold


def _turn(shown: Callable[[float, float], tuple[float, float]]) -> float:
    """Give the angle at which upright text of the shown page stands in page space."""
    ox, oy = shown(0, 0)
    x, y = shown(1, 0)
    # PDFium counts angles of letters clockwise.
    return -math.atan2(y - oy, x - ox) % math.tau


def _leans(angle: float) -> bool:
    """Whether the angle is far from upright on either side of zero."""
    folded = angle % math.tau
    return min(folded, math.tau - folded) > _UPRIGHT


def _drawn(page: object, area: float) -> tuple[int, float]:
    """Count the drawn paths and give the share of the page that its largest picture covers."""
    paths = 0
    picture = 0.0
    for item in page.get_objects(max_depth=2):  # type: ignore[attr-defined]  # pypdfium2 has no types
        if item.type == _PATH:
            paths += 1
        elif item.type == _IMAGE:
            left, bottom, right, top = item.get_bounds()
            picture = max(picture, abs((right - left) * (top - bottom)) / max(area, 1.0))
    return paths, min(picture, 1.0)
