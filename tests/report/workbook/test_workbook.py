"""The findings as a workbook: what stands in it, what leads where, and that text stays text."""

import io
import time
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from parcc_nlp.model import Evidence, Related, Review, Suppression, Where
from parcc_nlp.report import workbook_cells
from parcc_nlp.report.workbook import findings_workbook
from parcc_nlp.review.rule import LegalReason, Rule, Text

HEADINGS = [
    "Tệp", "Mã", "Mức độ", "Kết luận", "Trang", "Đoạn", "Mục", "Trích", "Nội dung", "Cơ sở", "Bằng chứng", "Gợi ý",
    "Xem thêm", "Tình trạng", "Mã nhận biết",
]  # fmt: skip


@pytest.fixture
def rules():
    """Two rules; the texts are this test's own."""
    return tuple(
        Rule(
            code=code,
            severity=severity,
            name=Text(f"Tên {code}", f"Name {code}"),
            about=Text("Tìm gì.", "What it looks for."),
            reasons=(
                LegalReason(Text("Điều 62", "Article 62"), since="2025-04-01", normative=True),
                LegalReason(Text("Điều 61", "Article 61"), until="2025-04-01", normative=False),
                LegalReason(Text("Điều 8", "Article 8")),
            ),
            messages={},
            fires=None,
            silent=None,
            check=lambda context: (),
        )
        for code, severity in (("VB101", "error"), ("VB207", "warning"))
    )


def opened(data):
    return load_workbook(io.BytesIO(data))


def sheet_of(data, number=0):
    return opened(data).worksheets[number]


def row(sheet, number):
    return {heading.value: cell for heading, cell in zip(sheet[1], sheet[number], strict=True)}


def with_first(review, **changes):
    """The review with its first finding changed."""
    return replace(review, findings=(replace(review.findings[0], **changes), *review.findings[1:]))


def test_a_finding_is_a_row(extraction, review):
    found = with_first(review, fingerprint="ab" * 32, baseline="new")
    sheet = sheet_of(findings_workbook([("mau/quyet-dinh.docx", extraction, found)]))
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet.max_row == 4
    told = {heading: cell.value for heading, cell in row(sheet, 2).items()}
    assert told == {
        "Tệp": "mau/quyet-dinh.docx",
        "Mã": "VB101",
        "Mức độ": "Cần xem xét trước hết",
        "Kết luận": "Đã có căn cứ",
        "Trang": 1,
        "Đoạn": 3,
        "Mục": "Điều 1",
        "Trích": "Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ",
        "Nội dung": "Căn cứ Nghị định số 107/2021/NĐ-CP đã hết hiệu lực từ ngày 01/7/2025, cần xem xét.",
        "Cơ sở": "khoản 1 Điều 54 Luật số 64/2025/QH15",
        "Bằng chứng": "118/2025/NĐ-CP, khoản 2 Điều 31: “Nghị định này thay thế Nghị định số 107” (tra cứu 01/11/2026)",
        "Gợi ý": "Cần xem xét thay bằng Nghị định số 118/2025/NĐ-CP.",
        "Xem thêm": None,
        "Tình trạng": "Mới",
        "Mã nhận biết": "ab" * 32,
    }
    assert [row(sheet, number)["Kết luận"].value for number in (3, 4)] == ["Đã có căn cứ", "Chưa đủ dữ liệu"]


def test_several_pieces_of_evidence_and_places_stand_on_lines_of_their_own(review):
    more = with_first(
        review,
        evidence=(Evidence("A"), Evidence("B", "Điều 1")),
        related=(Related(0, 1, "x\ny", Where(paragraph=2)), Related(0, 1, "z", Where(page=3), "b.docx")),
    )
    told = row(sheet_of(findings_workbook([("a", None, more)])), 2)
    assert told["Bằng chứng"].value == "A\nB, Điều 1"
    assert told["Xem thêm"].value == "đoạn 2: “x y”\nb.docx, trang 3: “z”"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"baseline": "new"}, "Mới"),
        ({"baseline": "unchanged"}, "Đã nêu ở lần kiểm tra trước"),
        ({"suppressed": Suppression("Đã hỏi")}, "Đã bỏ qua: Đã hỏi"),
        (
            {"suppressed": Suppression("Đã hỏi", "Bà Hoa", "2026-11-02"), "baseline": "unchanged"},
            "Đã bỏ qua: Đã hỏi (Bà Hoa, ngày 02/11/2026)",
        ),
    ],
)
def test_the_state_of_a_finding_is_said(review, changes, said):
    told = row(sheet_of(findings_workbook([("a", None, with_first(review, **changes))])), 2)
    assert told["Tình trạng"].value == said


def test_severity_is_a_colour_and_a_word(review):
    sheet = sheet_of(findings_workbook([("a", None, review)]))
    cells = [row(sheet, number)["Mức độ"] for number in (2, 3, 4)]
    assert [cell.value for cell in cells] == ["Cần xem xét trước hết", "Cảnh báo", "Chưa rõ"]
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3


def test_the_heading_stays_in_sight_and_columns_can_be_filtered(review):
    sheet = sheet_of(findings_workbook([("a", None, review)]))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:O4")
    assert all(cell.font.bold for cell in sheet[1])
    assert all(cell.alignment.wrap_text for cell in sheet[1])


def test_a_page_is_landscape_as_wide_as_the_columns_with_the_heading_on_each(review):
    book = opened(findings_workbook([("a", None, review)]))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.center.text == "Trang &P/&N"
    assert book.worksheets[0].print_area.endswith("$A$1:$N$4")


def test_a_code_leads_to_its_rule_and_a_name_to_its_file(review, rules):
    book = opened(findings_workbook([("mau/quyết định.docx", None, review)], rules=rules))
    sheet, explained = book.worksheets[0], book["Quy tắc"]
    name, code = sheet["A3"], sheet["B3"]
    assert (name.hyperlink.target, name.hyperlink.ref) == ("mau/quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.docx", "A3")
    assert (code.hyperlink.location, code.hyperlink.ref) == ("'Quy tắc'!A3", "B3")
    assert explained["A3"].value == code.value == "VB207"
    assert sheet["B4"].hyperlink is None, "a rule that is not listed leads nowhere"


@pytest.mark.parametrize(
    ("name", "folder", "target"),
    [
        ("a/b.docx", None, "a/b.docx"),
        ("a/b.docx", "out", "../a/b.docx"),
        ("a/b.docx", "a", "b.docx"),
        ("/data/b 1.docx", None, "file:///data/b%201.docx"),
        ("/data/b.docx", "/data/out", "../b.docx"),
        ("javascript:alert(1)", None, "javascript%3Aalert%281%29"),
        ("-", None, None),
    ],
)
def test_the_way_to_a_file_begins_where_the_workbook_stands(review, name, folder, target):
    link = sheet_of(findings_workbook([(name, None, review)], folder=folder))["A2"].hyperlink
    assert (link.target if link else None) == target


def test_the_rules_are_told_with_their_clauses(rules):
    sheet = opened(findings_workbook([], rules=rules))["Quy tắc"]
    assert [cell.value for cell in sheet[2]] == [
        "VB101",
        "Tên VB101",
        "Cần xem xét trước hết",
        "Tìm gì.",
        "Điều 62 [văn bản quy phạm pháp luật, ký từ 01/4/2025]\nĐiều 61 [văn bản hành chính, ký trước 01/4/2025]\nĐiều 8",
    ]


def test_the_summary_counts_by_file_and_severity_and_says_what_could_not_be_answered(extraction, review):
    aside = with_first(review, suppressed=Suppression("Đã hỏi"))
    unsigned = Review("signing", review.source, review.coverage, ())
    data = findings_workbook(
        [("a.docx", extraction, review), ("b.docx", None, aside), ("c.docx", None, unsigned)],
        failures=[("d.pdf", "Tệp là bản quét. [E126]")],
    )
    sheet = opened(data)["Tổng hợp"]
    rows = [[cell.value for cell in one] for one in sheet.iter_rows()]
    counted = dict(zip(rows[0], rows[1], strict=True))
    assert counted["Văn bản"] == "Quyết định số 12/QĐ-UBND của UBND tỉnh Hòa Giang".replace(
        "của", "ngày 15/01/2026 của"
    )
    assert counted["Xét tại ngày"] == "23/11/2026"
    assert [counted[key] for key in ("Cần xem xét trước hết", "Cảnh báo", "Lưu ý", "Chưa rõ")] == [1, 1, 0, 1]
    assert [counted[key] for key in ("Viện dẫn", "Đã xác định", "Còn hiệu lực")] == [4, 3, 2]
    assert [counted[key] for key in ("Không còn hoặc chưa có hiệu lực", "Chưa rõ hiệu lực")] == [1, 1]
    assert counted["Quy tắc không chạy"] == "VB404: văn bản không có kế hoạch kèm theo"
    assert rows[2][3:9] == [0, 1, 0, 1, 1, 3], "what was set aside is counted apart"
    assert rows[3][2] == "chưa rõ ngày ký"
    assert rows[4][:2] == ["d.pdf", "Không xem xét được"]
    assert rows[4][-1] == "Tệp là bản quét. [E126]"
    assert rows[5][0] == "Tổng cộng"
    assert rows[5][3:9] == [1, 2, 0, 2, 1, 6]
    assert "kết luận thuộc về người có thẩm quyền" in rows[6][0]
    assert sheet.auto_filter.ref == "A1:O5", "sums and notes are not sorted with the files"


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x","y")', "+84 123", "-1", "@x", "\t=1", "#N/A", "00123"])
def test_text_is_no_formula_no_error_and_no_number(review, text):
    cell = row(sheet_of(findings_workbook([("a", None, with_first(review, message=text))])), 2)["Nội dung"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_the_file_holds_no_formula_at_all(review, rules):
    data = findings_workbook([("=a", None, with_first(review, suggestion="=1"))], rules=rules)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_characters_that_no_cell_holds_are_left_out(review):
    cell = row(
        sheet_of(findings_workbook([("a", None, with_first(review, message="Rà\x0b soát\ud800\uffff\x1b[31m"))])), 2
    )
    assert cell["Nội dung"].value == "Rà soát[31m"


@pytest.mark.parametrize("letter", ["a", "ế", "😀"])
def test_a_text_that_is_longer_than_a_cell_is_cut_and_says_so(review, letter):
    told = row(sheet_of(findings_workbook([("a", None, with_first(review, message=letter * 40_000))])), 2)
    value = told["Nội dung"].value
    assert value.endswith(" … [đã cắt bớt]")
    assert 32_760 <= len(value.encode("utf-16-le")) // 2 <= 32_767


def test_more_findings_than_a_sheet_holds_go_on_on_the_next(review):
    book = opened(findings_workbook([("a", None, review), ("b", None, review)], rows=3))
    assert book.sheetnames[:3] == [f"Nội dung cần xem xét{part}" for part in ("", " (2)", " (3)")]
    rows = [[cell.value for cell in one] for sheet in book.worksheets[:3] for one in sheet.iter_rows(min_row=2)]
    assert [one[0] for one in rows] == ["a"] * 3 + ["b"] * 3
    for sheet in book.worksheets[:3]:
        assert [cell.value for cell in sheet[1]] == HEADINGS
        assert sheet.auto_filter.ref == "A1:O3"


def test_more_links_than_a_sheet_takes_are_left_out(review, monkeypatch):
    monkeypatch.setattr(workbook_cells, "_LINKS", 2)
    sheet = sheet_of(findings_workbook([("a", None, review)]))
    assert [sheet.cell(number, 1).hyperlink is not None for number in (2, 3, 4)] == [True, True, False]
    assert sheet["A4"].value == "a"


def test_the_same_input_gives_the_same_bytes_at_any_time(review, rules, monkeypatch):
    first = findings_workbook([("a", None, review)], rules=rules)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 90_000)
    assert findings_workbook([("a", None, review)], rules=rules) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_workbook_of_nothing_has_its_headings():
    book = opened(findings_workbook([]))
    assert [sheet.max_row for sheet in book] == [1, 2, 1]


def test_a_workbook_in_english_says_everything_in_english(extraction, review, rules):
    book = opened(findings_workbook([("a", extraction, review)], rules=rules, lang="en"))
    assert book.sheetnames == ["Points to look at", "Summary", "Rules"]
    assert [cell.value for cell in book.worksheets[0][2]][1:4] == ["VB101", "To be looked at first", "The facts say so"]
    assert book["Rules"]["E2"].value.startswith("Article 62 [normative documents, signed from 01/4/2025]")
    assert book["Summary"]["A3"].value.startswith("This report points")


def test_rows_are_high_enough_for_their_text(review):
    sheet = sheet_of(findings_workbook([("a", None, with_first(review, message="rà soát " * 200))]))
    assert sheet.row_dimensions[2].height > 300
    assert sheet.row_dimensions[2].height <= 409
    assert sheet.row_dimensions[3].height < 100
