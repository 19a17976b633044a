"""Write the Word and PDF documents of corpora/samples from the text below.

Run it with ``make samples`` after changing the text; the results are committed. Both files come out the same, byte for
byte, on every run with the same library versions, so that a change in them is a change somebody made.

The Word file uses what offices use and readers stumble over: automatic multi-level numbering (no number is typed), a
table with a heading row and a merged cell. The PDF has a text layer, the two-column letterhead of NĐ 30/2020, page
numbers, and a ruled table whose heading row is repeated after the page break.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parent.parent / "corpora" / "samples"
WHEN = datetime(2026, 11, 23)  # noqa: DTZ001 - a Word file's dates carry no zone
FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Debian package fonts-dejavu-core; its letters cover Vietnamese, those that reportlab brings do not."""


class Item(NamedTuple):
    """A paragraph and the level of its automatic number; None where it has none."""

    level: int | None
    text: str


PLAN_HEAD = (
    ("ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("Số: 96/KH-UBND", "Hòa Giang, ngày 16 tháng 3 năm 2026"),
)
PLAN_TITLE = ("KẾ HOẠCH", "Tập huấn tiếp nhận hồ sơ trực tuyến cho công chức cấp xã năm 2026")
PLAN_OPENING = (
    "Thực hiện Quyết định số 282/QĐ-TTg ngày 12 tháng 02 năm 2026 của Thủ tướng Chính phủ và Nghị định số "
    "118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:"
)
PLAN_BODY = (
    Item(0, "MỤC ĐÍCH, YÊU CẦU"),
    Item(
        1,
        "Giúp công chức cấp xã tự tiếp nhận, số hóa và trả kết quả hồ sơ trực tuyến theo Luật Giao dịch điện tử số "
        "20/2023/QH15 ngày 22 tháng 6 năm 2023.",
    ),
    Item(1, "Mỗi lớp không quá 40 người; ít nhất 70% thời lượng là thực hành trên máy."),
    Item(0, "NỘI DUNG"),
    Item(1, "Học phần cơ bản"),
    Item(
        2,
        "Quy trình một cửa theo Điều 4 Nghị định số 118/2025/NĐ-CP, so với Nghị định số 61/2018/NĐ-CP trước đây;",
    ),
    Item(
        2,
        "Cung cấp dịch vụ công trực tuyến theo Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ;",
    ),
    Item(2, "Bảo vệ dữ liệu cá nhân theo Nghị định số 13/2023/NĐ-CP ngày 17 tháng 4 năm 2023 của Chính phủ."),
    Item(1, "Học phần nâng cao: quản lý, kết nối và chia sẻ dữ liệu theo Nghị định số 47/2020/NĐ-CP ngày 30/02/2020."),
    Item(0, "PHÂN CÔNG THỰC HIỆN"),
)
PLAN_TABLE = (
    ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"),
    ("1", "Biên soạn tài liệu", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Khoa học và Công nghệ", "31/3/2026"),
    ("2", "Tổ chức 12 lớp cơ bản", "Sở Nội vụ", "Trường Chính trị tỉnh", "30/6/2026"),
    ("3", "Tổ chức 03 lớp nâng cao", "Sở Nội vụ", "Sở Khoa học và Công nghệ", "30/9/2026"),
)
PLAN_TABLE_LAST = "Các cơ quan chủ trì báo cáo kết quả về Văn phòng Ủy ban nhân dân tỉnh trước ngày 15/10/2026."
PLAN_CLOSING = (
    "Kinh phí thực hiện theo Luật Ngân sách nhà nước. Trong quá trình thực hiện nếu có vướng mắc, các cơ quan, đơn vị "
    "phản ánh về Văn phòng Ủy ban nhân dân tỉnh để được hướng dẫn./."
)
PLAN_FOOT = (
    "Nơi nhận:\n- Các sở, ban, ngành cấp tỉnh;\n- Ủy ban nhân dân các xã, phường;\n- Lưu: VT, NC.",
    "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
)

PROPOSAL_HEAD = (
    (
        "ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG\n<b>SỞ NỘI VỤ</b>",
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>\nĐộc lập - Tự do - Hạnh phúc",
    ),
    ("Số: 65/TTr-SNV", "<i>Hòa Giang, ngày 05 tháng 3 năm 2024</i>"),
)
PROPOSAL_TITLE = ("TỜ TRÌNH", "Về việc sắp xếp các đơn vị sự nghiệp công lập thuộc tỉnh năm 2024")
PROPOSAL_BODY = (
    "Kính gửi: Ủy ban nhân dân tỉnh Hòa Giang.",
    "Thực hiện Nghị quyết số 39-NQ/TW ngày 17 tháng 4 năm 2015 của Bộ Chính trị về tinh giản biên chế và cơ cấu lại "
    "đội ngũ cán bộ, công chức, viên chức, Sở Nội vụ kính trình Ủy ban nhân dân tỉnh phương án sắp xếp các đơn vị sự "
    "nghiệp công lập thuộc tỉnh như sau:",
    "<b>I. CĂN CỨ</b>",
    "1. Luật Viên chức ngày 15 tháng 11 năm 2010; Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và "
    "Luật Viên chức ngày 25 tháng 11 năm 2019.",
    "2. Nghị định số 120/2020/NĐ-CP ngày 07 tháng 10 năm 2020 của Chính phủ quy định về thành lập, tổ chức lại, giải "
    "thể đơn vị sự nghiệp công lập; Nghị định số 106/2020/NĐ-CP ngày 10 tháng 9 năm 2020 của Chính phủ về vị trí việc "
    "làm và số lượng người làm việc trong đơn vị sự nghiệp công lập.",
    "3. Các Nghị định số 107/2020/NĐ-CP, 108/2020/NĐ-CP ngày 14 tháng 9 năm 2020 của Chính phủ.",
    "4. Nghị định số 60/2021/NĐ-CP ngày 21 tháng 6 năm 2021 của Chính phủ quy định về tuyển dụng, sử dụng và quản lý "
    "viên chức.",
    "5. Nghị định số 90/2020/NĐ-CP ngày 13 tháng 8 năm 2020 của Chính phủ về đánh giá, xếp loại chất lượng cán bộ, "
    "công chức, viên chức, được sửa đổi, bổ sung tại Nghị định số 48/2023/NĐ-CP ngày 17 tháng 7 năm 2023.",
    "<b>II. PHƯƠNG ÁN</b>",
    "Sau sắp xếp, số đơn vị sự nghiệp công lập thuộc tỉnh giảm tối thiểu 10% so với năm 2021; các đơn vị trong bảng "
    "dưới đây được tổ chức lại trong năm 2024.",
)
PROPOSAL_TABLE_HEAD = ("TT", "Đơn vị", "Cơ quan chủ quản", "Phương án", "Thời hạn")
PROPOSAL_UNITS = (
    ("Trung tâm Dịch vụ việc làm", "Sở Lao động - Thương binh và Xã hội", "Giữ nguyên"),
    ("Trung tâm Khuyến nông", "Sở Nông nghiệp và Phát triển nông thôn", "Hợp nhất với Trung tâm Giống"),
    ("Trung tâm Giống", "Sở Nông nghiệp và Phát triển nông thôn", "Hợp nhất với Trung tâm Khuyến nông"),
    ("Trung tâm Công nghệ thông tin", "Sở Thông tin và Truyền thông", "Chuyển sang tự chủ chi thường xuyên"),
    ("Trung tâm Văn hóa", "Sở Văn hóa, Thể thao và Du lịch", "Sáp nhập Thư viện tỉnh"),
    ("Thư viện tỉnh", "Sở Văn hóa, Thể thao và Du lịch", "Sáp nhập vào Trung tâm Văn hóa"),
    ("Trung tâm Quan trắc", "Sở Tài nguyên và Môi trường", "Giữ nguyên"),
    ("Trung tâm Phát triển quỹ đất", "Sở Tài nguyên và Môi trường", "Tự chủ hoàn toàn"),
    ("Trung tâm Xúc tiến đầu tư", "Sở Kế hoạch và Đầu tư", "Giữ nguyên"),
    ("Ban Quản lý bến xe", "Sở Giao thông vận tải", "Chuyển thành công ty cổ phần"),
    ("Trung tâm Kiểm định xây dựng", "Sở Xây dựng", "Tự chủ hoàn toàn"),
    ("Trung tâm Trợ giúp pháp lý", "Sở Tư pháp", "Giữ nguyên"),
)
PROPOSAL_CLOSING = (
    "Sở Nội vụ kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.",
    "Nơi nhận:\n- Như trên;\n- Lưu: VT, TCBC.",
    "<b>KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC</b>",
)

LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
"""Format and text of the three numbering levels of a plan: I., 1., a)."""


def main() -> None:
    """Write both files."""
    (SAMPLES / "05-ke-hoach-tap-huan.docx").write_bytes(build_plan())
    (SAMPLES / "06-to-trinh.pdf").write_bytes(build_proposal())
    print(f"05-ke-hoach-tap-huan.docx and 06-to-trinh.pdf written to {SAMPLES}")


def build_plan() -> bytes:
    """Give the plan as a Word file whose numbers are all automatic."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = "parcc_nlp", " ".join(PLAN_TITLE)
    properties.created = properties.modified = WHEN
    numbering = _add_numbering(document)
    _add_grid(document, PLAN_HEAD)
    for line in PLAN_TITLE:
        document.add_paragraph(line)
    document.add_paragraph(PLAN_OPENING)
    for item in PLAN_BODY:
        paragraph = document.add_paragraph(item.text)
        if item.level is not None:
            _number(paragraph, numbering, item.level)
    table = _add_grid(document, PLAN_TABLE, style="Table Grid")
    last = table.add_row().cells
    last[0].merge(last[-1]).text = PLAN_TABLE_LAST
    document.add_paragraph(PLAN_CLOSING)
    _add_grid(document, (PLAN_FOOT,))
    written = io.BytesIO()
    document.save(written)
    return _with_fixed_dates(written.getvalue())


def _add_grid(document: Any, rows: tuple[tuple[str, ...], ...], style: str | None = None) -> Any:
    table = document.add_table(rows=0, cols=len(rows[0]), style=style)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def _add_numbering(document: Any) -> int:
    """Define the list I. / 1. / a) in the numbering part and return its number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (kind, text) in enumerate(LEVELS)
    )
    identifier = 90  # beyond the lists of python-docx's own template
    part = document.part.numbering_part.element
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    # The schema wants every abstractNum before the first num.
    part.insert(0, definition)
    part.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{identifier}"><w:abstractNumId w:val="{identifier}"/></w:num>')
    )
    return identifier


def _number(paragraph: Any, numbering: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no public way
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = numbering


def _with_fixed_dates(package: bytes) -> bytes:
    """Give every member of the zip archive one date, or each run would differ."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(written, "w") as target:
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time=(2026, 11, 23, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(member))
    return written.getvalue()


def build_proposal() -> bytes:
    """Give the proposal as a PDF of two pages with a text layer."""
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    for name, file in (("Serif", "DejaVuSerif.ttf"), ("Serif-Bold", "DejaVuSerif-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    pdfmetrics.registerFontFamily("Serif", normal="Serif", bold="Serif-Bold", italic="Serif", boldItalic="Serif-Bold")
    body = ParagraphStyle("body", fontName="Serif", fontSize=10.5, leading=15, alignment=TA_JUSTIFY, spaceAfter=5)
    centre = ParagraphStyle("centre", parent=body, alignment=TA_CENTER)
    cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=12, alignment=0, spaceAfter=0)

    def lines(text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(text.replace("\n", "<br/>"), style)

    head = Table([[lines(text, centre) for text in row] for row in PROPOSAL_HEAD], colWidths=[70 * mm, 95 * mm])
    rows = [[lines(f"<b>{text}</b>", cell) for text in PROPOSAL_TABLE_HEAD]]
    for number, unit in enumerate(PROPOSAL_UNITS, start=1):
        rows.append([lines(text, cell) for text in (str(number), *unit, "30/9/2024")])
    table = Table(rows, colWidths=[10 * mm, 42 * mm, 45 * mm, 45 * mm, 23 * mm], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    proposal, receivers, signature = PROPOSAL_CLOSING
    foot = Table([[lines(receivers, cell), lines(signature, centre)]], colWidths=[82 * mm, 83 * mm])
    story = [head, Spacer(0, 6 * mm)]
    story += [lines(f"<b>{text}</b>", centre) for text in PROPOSAL_TITLE]
    story += [lines(text, body) for text in PROPOSAL_BODY]
    story += [table, Spacer(0, 4 * mm), lines(proposal, body), foot]

    written = io.BytesIO()
    template = SimpleDocTemplate(
        written,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=20 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=" ".join(PROPOSAL_TITLE),
        author="parcc_nlp",
        lang="vi-VN",
        invariant=1,
    )
    template.build(story, onLaterPages=_print_page_number)
    return written.getvalue()


def _print_page_number(canvas: Canvas, template: Any) -> None:
    """NĐ 30/2020 prints page numbers from the second page on, above the text."""
    canvas.setFont("Serif", 10)
    canvas.drawCentredString(template.pagesize[0] / 2, template.pagesize[1] - 35, str(canvas.getPageNumber()))


if __name__ == "__main__":
    main()
