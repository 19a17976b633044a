"""Tables whose cells a portal has made lines of: what is certain is read, the rest is left out."""

import pytest

from parcc_nlp.extract.tables import find_flattened_tables
from parcc_nlp.model import Document
from parcc_nlp.text.normalise import normalise

from .word_tables import held, rows_of

HEAD = ["PHỤ LỤC NHIỆM VỤ", "TT", "Nội dung thực hiện", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
FULL = ["1", "Rà soát thủ tục", "Sở Tư pháp", "Các sở, ban, ngành", "Quý I/2026", "Báo cáo"]


def rows(*lines):
    return rows_of(Document("\n".join([*HEAD, *lines])))


def test_a_row_with_a_line_for_every_column_is_read():
    (row,) = rows(*FULL)
    assert (row.table, row.number, row.task, row.deadline, row.product) == (
        None,
        "1",
        "Rà soát thủ tục",
        "2026-03-31",
        "Báo cáo",
    )
    assert (held(row, "lead"), held(row, "coordinate")) == (["Sở Tư pháp"], ["Các sở, ban, ngành"])


def test_a_row_whose_last_cell_was_empty_is_read_when_only_one_order_fits():
    row, _ = rows("1", "Rà soát", "Sở Tư pháp", "Sở Nội vụ", "Thường xuyên", "2", *FULL[1:])
    assert (held(row, "lead"), held(row, "coordinate"), row.recurrence, row.product) == (
        ["Sở Tư pháp"],
        ["Sở Nội vụ"],
        "Thường xuyên",
        None,
    )


def test_an_agency_that_may_lead_or_coordinate_is_left_out():
    row, _ = rows("1", "Rà soát", "Sở Tư pháp", "Quý I/2026", "Báo cáo", "2", *FULL[1:])
    assert (row.task, row.holders, row.deadline, row.product) == ("Rà soát", (), "2026-03-31", "Báo cáo")


def test_a_row_in_which_no_order_fits_gives_nothing():
    found = rows("1", "Rà soát", "Quý I/2026", "Sở Tư pháp", "Sở Nội vụ", "Báo cáo", "2", *FULL[1:])
    assert [row.number for row in found] == ["2"]


def test_a_line_behind_a_label_alone_heads_the_rows_below():
    found = rows("I", "Cải cách thể chế", *FULL, "II", "Tài chính công", *FULL)
    assert [row.section for row in found] == ["Cải cách thể chế", "Tài chính công"]


def test_a_group_may_stand_behind_its_label_on_one_line():
    found = rows("I. Cải cách thể chế", *FULL, "II. Tài chính công", *FULL)
    assert [(row.number, row.section) for row in found] == [("1", "Cải cách thể chế"), ("1", "Tài chính công")]


def test_a_table_of_goals_and_who_answers_for_them_is_read():
    lines = [
        "TT",
        "Chỉ tiêu",
        "Chủ trì",
        "I. Kinh tế số",
        "1",
        "Kinh tế số chiếm 45% GRDP.",
        "Sở Tài chính",
        "2",
        "Tỷ lệ chữ ký số đạt 50%.",
        "Công an tỉnh",
    ]
    (row, _) = rows_of(Document("\n".join(lines)))
    assert (row.task, held(row, "lead"), row.section) == ("Kinh tế số chiếm 45% GRDP.", ["Sở Tài chính"], "Kinh tế số")


def test_bullets_belong_to_one_cell():
    row, _ = rows("1", "Rà soát", "Sở Tư pháp", "- Sở Nội vụ", "- Sở Y tế", "Quý I/2026", "Báo cáo", "2", *FULL[1:])
    assert held(row, "coordinate") == ["Sở Nội vụ", "Sở Y tế"]


def test_dots_for_rows_left_out_end_the_group():
    found = rows("I", "Cải cách thể chế", *FULL, "…………………", "7", *FULL[1:])
    assert [(row.number, row.section) for row in found] == [("1", "Cải cách thể chế"), ("7", None)]


def test_what_follows_the_last_row_is_not_taken_into_it():
    found = rows(*FULL, "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.")
    assert [(row.number, row.product) for row in found] == [("1", "Báo cáo")]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "STT",
            "Tên thủ tục hành chính",
            "Thời hạn giải quyết",
            "Cơ quan thực hiện",
            "1",
            "Cấp phép",
            "05 ngày",
            "Sở Y tế",
        ],
        ["STT", "Đơn vị", "Điểm", "Xếp loại", "1", "Sở Y tế", "90", "Tốt"],
        ["STT", "Nhiệm vụ", "Ghi chú", "1", "Rà soát", "x"],
        ["STT", "một dòng rất dài " * 8, "Cơ quan chủ trì", "Thời hạn", "1", "Rà soát", "Sở Y tế", "2026"],
        ["TT"],
    ],
    ids=lambda lines: lines[0] + str(len(lines)),
)
def test_other_lists_give_no_table(lines):
    assert find_flattened_tables(normalise("\n".join(lines))) == ()


def test_a_heading_inside_a_table_of_the_reader_begins_no_other_table():
    from parcc_nlp.model import Table

    text = "\n".join([*HEAD, *FULL])
    assert find_flattened_tables(normalise(text), tables=(Table(0, len(text), 1, 1, ()),)) == ()


def test_parts_of_a_divided_heading_stand_in_its_place():
    head = ["TT", "Nội dung", "Cơ quan thực hiện", "Thời gian", "Chủ trì", "Phối hợp"]
    (row,) = rows_of(Document("\n".join([*head, "1", "Rà soát", "Sở Tư pháp", "Sở Nội vụ", "Quý I/2026"])))
    assert (held(row, "lead"), held(row, "coordinate"), row.deadline) == (["Sở Tư pháp"], ["Sở Nội vụ"], "2026-03-31")


def test_lines_of_a_flattened_table_are_not_read_as_sentences_too():
    from parcc_nlp.extract.run import extract_layers

    body = ["KẾ HOẠCH", "I. NHIỆM VỤ", "1. Sở Nội vụ chủ trì tổng hợp kết quả thực hiện Kế hoạch.", *HEAD]
    task = ["1", "Sở Y tế chủ trì rà soát thủ tục", "Sở Y tế", "Các sở, ban, ngành", "Quý I/2026", "Báo cáo"]
    found = extract_layers(Document("\n".join([*body, *task]))).responsibilities
    assert [(item.agency, item.role, item.origin) for item in found if item.start > 80] == [
        ("Sở Y tế", "lead", "table"),
        ("Các sở, ban, ngành", "coordinate", "table"),
    ]
