"""Lists of targets and tasks: lines, groups, and the files they are written to."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from parcc_nlp.model import Extraction, Responsibility, Section, Source, Target
from parcc_nlp.report.list_files import list_csv, list_json, list_xlsx
from parcc_nlp.report.list_text import list_text
from parcc_nlp.report.lists import COLUMNS, Line, columns, grouped, lines, section_name, values

TEXT = "II. NHIỆM VỤ\n1. Sở Tư pháp chủ trì rà soát.\n- Đạt tối thiểu 90%."


def task(agency="Sở Tư pháp", role="lead", **fields):
    return Responsibility(0, 9, fields.pop("text", "Rà soát."), agency, role, **fields)


def target(value=90.0, **fields):
    return Target(0, 3, fields.pop("text", "90%"), value, unit="%", **fields)


def extraction(**layers):
    structure = (
        Section("section", "II", "NHIỆM VỤ", 0, len(TEXT), None, "sec_II"),
        Section("section", "1", None, 13, len(TEXT), "sec_II", "sec_II__sec_1"),
    )
    return Extraction(TEXT, Source("kế hoạch.docx"), structure=structure, **layers)


def test_a_line_knows_its_document_and_section():
    item = Responsibility(16, 40, TEXT[16:40], "Sở Tư pháp", "lead", section="sec_II__sec_1")
    (line,) = lines(extraction(responsibilities=(item,)), "tasks")
    assert (line.document, line.section, line.heading) == ("kế hoạch.docx", "II.1", "NHIỆM VỤ")
    assert section_name(line) == "II.1. NHIỆM VỤ"


def test_lines_stand_in_the_order_of_the_text():
    later, first = Responsibility(20, 25, "x", "B", "lead"), Responsibility(3, 9, "y", "A", "lead")
    found = lines(extraction(responsibilities=(later, first)), "tasks")
    assert [line.item.agency for line in found] == ["A", "B"]


@pytest.mark.parametrize(("kind", "item"), [("targets", target()), ("tasks", task())])
def test_a_line_has_a_value_for_every_column(kind, item):
    assert len(values(Line("a", item))) == len(columns(kind)) == len(COLUMNS[kind])


def test_headings_are_vietnamese_and_english():
    assert columns("tasks")[:4] == ("Cơ quan", "Vai trò", "Nhiệm vụ", "Thời hạn")
    assert columns("targets", "en")[0] == "Indicator"


def test_dates_are_written_as_documents_write_them():
    assert "31/12/2025" in values(Line("a", task(deadline="2025-12-31")))


def test_a_bullet_before_a_task_is_left_out():
    assert values(Line("a", task(text="- Rà soát.")))[2] == "Rà soát."


def test_line_breaks_and_control_characters_do_not_reach_a_line():
    assert values(Line("a", task(text="Rà soát\nvăn bản\x1b[31m")))[2] == "Rà soát văn bản�[31m"


def test_agencies_group_by_name_in_the_order_of_first_mention():
    listed = [Line("a", task(agency)) for agency in ("Sở Y tế", "Sở Nội vụ", "sở y tế")]
    assert [(group.title, len(group.lines)) for group in grouped(listed, "agency")] == [
        ("Sở Y tế", 2),
        ("Sở Nội vụ", 1),
    ]


def test_a_target_of_two_agencies_stands_with_each():
    listed = [Line("a", target(responsible=("Sở Y tế", "Sở Nội vụ"))), Line("a", target())]
    assert [group.title for group in grouped(listed, "agency")] == ["Sở Y tế", "Sở Nội vụ", "Không nêu cơ quan"]


def test_deadlines_group_the_earliest_first_and_nothing_said_last():
    days = (None, "2026", "2026-03-31", "2026-03")
    listed = [Line("a", task(deadline=day)) for day in days] + [Line("a", task(recurrence="thường xuyên"))]
    assert [group.title for group in grouped(listed, "deadline")] == [
        "3/2026",
        "31/3/2026",
        "2026",
        "Thường xuyên, định kỳ",
        "Không nêu thời hạn",
    ]


def test_sections_group_document_by_document():
    listed = [Line("a", task(), "I", "Mục tiêu"), Line("b", task(), "I"), Line("b", task())]
    assert [group.title for group in grouped(listed, "section")] == ["a · I. Mục tiêu", "b · I", "b · Ngoài các mục"]


def test_a_list_that_is_not_grouped_is_one_group_and_an_empty_list_none():
    assert [group.title for group in grouped([Line("a", task())], None)] == [None]
    assert grouped([], None) == ()


def test_csv_has_a_heading_and_a_line_for_each_item():
    rows = list(csv.reader(io.StringIO(list_csv(grouped([Line("a", task())], None), "tasks"))))
    assert rows[0] == list(columns("tasks"))
    assert rows[1][:3] == ["Sở Tư pháp", "Chủ trì", "Rà soát."]


def test_groups_are_the_first_column_of_csv():
    rows = list(csv.reader(io.StringIO(list_csv(grouped([Line("a", task())], "agency"), "tasks"))))
    assert [row[0] for row in rows] == ["Nhóm", "Sở Tư pháp"]


@pytest.mark.parametrize("text", ["=1+1", "+84 123", "@cmd", "=HYPERLINK(1)"])
def test_text_is_no_formula_in_csv(text):
    rows = list(csv.reader(io.StringIO(list_csv(grouped([Line("a", task(text=text))], None), "tasks"))))
    assert rows[1][2] == f"'{text}"


def test_json_carries_the_fields_of_the_contract():
    value = json.loads(list_json(grouped([Line("a", target(deadline="2026"), "I")], None), "targets"))
    assert value["schema"] == "parcc-targets/1"
    (found,) = value["groups"][0]["targets"]
    assert (found["document"], found["place"], found["value"], found["deadline"]) == ("a", "I", 90.0, "2026")


def test_json_of_nothing_is_an_object_too():
    assert json.loads(list_json((), "tasks")) == {"schema": "parcc-tasks/1", "groups": [], "failures": []}


def test_a_workbook_has_a_frozen_heading_filters_and_numbers_as_numbers():
    sheet = load_workbook(io.BytesIO(list_xlsx(grouped([Line("a", target())], None), "targets"))).active
    assert [cell.value for cell in sheet[1]] == list(columns("targets"))
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None, sheet.title) == ("A2", True, "Chỉ tiêu")
    assert sheet.cell(2, 1 + COLUMNS["targets"].index("number")).value == 90.0


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x","y")', "-1", "@x"])
def test_text_is_no_formula_in_a_workbook(text):
    book = load_workbook(io.BytesIO(list_xlsx(grouped([Line("a", task(text=text))], None), "tasks")))
    cell = book.active.cell(2, 3)
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_workbook_takes_characters_that_xml_does_not():
    assert list_xlsx(grouped([Line("a", task(text="Rà\x0bsoát\ud800"))], None), "tasks")


def test_a_workbook_of_nothing_has_its_headings():
    sheet = load_workbook(io.BytesIO(list_xlsx((), "tasks"))).active
    assert sheet.max_row == 1


@pytest.mark.parametrize("width", [60, 80, 110])
def test_a_table_keeps_to_its_width_and_cuts_nothing_off(width):
    long = "Rà soát toàn bộ thủ tục hành chính thuộc phạm vi quản lý " * 4
    shown = list_text(grouped([Line("a", task(text=long), "II.1")], None), "tasks", width=width)
    assert max(map(len, shown.splitlines())) <= width
    assert sum(shown.count(word) for word in ("soát", "quản")) >= 8


def test_a_comparator_stands_before_the_value():
    shown = list_text(grouped([Line("a", target(comparator=">=", subject="Mức độ hài lòng"))], None), "targets")
    assert "≥ 90%" in shown


def test_what_recurs_stands_where_a_deadline_would():
    assert "hằng quý" in list_text(grouped([Line("a", task(recurrence="hằng quý"))], None), "tasks")


def test_a_list_over_several_documents_names_them():
    listed = [Line("dir/a.docx", task()), Line("dir/b.docx", task())]
    assert "dir/b.docx (1)" in list_text(grouped(listed, None), "tasks")
    assert "b.docx" in list_text(grouped(listed, "agency"), "tasks")


def test_text_ends_with_a_count_that_counts_an_item_once():
    listed = [Line("a", target(responsible=("Sở Y tế", "Sở Nội vụ")))]
    assert list_text(grouped(listed, "agency"), "targets").endswith("Tổng cộng 1 chỉ tiêu.\n")


def test_there_are_colours_only_where_they_are_asked_for():
    groups = grouped([Line("a", task())], "agency")
    assert "\x1b[" not in list_text(groups, "tasks")
    assert "\x1b[" in list_text(groups, "tasks", colour=True)


def test_a_change_is_told_apart_from_a_level_on_the_terminal():
    listed = [Line("a", target(comparator=">=", change="increase"))]
    assert "tăng ≥" in list_text(grouped(listed, None), "targets")
