"""PDF with a text layer: what is read, and in which order."""

import io
import re

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
from parcc_nlp.text.legacy import legacy_table

from .making import Sheet, cell_texts, slices

BODY = (
    "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành "
    "chính nhà nước giai đoạn 2021 - 2030 và các văn bản hướng dẫn thi hành của các bộ, ngành trung ương;"
)


def read_sheet(sheet):
    return read(sheet.page().bytes(), name="thu.pdf")


def letterhead(sheet):
    sheet.text(110, 70, "BỘ NỘI VỤ", size=12, bold=True)
    sheet.text(280, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=11, bold=True)
    sheet.text(95, 100, "Số: 12/QĐ-BNV", size=12)
    sheet.text(320, 86, "Độc lập - Tự do - Hạnh phúc", size=12, bold=True)
    sheet.text(300, 115, "Hà Nội, ngày 15 tháng 10 năm 2025", size=12)
    return sheet


def test_the_two_columns_of_a_letterhead_come_one_after_the_other(sheet):
    letterhead(sheet).text(250, 160, "QUYẾT ĐỊNH", bold=True)
    sheet.wrapped(200, BODY)
    assert slices(read_sheet(sheet))[:6] == [
        "BỘ NỘI VỤ",
        "Số: 12/QĐ-BNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 15 tháng 10 năm 2025",
        "QUYẾT ĐỊNH",
    ]


def test_recipients_and_signature_come_one_after_the_other(sheet):
    top = sheet.wrapped(100, BODY)
    sheet.text(85, top + 40, "Nơi nhận:", size=11, bold=True).text(360, top + 40, "KT. CHỦ TỊCH", bold=True)
    sheet.text(85, top + 54, "- Như Điều 3;", size=10).text(355, top + 56, "PHÓ CHỦ TỊCH", bold=True)
    sheet.text(85, top + 68, "- Lưu: VT.", size=10)
    sheet.text(350, top + 140, "Nguyễn Văn A", bold=True)
    assert slices(read_sheet(sheet))[1:] == [
        "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A",
    ]  # fmt: skip


def test_wrapped_lines_are_one_paragraph(sheet):
    top = sheet.wrapped(100, BODY)
    sheet.wrapped(top, BODY.replace("76", "77"))
    assert slices(read_sheet(sheet)) == [BODY, BODY.replace("76", "77")]


def test_a_symbol_cut_at_its_hyphen_grows_together(sheet):
    sheet.text(121, 100, "Căn cứ Quyết định của Ủy ban nhân dân tỉnh về số 3044/QĐ-")
    sheet.text(85, 118, "UBND ngày 22 tháng 12 năm 2023 của Ủy ban nhân dân tỉnh và các")
    sheet.text(85, 136, "văn bản khác.")
    assert "số 3044/QĐ-UBND ngày" in read_sheet(sheet).text


def test_items_begin_paragraphs_of_their_own(sheet):
    top = 100
    for text in ("1. Mục tiêu", "a) Mục tiêu chung:", "- Đánh giá khách quan;", "+ Các bộ tự theo dõi."):
        top = sheet.wrapped(top, text)
    assert slices(read_sheet(sheet)) == [
        "1. Mục tiêu", "a) Mục tiêu chung:", "- Đánh giá khách quan;", "+ Các bộ tự theo dõi.",
    ]  # fmt: skip


def test_a_reference_at_the_start_of_a_line_does_not_begin_a_paragraph(sheet):
    before = "Các cơ quan, đơn vị thực hiện đúng quy định nêu tại khoản 2"
    right = 121 + sheet.width_of(before) + 5
    sheet.wrapped(100, f"{before} Điều 5. {BODY}", right=right)
    assert len(slices(read_sheet(sheet))) == 1


def test_a_paragraph_goes_on_over_the_page_break(sheet):
    sheet.text(121, 760, "Các cơ quan, đơn vị thực hiện đúng quy định đã nêu tại khoản 2 của")
    sheet.page().text(290, 40, "2").text(85, 75, "Nghị định này và các quy định khác.")
    document = read_sheet(sheet)
    assert slices(document) == [
        "Các cơ quan, đơn vị thực hiện đúng quy định đã nêu tại khoản 2 của Nghị định này và các quy định khác."
    ]
    assert document.marginalia == ("2",)


def test_page_numbers_and_running_heads_stand_apart(sheet):
    for number in range(1, 5):
        sheet.text(85, 40, f"CÔNG BÁO/Số {number} + {number + 1}").wrapped(100, f"{number}. {BODY}")
        sheet.text(290, 815, f"- {number} -")
        if number < 4:
            sheet.page()
    document = read_sheet(sheet)
    assert "CÔNG BÁO" not in document.text
    assert len(slices(document)) == 4
    assert {"- 1 -", "- 4 -", "CÔNG BÁO/Số 1 + 2"} <= set(document.marginalia)


def test_footnotes_stand_at_the_end_and_their_marks_are_taken_out(sheet):
    sheet.text(121, 100, "theo Nghị quyết số 76/NQ-CP")
    sheet.text(121 + sheet.width_of("theo Nghị quyết số 76/NQ-CP"), 95, "1", size=8)
    sheet.text(85, 118, "và diện tích 5 m")
    sheet.text(85 + sheet.width_of("và diện tích 5 m"), 113, "2", size=8)
    sheet.text(85, 136, "Những dòng chữ thường của văn bản này chiếm phần lớn trang giấy.")
    sheet.text(85, 154, "Những dòng chữ thường của văn bản này chiếm phần lớn trang giấy.")
    sheet.text(85, 760, "1", size=6).text(90, 763, "Ngày 15 tháng 7 năm 2021.", size=9)
    sheet.page().text(121, 100, "Trang sau còn nữa.")
    document = read_sheet(sheet)
    assert "76/NQ-CP và" in document.text.replace("\n", " ")
    assert "5 m²" in document.text
    assert document.blocks[-1].kind == "footnote"
    assert slices(document)[-1] == "1 Ngày 15 tháng 7 năm 2021."


def test_a_title_in_capitals_over_two_lines_is_one(sheet):
    sheet.text(90, 100, "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH VỀ GIÁM", size=13.5, bold=True)
    sheet.text(265, 118, "SÁT ĐẦU TƯ", size=13.5, bold=True)
    sheet.wrapped(160, BODY)
    assert slices(read_sheet(sheet))[0].endswith("VỀ GIÁM SÁT ĐẦU TƯ")


def test_blocks_know_their_page_and_box(sheet):
    sheet.text(100, 200, "Điều 1.").page().text(100, 300, "Điều 2.")
    document = read_sheet(sheet)
    assert [block.origin.page for block in document.blocks] == [1, 2]
    x0, top, x1, bottom = document.blocks[1].origin.box
    assert x0 == pytest.approx(100, abs=1)
    assert top < 300 < bottom
    assert x1 - x0 == pytest.approx(sheet.width_of("Điều 2."), abs=2)
    assert document.source.pages == 2


@pytest.mark.parametrize(
    ("turn", "box", "matrix"),
    [
        (90, [0, 0, 842, 595], b"0 1 -1 0 842 0"),
        (180, [0, 0, 595, 842], b"-1 0 0 -1 595 842"),
        (270, [0, 0, 842, 595], b"0 -1 1 0 0 595"),
    ],
    ids=["90", "180", "270"],
)
def test_a_turned_page_reads_as_it_is_shown(sheet, turn, box, matrix):
    pikepdf = pytest.importorskip("pikepdf")
    sheet.text(100, 200, "Điều 1. Phạm vi")
    ruled(sheet, 240, [["1", "Sở Tư pháp", "93"]])
    with pikepdf.open(io.BytesIO(sheet.page().bytes())) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(b"q " + matrix + b" cm " + page.Contents.read_bytes() + b" Q")
        page.MediaBox, page.Rotate = box, turn
        turned = io.BytesIO()
        pdf.save(turned)
    document = read(turned.getvalue())
    assert document.text == "Điều 1. Phạm vi\nSTT\tĐơn vị\tĐiểm\n1\tSở Tư pháp\t93"
    assert document.blocks[0].origin.box[0] == pytest.approx(100, abs=1)


def test_letters_drawn_in_any_order_are_read_by_their_place(sheet):
    text = "Quyết định này có hiệu lực kể từ ngày ký"
    places = [(100 + sheet.width_of(text[:number]), char) for number, char in enumerate(text)]
    for x, char in sorted(places, key=lambda place: (place[1].isascii(), place[0])):
        sheet.text(x, 200, char)
    assert read_sheet(sheet).text == text


def test_bold_made_by_printing_twice_is_read_once(sheet):
    sheet.text(100, 200, "QUYẾT ĐỊNH").text(100.3, 200, "QUYẾT ĐỊNH")
    assert read_sheet(sheet).text == "QUYẾT ĐỊNH"


def ruled(sheet, top, rows, *, header=True):
    head = [["STT", "Đơn vị", "Điểm"]] if header else []
    texts = head + rows
    return sheet.grid([85, 130, 420, 540], [top + 40 * number for number in range(len(texts) + 1)], texts)


def test_a_ruled_table_has_cells(sheet):
    sheet.wrapped(100, "Kết quả như sau:")
    ruled(sheet, 140, [["1", "Sở Tư pháp", "93,10%"], ["2", "Sở Nội vụ", "84,00%"]])
    document = read_sheet(sheet)
    assert cell_texts(document) == ["STT", "Đơn vị", "Điểm", "1", "Sở Tư pháp", "93,10%", "2", "Sở Nội vụ", "84,00%"]
    assert document.text.endswith("STT\tĐơn vị\tĐiểm\n1\tSở Tư pháp\t93,10%\n2\tSở Nội vụ\t84,00%")
    assert document.tables[0].header_rows == 1
    assert document.tables[0].cells[0].origin.page == 1


def test_the_heading_repeated_on_the_next_page_is_dropped(sheet):
    ruled(sheet, 140, [["1", "Sở Tư pháp", "93"], ["2", "Sở Nội vụ", "84"]])
    ruled(sheet.page(), 80, [["3", "Sở Tài chính", "80"]])
    document = read_sheet(sheet)
    assert len(document.tables) == 1
    assert document.tables[0].rows == 4
    assert document.text.count("Đơn vị") == 1


def test_a_row_cut_by_the_page_break_grows_together(sheet):
    ruled(sheet, 140, [["1", "Sở Tư pháp", "93"], ["2", "Sở Nội vụ phối hợp", "84"]])
    ruled(sheet.page(), 80, [["", "với các sở khác", ""], ["3", "Sở Tài chính", "80"]])
    document = read_sheet(sheet)
    assert "2\tSở Nội vụ phối hợp với các sở khác\t84\n3\t" in document.text


def test_two_tables_with_text_between_them_stay_two(sheet):
    ruled(sheet, 140, [["1", "a", "b"]])
    sheet.text(85, 260, "Bảng thứ hai:")
    ruled(sheet, 280, [["1", "c", "d"]])
    assert len(read_sheet(sheet).tables) == 2


def test_merged_cells_of_a_pdf_have_their_spans(sheet):
    for x0, top, x1, bottom in [
        (85, 100, 540, 100), (85, 140, 85, 100), (540, 100, 540, 180), (85, 100, 85, 180), (300, 140, 540, 140),
        (85, 180, 540, 180), (300, 100, 300, 180), (420, 140, 420, 180),
    ]:  # fmt: skip
        sheet.rule(x0, top, x1, bottom)
    sheet.text(90, 120, "STT", size=11).text(305, 120, "Kết quả", size=11)
    sheet.text(305, 160, "Số", size=11).text(425, 160, "Tỷ lệ", size=11)
    cells = read_sheet(sheet).tables[0].cells
    assert [(c.row, c.column, c.row_span, c.column_span) for c in cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
    ]  # fmt: skip


def test_a_frame_round_a_paragraph_is_no_table(sheet):
    sheet.grid([85, 540], [100, 140], [["Lưu ý: đọc kỹ"]])
    document = read_sheet(sheet)
    assert document.tables == ()
    assert document.text == "Lưu ý: đọc kỹ"


def test_a_scan_asks_for_ocr(sheet):
    sheet.picture()
    with pytest.raises(ReadError) as caught:
        read_sheet(sheet)
    assert caught.value.code == "E125"


def test_scanned_pages_among_others_are_named(sheet):
    sheet.wrapped(100, BODY)
    sheet.page().picture().page().picture().page().wrapped(100, "Hết.")
    document = read_sheet(sheet)
    assert document.text.endswith("Hết.")
    assert "Trang 2-3" in document.source.warnings[0]


def test_a_text_layer_over_pictures_is_said_to_be_recognised(sheet):
    sheet.picture()
    sheet.wrapped(100, BODY)
    document = read_sheet(sheet)
    assert document.source.text_layer == "ocr"
    assert re.search("Trang 1 .*nhận dạng", document.source.warnings[0])


def test_a_text_layer_that_is_no_vietnamese_is_refused(sheet):
    sheet.picture()
    for number in range(12):
        sheet.text(
            60, 100 + 20 * number, "Ngdy 07ll ll2O25 d6ng chi Nguy6n Ngoc Phric vi6n nghe b6o cdo ktt qud thuc hi6n"
        )
    with pytest.raises(ReadError) as caught:
        read_sheet(sheet)
    assert caught.value.code == "E126"


def test_a_pdf_that_anyone_may_open_is_read_and_one_with_a_password_is_not():
    from reportlab.lib.pdfencrypt import StandardEncryption

    free = Sheet(encrypt=StandardEncryption("", ownerPassword="chu", strength=128))
    assert read_sheet(free.text(100, 100, "Điều 1")).text == "Điều 1"
    locked = Sheet(encrypt=StandardEncryption("mat", ownerPassword="chu", strength=128))
    with pytest.raises(ReadError) as caught:
        read_sheet(locked.text(100, 100, "Điều 1"))
    assert caught.value.code == "E124"


def test_a_pdf_of_empty_pages_is_an_error(sheet):
    with pytest.raises(ReadError) as caught:
        read_sheet(sheet)
    assert caught.value.code == "E104"


def test_a_pdf_set_in_a_font_from_before_unicode_is_decoded_and_said(sheet):
    codes = {letter: code.decode("latin-1") for code, letter in legacy_table("tcvn3").items()}
    sheet.wrapped(100, "".join(codes.get(char, char) for char in BODY))
    document = read_sheet(sheet)
    assert document.text == BODY
    assert "TCVN3" in document.source.warnings[0]
