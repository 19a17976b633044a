"""The papers as workbooks: rows as in the Word files, text as text, dates as dates, nothing lost in low cells."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from parcc_nlp.model import Proof, Status
from parcc_nlp.report.forms import (
    cited_lists,
    read_headings,
    review_sheet,
    review_sheet_xlsx,
    shipped_headings,
    status_lists,
    status_lists_xlsx,
)
from tests.report.forms.conftest import HOSTILE

HEADINGS = shipped_headings()
ON = "2026-11-23"


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet):
    """The rows below the headings of a sheet."""
    first = int(sheet.print_title_rows.strip("$").split(":")[0])
    return [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=first + 1)]


def shown(cell):
    """The value of a cell, a date as ISO."""
    return cell.value.date().isoformat() if getattr(cell, "is_date", False) else cell.value


def headings_of(sheet):
    return [cell.value for cell in sheet[int(sheet.print_title_rows.strip("$").split(":")[0])]]


def text_of(book):
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


@pytest.fixture
def lists(extraction, registry, letterhead):
    return cited_lists(extraction, registry=registry, on=ON, letterhead=letterhead)


def test_the_sheet_of_a_document_has_a_sheet_a_part(sheet):
    book = opened(review_sheet_xlsx(sheet))
    assert book.sheetnames == ["Phiếu rà soát", "Căn cứ rà soát", "Nội dung cần xem xét", "Chưa rõ"]


def test_every_finding_is_there_in_columns_of_its_own(sheet, review):
    found = opened(review_sheet_xlsx(sheet))["Nội dung cần xem xét"]
    columns = {heading.removesuffix(" (*)"): at for at, heading in enumerate(headings_of(found))}
    rows = rows_of(found)
    assert {row[columns["Nội dung cần xem xét"]] for row in rows} == {one.message for one in review.findings}
    assert [row[columns["STT"]] for row in rows] == [1, 2, 3]
    assert [row[columns["Mã quy tắc"]] for row in rows] == ["VB101", "VB207", "VB201"]
    assert {row[columns["Xét tại ngày"]] for row in rows} == {"2026-11-23"}
    assert {row[columns["Ý kiến của người rà soát"]] or "" for row in rows} == {""}


def test_the_first_sheet_has_letterhead_document_and_room_to_write(sheet):
    first = opened(review_sheet_xlsx(sheet))["Phiếu rà soát"]
    said = [cell.value for row in first for cell in row if cell.value]
    for text in ("SỞ TƯ PHÁP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "12/QĐ-UBND", "KIẾN NGHỊ XỬ LÝ", "NGƯỜI RÀ SOÁT"):
        assert text in said
    assert any("79/2025/NĐ-CP" in text for text in said)


def test_a_document_without_findings_has_no_sheet_for_them(extraction, review):
    book = opened(review_sheet_xlsx(review_sheet(extraction, replace(review, findings=()))))
    assert book.sheetnames == ["Phiếu rà soát", "Căn cứ rà soát", "Chưa rõ"]


def test_the_lists_have_the_rows_of_their_groups_and_true_dates(lists):
    book = opened(status_lists_xlsx(lists))
    expired = book["Hết hiệu lực toàn bộ"]
    assert headings_of(expired) == [column.heading for column in HEADINGS.tables["expired"].columns]
    first = rows_of(expired)[0]
    assert first[:3] == [1, "107/2021/NĐ-CP", "2021-12-06"]
    assert first[4].startswith("Được thay thế bởi Nghị định số 118/2025/NĐ-CP")
    assert first[5] == "2026-07-01"
    assert "Không có văn bản." in text_of([book["Chưa rõ"]])
    assert [row[1] for row in rows_of(book["Không phải VBQPPL"]) if row[0] == 1] == ["24/KH-UBND"]


@pytest.mark.parametrize("day", ["2019", "2019-05", "1890-01-01", None])
def test_a_day_that_is_no_whole_date_of_a_spreadsheet_is_text(day):
    told = Status("1/2019/NĐ-CP", "Nghị định", "Chính phủ", day, "X", ON, "expired", "stated", since="2020-01-01")
    value = rows_of(opened(status_lists_xlsx(status_lists([told])))["Hết hiệu lực toàn bộ"])[0][2]
    assert (value or "") == {"2019": "2019", "2019-05": "5/2019", "1890-01-01": "01/01/1890", None: ""}[day]


def test_pages_are_a4_across_as_wide_as_the_page(lists):
    for page in opened(status_lists_xlsx(lists)):
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.freeze_panes
        assert page.auto_filter.ref


def test_only_the_lists_asked_for_are_written(lists):
    assert opened(status_lists_xlsx(lists, groups=["in_force", "handling"])).sheetnames == [
        "Còn hiệu lực",
        "Cần xem xét xử lý",
    ]
    assert len(opened(status_lists_xlsx(lists, groups=[])).sheetnames) == 1


def test_an_office_has_its_own_headings(lists):
    own = read_headings(
        "tables: {in_force: {sheet: Biểu 5, columns: [{key: number, heading: =A1, evidenced: true, evidence: x}]}}",
        path="a.yaml",
    )
    page = opened(status_lists_xlsx(lists, groups=["in_force"], headings=own))["Biểu 5"]
    assert headings_of(page) == ["=A1"]
    assert page[page.print_title_rows.strip("$").split(":")[0]][0].data_type == "s"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:18]))
def test_text_of_documents_is_no_formula_and_no_code(extraction, review, registry, text):
    one = replace(review.findings[0], message=text, suggestion=text, reason=text, text=text)
    named = replace(extraction.metadata, title=text, number=text or None)
    content = review_sheet_xlsx(
        review_sheet(replace(extraction, metadata=named), replace(review, findings=(one,)), registry=registry)
    )
    book = opened(content)
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    said = text_of(book)
    shown = [word for word in text.split() if word.isascii() and word.isprintable() and len(word) < 1000]
    assert all(word in said for word in shown)


def test_what_looks_like_a_number_of_a_character_stays_as_it_is(extraction, review):
    one = replace(review.findings[0], message="_x0041_")
    content = review_sheet_xlsx(review_sheet(extraction, replace(review, findings=(one,))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "_x005F_x0041_" in archive.read("xl/worksheets/sheet3.xml").decode()


def test_what_no_row_is_high_enough_for_goes_on_in_the_next():
    proofs = tuple(
        Proof("partially_repeals", f"{n}/2025/NĐ-CP", "khoản 2 Điều 31 " * 5, "2025-07-01", None, "verified")
        for n in range(1, 41)
    )
    told = Status(
        "1/2019/NĐ-CP", "Nghị định", "Chính phủ", "2019-01-01", "X", ON, "partly_expired", "stated", proof=proofs
    )
    page = opened(status_lists_xlsx(status_lists([told]), groups=["partly_expired"]))["Hết hiệu lực một phần"]
    rows = [row for row in rows_of(page) if row[0] == 1]
    assert len(rows) > 1
    assert {row[1] for row in rows} == {"1/2019/NĐ-CP"}
    reasons = "\n".join(row[5] for row in rows if row[5])
    assert all(f"{n}) Bị bãi bỏ một phần bởi {n}/2025/NĐ-CP" in reasons for n in range(1, 41))
    assert all(one.height <= 409 for one in page.row_dimensions.values() if one.height)


def test_the_same_in_gives_the_same_bytes_and_no_time_is_told(sheet, lists):
    assert review_sheet_xlsx(sheet) == review_sheet_xlsx(sheet)
    content = status_lists_xlsx(lists)
    assert content == status_lists_xlsx(lists)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "openpyxl" not in core
    assert core.count("2026-11-23T00:00:00Z") == 2
