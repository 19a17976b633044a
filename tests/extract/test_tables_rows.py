"""Tables of tasks in Word, HTML and PDF files: which rows they give, and what they leave out."""

from io import BytesIO
from pathlib import Path

import pytest

from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.tables import find_table_rows, table_responsibilities
from parcc_nlp.read import read
from parcc_nlp.text.normalise import normalise

from .word_tables import held, rows_of, task_rows, word_file

HEAD = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành", "Kinh phí"]
FIRST = ["1", "Rà soát thủ tục", "Sở Tư pháp", "Các sở, ban, ngành", "Báo cáo", "Quý I/2026", "Ngân sách tỉnh"]
SECOND = ["2", "Tập huấn cán bộ", "Sở Nội vụ", "UBND cấp xã", "Lớp tập huấn", "Tháng 5/2026", ""]


def test_a_row_says_what_by_whom_with_whom_to_what_end_by_when_and_at_whose_cost():
    row, _ = task_rows([HEAD, FIRST, SECOND])
    assert (row.number, row.task, row.product, row.deadline, row.funding) == (
        "1",
        "Rà soát thủ tục",
        "Báo cáo",
        "2026-03-31",
        "Ngân sách tỉnh",
    )
    assert held(row, "lead") == ["Sở Tư pháp"]
    assert held(row, "coordinate") == ["Các sở, ban, ngành"]


def test_a_row_knows_its_place_in_the_document():
    document = read(word_file([HEAD, FIRST, SECOND]), name="a.docx")
    row = rows_of(document)[1]
    assert (row.table, row.row) == (0, 2)
    assert document.text[row.task_span.start : row.task_span.end] == "Tập huấn cán bộ"
    assert document.text[row.holders[0].start : row.holders[0].end] == "Sở Nội vụ"


def test_headings_under_a_heading_that_spans_them_are_read_with_it():
    top = ["STT", "Nội dung", "Cơ quan thực hiện", "", "Thời hạn"]
    below = ["", "", "Chủ trì", "Phối hợp", ""]
    rows = task_rows(
        [top, below, ["1", "Xây dựng quy chế", "Sở Nội vụ", "Sở Tài chính", "30/6/2026"]],
        merges=[(0, 0, 0, 1, 0), (0, 0, 1, 1, 1), (0, 0, 2, 0, 3), (0, 0, 4, 1, 4)],
    )
    assert [(held(row, "lead"), held(row, "coordinate"), row.deadline) for row in rows] == [
        (["Sở Nội vụ"], ["Sở Tài chính"], "2026-06-30")
    ]


def test_a_second_heading_row_is_known_although_nothing_is_merged_downwards():
    top = ["STT", "Nội dung", "Cơ quan thực hiện", "", "Thời hạn"]
    below = ["", "", "Chủ trì", "Phối hợp", ""]
    (row,) = task_rows(
        [top, below, ["1", "Xây dựng quy chế", "Sở Nội vụ", "Sở Tài chính", "30/6/2026"]], merges=[(0, 0, 2, 0, 3)]
    )
    assert (held(row, "lead"), held(row, "coordinate")) == (["Sở Nội vụ"], ["Sở Tài chính"])


def test_a_row_that_numbers_the_columns_is_no_task():
    numbers = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]
    assert [row.task for row in task_rows([HEAD, numbers, FIRST])] == ["Rà soát thủ tục"]


def test_a_heading_repeated_further_down_is_no_task():
    assert [row.number for row in task_rows([HEAD, FIRST, HEAD, SECOND])] == ["1", "2"]


def test_the_name_of_the_table_in_its_first_row_is_no_heading():
    title = ["DANH MỤC NHIỆM VỤ NĂM 2026", "", "", "", "", "", ""]
    assert [row.number for row in task_rows([title, HEAD, FIRST], merges=[(0, 0, 0, 0, 6)])] == ["1"]


def test_a_table_without_a_heading_right_below_another_goes_on_with_it():
    from parcc_nlp.model import Cell, Document, Table

    lines = ["\t".join(HEAD), "\t".join(FIRST), "\t".join(SECOND)]
    text, tables, at = "\n".join(lines), [], 0
    cells = []
    for number, line in enumerate(lines):
        column = 0
        for word in line.split("\t"):
            cells.append((number, column, at, at + len(word)))
            at, column = at + len(word) + 1, column + 1
    upper = tuple(Cell(row, column, start, end) for row, column, start, end in cells if row < 2)
    lower = tuple(Cell(0, column, start, end) for row, column, start, end in cells if row == 2)
    tables = (Table(0, upper[-1].end, 2, 7, upper), Table(lower[0].start, lower[-1].end, 1, 7, lower))
    rows = rows_of(Document(text, tables=tables))
    assert [(row.number, row.table) for row in rows] == [("1", 0), ("2", 1)]


def test_a_row_of_a_roman_number_heads_the_rows_below():
    group = ["I", "Cải cách thể chế", "", "", "", "", ""]
    rows = task_rows([HEAD, group, FIRST, SECOND])
    assert [(row.number, row.section) for row in rows] == [("1", "Cải cách thể chế"), ("2", "Cải cách thể chế")]


def test_a_cell_over_the_whole_row_heads_the_rows_below():
    group = ["Cải cách thể chế", "", "", "", "", "", ""]
    rows = task_rows([HEAD, group, FIRST], merges=[(0, 1, 0, 1, 6)])
    assert [row.section for row in rows] == ["Cải cách thể chế"]


def test_a_number_heads_the_rows_numbered_below_it():
    rows = task_rows(
        [
            HEAD,
            ["1", "Chuyển đổi số", "", "", "", "", ""],
            ["1.1", *FIRST[1:]],
            ["2", "Tài chính công", "", "", "", "", ""],
            ["2.1", *SECOND[1:]],
        ]
    )
    assert [(row.number, row.section) for row in rows] == [("1.1", "Chuyển đổi số"), ("2.1", "Tài chính công")]


def test_the_next_roman_number_ends_the_group_before():
    rows = task_rows(
        [HEAD, ["I", "Thể chế", "", "", "", "", ""], FIRST, ["II", "Bộ máy", "", "", "", "", ""], ["1", *SECOND[1:]]]
    )
    assert [row.section for row in rows] == ["Thể chế", "Bộ máy"]


def test_a_row_without_holder_is_kept_and_nobody_is_made_responsible():
    document = read(word_file([HEAD, FIRST, ["2", "Đôn đốc các đơn vị", "", "", "", "Quý II/2026", ""]]), name="a.docx")
    rows = rows_of(document)
    assert [(row.number, held(row, "lead")) for row in rows] == [("1", ["Sở Tư pháp"]), ("2", [])]
    told = table_responsibilities(rows, normalise(document.text))
    assert [item.agency for item in told] == ["Sở Tư pháp", "Các sở, ban, ngành"]


def test_an_empty_lead_cell_takes_nothing_from_the_row_above():
    rows = task_rows([HEAD, FIRST, ["2", "Tập huấn", "", "UBND cấp xã", "", "", ""]])
    assert held(rows[1], "lead") == []


def test_a_lead_cell_merged_downwards_holds_for_every_row_it_reaches():
    rows = task_rows([HEAD, FIRST, ["2", "Tập huấn", "", "", "", "Quý II/2026", ""]], merges=[(0, 1, 2, 2, 2)])
    assert [held(row, "lead") for row in rows] == [["Sở Tư pháp"], ["Sở Tư pháp"]]


def test_a_task_cell_merged_downwards_gives_a_row_for_each_of_its_holders():
    more = ["", "", "Sở Nội vụ", "", "", "Quý II/2026", ""]
    rows = task_rows([HEAD, FIRST, more], merges=[(0, 1, 0, 2, 0), (0, 1, 1, 2, 1)])
    assert [(row.task, held(row, "lead"), row.deadline) for row in rows] == [
        ("Rà soát thủ tục", ["Sở Tư pháp"], "2026-03-31"),
        ("Rà soát thủ tục", ["Sở Nội vụ"], "2026-06-30"),
    ]


def test_further_results_beside_merged_cells_belong_to_one_row():
    more = ["", "", "", "", "Quyết định", "", ""]
    rows = task_rows([HEAD, FIRST, more], merges=[(0, 1, column, 2, column) for column in (0, 1, 2, 3, 5, 6)])
    assert [row.product for row in rows] == ["Báo cáo Quyết định"]


def test_as_above_stands_for_the_cell_above():
    rows = task_rows([HEAD, FIRST, ["2", "Tập huấn", "-nt-", "-nt-", "Lớp", "Như trên", ""]])
    assert (held(rows[1], "lead"), rows[1].deadline) == (["Sở Tư pháp"], "2026-03-31")


def test_a_holder_without_task_is_marked_and_nobody_is_made_responsible():
    document = read(word_file([HEAD, FIRST, ["", "", "Sở Nội vụ", "", "", "Quý II/2026", ""]]), name="a.docx")
    rows = rows_of(document)
    assert [row.doubts for row in rows] == [(), ("task",)]
    assert "Sở Nội vụ" not in {item.agency for item in table_responsibilities(rows, normalise(document.text))}


def test_a_column_for_two_roles_names_only_whom_the_cell_gives_one():
    head = ["STT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Thời hạn"]
    rows = task_rows(
        [
            head,
            ["1", "Rà soát", "Chủ trì: Sở Tư pháp\nPhối hợp: các sở, ban, ngành", "Quý I/2026"],
            ["2", "Tập huấn", "Sở Nội vụ; Sở Tài chính", "Quý II/2026"],
        ]
    )
    assert (held(rows[0], "lead"), held(rows[0], "coordinate")) == (["Sở Tư pháp"], ["các sở, ban, ngành"])
    assert (rows[1].holders, rows[1].doubts) == ((), ("holders",))


def test_a_month_takes_the_year_of_its_columns_heading():
    head = ["TT", "Nội dung", "Trách nhiệm thực hiện", "Thời gian (Năm 2026)"]
    (row,) = task_rows([head, ["1", "Đối thoại", "Sở Y tế", "Tháng 5"]])
    assert (row.deadline, held(row, "implement")) == ("2026-05", ["Sở Y tế"])


def test_a_month_takes_the_year_of_the_name_of_the_table():
    (row, _) = task_rows(
        [HEAD, [*FIRST[:5], "Tháng 5", ""], SECOND], before=["PHỤ LỤC", "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2027"]
    )
    assert row.deadline == "2027-05"


def test_a_month_of_a_plan_for_several_years_is_in_doubt():
    (row, _) = task_rows([HEAD, [*FIRST[:5], "Tháng 5", ""], SECOND], before=["KẾ HOẠCH GIAI ĐOẠN 2026 - 2030"])
    assert (row.deadline, row.doubts) == (None, ("deadline",))


def test_what_recurs_has_no_deadline():
    (row, _) = task_rows([HEAD, [*FIRST[:5], "Thường xuyên", ""], SECOND])
    assert (row.deadline, row.recurrence) == (None, "Thường xuyên")


def test_a_mark_in_a_column_of_times_is_its_time():
    head = ["STT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian thực hiện năm 2026", "", ""]
    below = ["", "", "", "Quý I", "Quý II", "Quý III"]
    rows = task_rows(
        [head, below, ["1", "Rà soát", "Sở Tư pháp", "", "x", ""], ["2", "Tập huấn", "Sở Nội vụ", "x", "", "x"]],
        merges=[(0, 0, 3, 0, 5)],
    )
    assert [row.deadline for row in rows] == ["2026-06-30", "2026-09-30"]


def test_of_two_task_columns_the_particular_one_is_the_task():
    head = ["STT", "Nhiệm vụ", "Hoạt động", "Cơ quan chủ trì", "Thời hạn"]
    (row,) = task_rows([head, ["1", "Cải cách thể chế", "Rà soát văn bản", "Sở Tư pháp", "Quý I/2026"]])
    assert (row.task, row.section) == ("Rà soát văn bản", "Cải cách thể chế")


def test_a_table_without_numbers_is_read():
    rows = task_rows([HEAD[1:], FIRST[1:], SECOND[1:]])
    assert [row.task for row in rows] == ["Rà soát thủ tục", "Tập huấn cán bộ"]


def test_a_number_before_the_task_in_its_own_cell_is_the_rows_number():
    rows = task_rows([HEAD[1:], ["1. Rà soát thủ tục", *FIRST[2:]], ["2. Tập huấn", *SECOND[2:]]])
    assert [row.number for row in rows] == ["1", "2"]


def test_a_schedule_of_inspections_has_dates_and_nobody_responsible():
    rows = task_rows(
        [
            ["STT", "Đơn vị được kiểm tra", "Thời gian kiểm tra"],
            ["I", "Cơ quan cấp tỉnh", ""],
            ["1", "Sở Xây dựng", "Tháng 7/2026"],
        ]
    )
    assert [(row.task, row.deadline, row.holders, row.section) for row in rows] == [
        ("Sở Xây dựng", "2026-07", (), "Cơ quan cấp tỉnh")
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["STT", "Đơn vị", "Điểm tối đa", "Điểm đạt được"],
        ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu"],
        ["STT", "Tên hàng hóa", "Đơn giá", "Thành tiền"],
        ["STT", "Họ và tên", "Chức vụ", "Đơn vị"],
        ["STT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Cơ quan thực hiện"],
        ["STT", "Nội dung tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"],
        ["Bước", "Nội dung các bước thực hiện", "Người thực hiện", "Thời gian xử lý"],
        ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", ""],
        ["1", "Tổ chức hội nghị", "Sở Nội vụ", "Quý I/2026"],
    ],
    ids=" | ".join,
)
def test_a_table_that_assigns_nothing_gives_no_rows(head):
    assert task_rows([head, ["1", "Sở Nội vụ", "10", "9"], ["2", "Sở Y tế", "10", "8"]]) == ()


def test_a_report_of_what_was_done_assigns_nothing():
    head = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Kết quả thực hiện"]
    assert task_rows([head, ["1", "Rà soát", "Sở Tư pháp", "31/10/2025", "Đã trình UBND tỉnh"]]) == ()


def test_a_list_of_overdue_tasks_assigns_nothing():
    assert task_rows([HEAD, FIRST, SECOND], before=["Các nhiệm vụ quá hạn chưa hoàn thành"]) == ()


def test_an_html_table_is_read_like_a_word_table():
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (HEAD, FIRST, SECOND))
    page = f"<html><body><p>KẾ HOẠCH</p><table>{cells}</table></body></html>"
    rows = rows_of(read(page.encode(), name="a.html"))
    assert [(row.number, held(row, "lead"), row.deadline) for row in rows] == [
        ("1", ["Sở Tư pháp"], "2026-03-31"),
        ("2", ["Sở Nội vụ"], "2026-05"),
    ]


def test_a_responsibility_of_a_table_names_its_row():
    document = read(word_file([HEAD, FIRST, SECOND]), name="a.docx")
    source = normalise(document.text)
    told = table_responsibilities(rows_of(document), source, structure=find_structure(source, tables=document.tables))
    assert [(item.agency, item.role, item.origin, item.section) for item in told] == [
        ("Sở Tư pháp", "lead", "table", "table_1__row_2"),
        ("Các sở, ban, ngành", "coordinate", "table", "table_1__row_2"),
        ("Sở Nội vụ", "lead", "table", "table_1__row_3"),
        ("UBND cấp xã", "coordinate", "table", "table_1__row_3"),
    ]
    assert {item.product for item in told} == {"Báo cáo", "Lớp tập huấn"}
    assert all(document.text[item.start : item.end] == item.text for item in told)


def test_rows_of_tables_are_among_the_responsibilities_of_an_extraction():
    from parcc_nlp.extract.run import extract_layers

    found = extract_layers(read(word_file([HEAD, FIRST], before=["KẾ HOẠCH", "Nội dung kế hoạch"]), name="a.docx"))
    assert [(item.agency, item.origin) for item in found.responsibilities] == [
        ("Sở Tư pháp", "table"),
        ("Các sở, ban, ngành", "table"),
    ]


def test_a_document_without_tables_has_no_rows():
    assert find_table_rows([], normalise("Điều 1. Phạm vi")) == ()


FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def pdf_file(rows, *, widths, spans=(), heights=None, repeat=1):
    """Give the bytes of a PDF file with a ruled table that runs over as many pages as it needs."""
    if not FONT.is_file():
        pytest.skip("needs a font with Vietnamese letters (Debian: fonts-dejavu-core)")
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(TTFont("TableSerif", str(FONT)))
    look = ParagraphStyle("cell", fontName="TableSerif", fontSize=10, leading=13)
    cells = [[Paragraph(text.replace("\n", "<br/>"), look) if text else "" for text in row] for row in rows]
    style = TableStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, "black"), *(("SPAN", (x0, y0), (x1, y1)) for y0, x0, y1, x1 in spans)]
    )
    file = BytesIO()
    table = Table(cells, colWidths=widths, rowHeights=heights, repeatRows=repeat, style=style)
    SimpleDocTemplate(file, pagesize=landscape(A4)).build([Paragraph("KẾ HOẠCH NĂM 2026", look), table])
    return file.getvalue()


WIDTHS = [40, 190, 110, 110, 90, 90]
PDF_HEAD = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian"]


def test_a_pdf_table_over_several_pages_is_one_table():
    rows = [
        [
            str(number),
            f"Rà soát thủ tục nhóm {number}",
            "Sở Tư pháp",
            "Sở Nội vụ;\nSở Tài chính",
            "Báo cáo",
            "Quý I/2026",
        ]
        for number in range(1, 31)
    ]
    document = read(pdf_file([PDF_HEAD, *rows], widths=WIDTHS), name="a.pdf")
    assert document.source.pages > 1
    found = rows_of(document)
    assert [row.number for row in found] == [str(number) for number in range(1, 31)]
    assert {tuple(held(row, "coordinate")) for row in found} == {("Sở Nội vụ", "Sở Tài chính")}
    assert {row.deadline for row in found} == {"2026-03-31"}


def test_names_that_wrap_in_a_pdf_cell_stay_whole():
    rows = [
        [
            "1",
            "Tuyên truyền",
            "Sở Văn hóa, Thể thao và Du lịch",
            "Các sở, ban, ngành; Ủy ban nhân dân các xã, phường",
            "",
            "Tháng 5/2026",
        ]
    ]
    (row,) = rows_of(read(pdf_file([PDF_HEAD, *rows], widths=WIDTHS), name="a.pdf"))
    assert held(row, "lead") == ["Sở Văn hóa, Thể thao và Du lịch"]
    assert held(row, "coordinate") == ["Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"]


def test_divided_headings_and_groups_of_a_pdf_table_are_read():
    top = ["STT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Sản phẩm", "Thời gian"]
    below = ["", "", "Chủ trì", "Phối hợp", "", ""]
    group = ["I", "Cải cách thể chế", "", "", "", ""]
    task = ["1", "Rà soát văn bản", "Sở Tư pháp", "Sở Nội vụ", "Báo cáo", "30/6/2026"]
    spans = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 1, 5)]
    (row,) = rows_of(read(pdf_file([top, below, group, task], widths=WIDTHS, spans=spans, repeat=2), name="a.pdf"))
    assert (held(row, "lead"), held(row, "coordinate"), row.section) == (
        ["Sở Tư pháp"],
        ["Sở Nội vụ"],
        "Cải cách thể chế",
    )
