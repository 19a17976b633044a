"""Make the Word templates of the papers (parcc_nlp/report/forms/templates/), the same content every time.

    .venv/bin/python tools/build_forms.py

An office changes a template in Word; these are what it starts from. Page, letterhead and fonts are those of Nghị định
30/2020/NĐ-CP (Phụ lục I): A4, Times New Roman, sizes 13 and 14, page numbers in the middle above from the second page.
"""

from __future__ import annotations

# ruff: noqa: SLF001 - python-docx gives its XML elements under private names
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from parcc_nlp.report.forms.archive import same_bytes

TARGET = Path(__file__).resolve().parent.parent / "parcc_nlp" / "report" / "forms" / "templates"

FONT = "Times New Roman"
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
A4 = (210, 297)
MARGINS = {"left_margin": 30, "right_margin": 15, "top_margin": 20, "bottom_margin": 20}
BETWEEN = MARGINS["left_margin"] + MARGINS["right_margin"]

TITLE, SUBTITLE, HEADING, SUBHEADING = "Tên phiếu", "Tên văn bản", "Mục phiếu", "Tiểu mục phiếu"
BODY, NOTE, CELL, HEAD, RULED, LETTER, SMALL = (
    "Lời phiếu", "Ghi chú phiếu", "Ô bảng", "Đầu cột", "Dòng chấm", "Đầu phiếu", "Ký tên",
)  # fmt: skip
# name: size, bold, italic, alignment, points before and behind
STYLES = {
    TITLE: (14, True, False, CENTER, 10, 2),
    SUBTITLE: (14, True, False, CENTER, 0, 4),
    HEADING: (13, True, False, LEFT, 10, 4),
    SUBHEADING: (13, True, True, LEFT, 8, 4),
    BODY: (13, False, False, LEFT, 2, 2),
    NOTE: (11, False, True, LEFT, 0, 3),
    CELL: (11, False, False, LEFT, 1, 1),
    HEAD: (11, True, False, CENTER, 1, 1),
    RULED: (13, False, False, LEFT, 4, 4),
    LETTER: (12, False, False, CENTER, 0, 0),
    SMALL: (13, False, False, CENTER, 0, 0),
}
KEPT_WITH_NEXT = {TITLE, SUBTITLE, HEADING, SUBHEADING}


def new_document(*, across: bool) -> Any:
    """Make an empty A4 page with our styles and a page number above from the second page."""
    document = Document()
    thumbnail = [key for key, one in document.part.package.rels.items() if one.reltype.endswith("/thumbnail")]
    for key in thumbnail:
        del document.part.package.rels[key]
    section = document.sections[0]
    width, height = reversed(A4) if across else A4
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, size in MARGINS.items():
        setattr(section, side, Mm(size))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style(document.styles["Normal"], 13)
    document.styles["Normal"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "vi-VN")
    for name, (size, bold, italic, alignment, before, behind) in STYLES.items():
        own = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles["Normal"]
        own.quick_style = True
        style(own, size)
        own.font.bold, own.font.italic = bold, italic
        own.paragraph_format.alignment = alignment
        own.paragraph_format.space_before, own.paragraph_format.space_after = Pt(before), Pt(behind)
        own.paragraph_format.keep_with_next = name in KEPT_WITH_NEXT
    page_number(section.header.paragraphs[0])
    return document


def style(own: Any, size: float) -> None:
    """Set font and size, for letters of every script."""
    own.font.name, own.font.size = FONT, Pt(size)
    fonts = own.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def page_number(paragraph: Any) -> None:
    """Put in a field that shows the number of the page."""
    paragraph.alignment = CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def add(place: Any, name: str, text: str, *, bold: bool | None = None, italic: bool | None = None) -> Any:
    """Add a paragraph of a style, to a document or a cell."""
    paragraph = place.add_paragraph(style=name)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    return paragraph


def fill(cell: Any, name: str, *texts: str, bold: bool | None = None, italic: bool | None = None) -> Any:
    """Write paragraphs of a style into a cell, the first into the one that is there."""
    for number, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = name
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
    return cell.paragraphs[-1]


def rule(cell: Any, *, indent: float) -> None:
    """Draw a rule in a cell, shorter than it by an indent in millimetres on either side."""
    paragraph = cell.add_paragraph(style=LETTER)
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def table(  # noqa: PLR0913 - what a table is made of
    document: Any,
    rows: int,
    widths: tuple[float, ...],
    *,
    borders: bool = True,
    caption: str | None = None,
    about: str | None = None,
) -> Any:
    """Add a table of fixed column widths in millimetres."""
    made = document.add_table(rows=rows, cols=len(widths))
    made.style = "Table Grid" if borders else "Normal Table"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    properties = made._tbl.tblPr
    for name, text in (("w:tblCaption", caption), ("w:tblDescription", about)):
        if text:
            told = OxmlElement(name)
            told.set(qn("w:val"), text)
            properties.append(told)
    return made


def repeated(row: Any) -> None:
    """Have a row repeated on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def letterhead(document: Any, width: float) -> None:
    """Write agency and nation side by side, each with its rule, and the line for place and date."""
    right = max(width * 0.5, 98)
    left = width - right
    made = table(document, 2, (left, right), borders=False)
    agency, nation = made.rows[0].cells
    fill(agency, LETTER, "{%p if letterhead.superior %}", "{{ letterhead.superior }}", "{%p endif %}")
    add(agency, LETTER, "{{ letterhead.agency }}", bold=True)
    rule(agency, indent=left * 0.3)
    fill(nation, LETTER, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    motto = add(nation, LETTER, "Độc lập - Tự do - Hạnh phúc", bold=True)
    motto.runs[0].font.size = Pt(13)
    rule(nation, indent=(right - 3.8 - 58) / 2)  # as long as the motto
    fill(made.rows[1].cells[0], LETTER, "")
    dated = fill(made.rows[1].cells[1], LETTER, "{{ letterhead.place }}, ngày …… tháng …… năm ………", italic=True)
    dated.runs[0].font.size = Pt(13)
    dated.paragraph_format.space_before = Pt(4)


def listed(document: Any, expression: str, width: float, name: str) -> None:
    """Add a table whose columns are those of the headings; ``expression`` is the table in the template's words."""
    made = table(document, 4, (width / 3,) * 3, caption=f"{{{{ {expression}.title }}}}", about=f"parcc:{name}")
    head, begin, body, end = made.rows
    for row, items, field, look in (
        (head, f"heading in {expression}.headings", "heading", HEAD),
        (body, "cell in row.cells", "cell", CELL),
    ):
        fill(row.cells[0], look, f"{{%tc for {items} %}}")
        fill(row.cells[1], look, f"{{{{ {field} }}}}")
        fill(row.cells[2], look, "{%tc endfor %}")
    fill(begin.cells[0], CELL, f"{{%tr for row in {expression}.rows %}}")
    fill(end.cells[0], CELL, "{%tr endfor %}")
    repeated(head)


def to_write_on(document: Any, lines: int, width: float) -> None:
    """Leave dotted lines for the officer."""
    for _ in range(lines):
        paragraph = document.add_paragraph(style=RULED)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run("\t")


def signatures(document: Any, width: float) -> None:
    """Leave room for date and signature of reviewer and leader."""
    document.add_paragraph(style=BODY)
    made = table(document, 1, (width / 2, width / 2), borders=False)
    row = made.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:cantSplit"))
    for cell, who in zip(made.rows[0].cells, ("reviewer_signs", "leader_signs"), strict=True):
        fill(cell, SMALL, "Ngày …… tháng …… năm ………", italic=True)
        add(cell, SMALL, f"{{{{ labels.{who} }}}}", bold=True)
        add(cell, SMALL, "{{ labels.sign_here }}", italic=True)
        for _ in range(5):
            add(cell, SMALL, "")
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def review_sheet() -> Any:
    """Make the template of the review sheet, upright."""
    document = new_document(across=False)
    width = A4[0] - BETWEEN
    letterhead(document, width)
    add(document, NOTE, "{%p if form_number %}")
    document.add_paragraph("{{ form_number }}", style=NOTE).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add(document, NOTE, "{%p endif %}")
    add(document, TITLE, "{{ title }}")
    add(document, SUBTITLE, "{{ document.name }}")
    add(document, NOTE, "{%p for note in notes %}")
    add(document, NOTE, "{{ note }}")
    add(document, NOTE, "{%p endfor %}")

    add(document, HEADING, "I. VĂN BẢN ĐƯỢC RÀ SOÁT")
    made = table(document, 3, (width * 0.34, width * 0.66), caption="Văn bản được rà soát")
    fill(made.rows[0].cells[0], CELL, "{%tr for line in document.lines %}")
    fill(made.rows[1].cells[0], CELL, "{{ line.label }}", bold=True)
    fill(made.rows[1].cells[1], CELL, "{{ line.value }}")
    fill(made.rows[2].cells[0], CELL, "{%tr endfor %}")

    add(document, HEADING, "II. {{ grounds.title }}")
    add(document, BODY, "{%p if grounds.rows %}")
    listed(document, "grounds", width, "grounds")
    add(document, BODY, "{%p else %}")
    add(document, BODY, "{{ no_grounds }}")
    add(document, BODY, "{%p endif %}")

    add(document, HEADING, "III. {{ findings_title }}")
    add(document, BODY, "{%p for group in groups %}")
    add(document, SUBHEADING, "{{ loop.index }}. {{ group.title }} ({{ group.count }})")
    listed(document, "group.findings", width, "findings")
    add(document, BODY, "{%p endfor %}")
    add(document, BODY, "{%p if not groups %}")
    add(document, BODY, "{{ labels.no_findings }}")
    add(document, BODY, "{%p endif %}")

    add(document, HEADING, "IV. NỘI DUNG CHƯA RÕ")
    add(document, BODY, "{%p for line in open_lines %}")
    add(document, BODY, "- {{ line }}")
    add(document, BODY, "{%p endfor %}")
    add(document, BODY, "{%p if unknown.rows %}")
    add(document, SUBHEADING, "{{ unknown.title }} ({{ unknown.count }})")
    listed(document, "unknown", width, "unknown")
    add(document, BODY, "{%p endif %}")
    add(document, NOTE, "{{ labels.advice }}").paragraph_format.space_before = Pt(8)

    add(document, HEADING, "V. {{ labels.opinion }}")
    to_write_on(document, 4, width)
    add(document, HEADING, "VI. {{ labels.proposal }}")
    add(document, BODY, "□ Không xử lý        □ Đình chỉ việc thi hành        □ Sửa đổi, bổ sung        □ Thay thế")
    add(document, BODY, "□ Bãi bỏ        □ Đính chính        □ Ban hành mới        □ Hình thức khác")
    to_write_on(document, 4, width)
    add(document, HEADING, "VII. {{ labels.leader }}")
    to_write_on(document, 3, width)
    signatures(document, width)
    return document


def status_lists() -> Any:
    """Make the template of the lists, across, a list a page."""
    document = new_document(across=True)
    width = A4[1] - BETWEEN
    letterhead(document, width)
    add(document, BODY, "{%p for list in lists %}")
    add(document, BODY, "{%p if list.form_number %}")
    document.add_paragraph("{{ list.form_number }}", style=NOTE).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add(document, BODY, "{%p endif %}")
    add(document, BODY, "{%p if loop.first %}")
    add(document, TITLE, "{{ list.title }}")
    add(document, BODY, "{%p else %}")
    add(document, TITLE, "{{ list.title }}").paragraph_format.page_break_before = True
    add(document, BODY, "{%p endif %}")
    document.add_paragraph("{{ issued_with }}", style=NOTE).alignment = CENTER
    document.add_paragraph("{{ as_of }}", style=NOTE).alignment = CENTER
    add(document, NOTE, "{%p for note in list.notes %}")
    add(document, NOTE, "{{ note }}")
    add(document, NOTE, "{%p endfor %}")
    listed(document, "list", width, "{{ list.name }}")
    add(document, BODY, "{{ list.count_line }}", italic=True)
    add(document, BODY, "{%p endfor %}")
    return document


def content(document: Any, title: str) -> bytes:
    """Give the file of a document."""
    file = BytesIO()
    document.save(file)
    return same_bytes(file.getvalue(), title=title, day=None)


def templates() -> dict[str, bytes]:
    """Give every template by its name."""
    return {
        "review_sheet.docx": content(review_sheet(), "Phiếu rà soát văn bản"),
        "status_lists.docx": content(status_lists(), "Danh mục văn bản"),
    }


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, made in templates().items():
        (TARGET / name).write_bytes(made)
        print(f"{name}: {len(made)} bytes")
