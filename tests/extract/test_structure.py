"""The structure of documents: labels, nesting, names of units."""

import csv
import json
from pathlib import Path

import pytest

from parcc_nlp.extract.labels import read_label
from parcc_nlp.extract.quotes import find_quoted
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.model import Cell, Table
from parcc_nlp.text.normalise import normalise

HERE = Path(__file__).parent
with (HERE / "structure_labels.csv").open(encoding="utf-8", newline="") as lines:
    LABELS = [tuple(row.values()) for row in csv.DictReader(lines)]
CASES = json.loads((HERE / "structure_cases.json").read_text(encoding="utf-8"))


def sections_of(case):
    return find_structure(normalise("\n".join(case["text"])))


@pytest.mark.parametrize(("line", "style", "label"), LABELS)
def test_a_line_begins_with_a_label_or_with_none(line, style, label):
    found = read_label(line)
    assert (found.style, found.printed) == (style, label) if style else found is None


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_units_have_their_names_in_order(case):
    assert [section.eid for section in sections_of(case)] == case["eids"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_units_stand_in_their_containers(case):
    parents = {section.eid: section.parent for section in sections_of(case)}
    assert {eid: parents[eid] for eid in case["parents"]} == case["parents"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_units_have_their_headings(case):
    headings = {section.eid: section.heading for section in sections_of(case)}
    assert {eid: headings[eid] for eid in case["headings"]} == case["headings"]


def test_a_unit_reaches_to_the_end_of_what_it_contains():
    text = "Điều 1. Phạm vi\n1. Một;\na) Hai.\nĐiều 2. Hết"
    article = find_structure(normalise(text))[0]
    assert text[article.start : article.end] == "Điều 1. Phạm vi\n1. Một;\na) Hai."


def test_recipients_belong_to_no_article():
    text = "Điều 1. Mở thư viện\nThư viện mở cửa.\nNơi nhận:\n- Các sở;\nCHỦ TỊCH Lê Văn Thử"
    article = find_structure(normalise(text))[0]
    assert text[article.start : article.end].endswith("mở cửa.")


def test_spans_point_into_the_original():
    text = "Điều 1. Phạm\u200b vi hoà giải\n1. Nghị định số 255/2025/NĐ- CP;\n2. Hai."
    clause = find_structure(normalise(text))[1]
    assert text[clause.start : clause.end] == "1. Nghị định số 255/2025/NĐ- CP;"


def test_a_heading_has_one_space_between_words():
    assert find_structure(normalise("Chương I\nQUY  ĐỊNH\nCHUNG\nĐiều 1. Một"))[0].heading == "QUY ĐỊNH CHUNG"


def test_a_table_and_its_rows_stand_in_their_section():
    text = "I. BẢNG\n1. Chỉ tiêu\nTT\tTên\n1\tMột\n2. Khác"
    start = text.index("TT")
    middle, end = text.index("1\tMột"), text.index("\n2. Khác")
    cells = (
        Cell(0, 0, start, start + 2),
        Cell(0, 1, start + 3, start + 6),
        Cell(1, 0, middle, middle + 1),
        Cell(1, 1, middle + 2, end),
    )
    table = Table(start=start, end=end, rows=2, columns=2, cells=cells)
    found = {section.eid: section for section in find_structure(normalise(text), tables=(table,))}
    assert found["sec_I__sec_1__table_1"].parent == "sec_I__sec_1"
    assert found["sec_I__sec_1__table_1__row_2"].parent == "sec_I__sec_1__table_1"
    assert text[found["sec_I__sec_1__table_1__row_2"].start : found["sec_I__sec_1__table_1__row_2"].end] == "1\tMột"


def test_labels_in_a_table_are_no_units():
    text = "I. BẢNG\nTT\tTên\n1. Một\tHai\nII. HẾT"
    start, end = text.index("TT"), text.index("\nII.")
    table = Table(
        start=start, end=end, rows=2, columns=2, cells=(Cell(0, 0, start, start + 2), Cell(1, 0, start + 7, end))
    )
    kinds = [section.eid for section in find_structure(normalise(text), tables=(table,)) if section.kind == "section"]
    assert kinds == ["sec_I", "sec_II"]


def test_a_mark_without_a_partner_hides_nothing():
    assert find_quoted("như sau:\n“Điều 5. Một\nĐiều 6. Hai") == ()


def test_words_marked_in_a_sentence_are_no_block():
    assert find_quoted("Phong trào “Đọc sách\nmỗi ngày” năm 2026") == ()


def test_a_block_in_straight_marks_is_found():
    text = 'như sau:\n"Điều 5. Một\n1. Hai."\nĐiều 6.'
    assert [text[start:end] for start, end in find_quoted(text)] == ['"Điều 5. Một\n1. Hai."']


def test_an_empty_text_has_no_units():
    assert find_structure(normalise("")) == ()
