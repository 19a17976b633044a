"""Documents made on the spot: Word packages from XML, PDF pages from text at places."""

import io
import zipfile
from pathlib import Path

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def root(name, content):
    """One part of a Word package."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_NAMESPACES}>{content}</w:{name}>'


def word_package(body, *, leave_out=(), **parts):
    """A .docx with this body; `parts` are other parts by name (numbering, styles, footnotes, header1, ...)."""
    members = {"word/document.xml": root("document", f"<w:body>{body}</w:body>")}
    relationships = []
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        element = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        members[f"word/{name}.xml"] = root(element, content)
        relationships.append(f'<Relationship Id="r{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>')
    main = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    members["_rels/.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>'
    members["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relationships)}</Relationships>'
    )
    members["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            if name not in leave_out:
                package.writestr(name, content)
    return file.getvalue()


def paragraph(text="", *, properties=""):
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text, number, level=0):
    """A Word paragraph of a list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content, properties=""):
    """A Word table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows):
    """A Word table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def slices(document):
    """Texts of the blocks."""
    return [document.text[block.start : block.end] for block in document.blocks]


def cell_texts(document, number=0):
    """Texts of the cells of a table."""
    return [document.text[each.start : each.end] for each in document.tables[number].cells]


def font_path(name="DejaVuSans.ttf"):
    """A font with Vietnamese letters: Debian's fonts-dejavu-core."""
    for folder in ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF"):
        path = Path(folder) / name
        if path.is_file():
            return path
    return None


class Sheet:
    """A PDF made of pages on which text stands at places (points from the top left)."""

    width, height = 595.0, 842.0

    def __init__(self, **options):
        canvas = pytest.importorskip("reportlab.pdfgen.canvas")
        self._file = io.BytesIO()
        self._canvas = canvas.Canvas(self._file, pagesize=(self.width, self.height), **options)
        self.font = _registered()

    def text(self, x, top, text, *, size=13.0, bold=False):
        self._canvas.setFont(self.font + ("-Bold" if bold else ""), size)
        self._canvas.drawString(x, self.height - top, text)
        return self

    def width_of(self, text, size=13.0):
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return stringWidth(text, self.font, size)

    def wrapped(self, top, text, *, right=540.0):
        """Set a paragraph as Word does, first line indented; gives where the next one begins."""
        left, size, pitch = 85.0, 13.0, 18.0
        line, x = "", left + 36.0
        for word in text.split():
            longer = f"{line} {word}".strip()
            if x + self.width_of(longer, size) > right:
                self.text(x, top, line, size=size)
                top, line, x = top + pitch, word, left
            else:
                line = longer
        self.text(x, top, line, size=size)
        return top + pitch

    def rule(self, x0, top, x1, bottom):
        self._canvas.line(x0, self.height - top, x1, self.height - bottom)
        return self

    def grid(self, xs, tops, texts, *, size=11.0):
        """A ruled table with one line of text a cell."""
        for x in xs:
            self.rule(x, tops[0], x, tops[-1])
        for top in tops:
            self.rule(xs[0], top, xs[-1], top)
        for row, top in zip(texts, tops, strict=False):
            for x, text in zip(xs, row, strict=False):
                for number, line in enumerate(text.split("\n")):
                    self.text(x + 4, top + 14 + 13 * number, line, size=size)
        return self

    def picture(self):
        """A grey picture over the whole page, as a scanner makes it."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        self._canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, self.width, self.height)
        return self

    def page(self):
        self._canvas.showPage()
        return self

    def bytes(self):
        self._canvas.save()
        return self._file.getvalue()


def _registered():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path, bold = font_path(), font_path("DejaVuSans-Bold.ttf")
    if path is None or bold is None:
        pytest.skip("needs a font with Vietnamese letters (Debian: fonts-dejavu-core)")
    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", str(path)))
        pdfmetrics.registerFont(TTFont("DejaVu-Bold", str(bold)))
    return "DejaVu"
