"""Headings are data: every column is of a value there is, and what no form shows is marked as such."""

import re
from string import Formatter

import pytest
import yaml

from parcc_nlp.errors import UsageError
from parcc_nlp.report.forms import read_headings, shipped_headings
from parcc_nlp.report.forms.headings import BLANK, KEYS

SHIPPED = shipped_headings()
EXPIRED = [
    "STT", "Số, ký hiệu văn bản", "Ngày, tháng, năm ban hành", "Tên gọi của văn bản", "Lý do hết hiệu lực",
    "Ngày hết hiệu lực",
]  # fmt: skip


def test_every_table_is_headed():
    assert set(SHIPPED.tables) == set(KEYS)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_columns_are_of_values_that_there_are(name):
    form = SHIPPED.tables[name]
    assert {key for column in form.columns for key in column.keys} <= KEYS[name] | {BLANK}
    assert all(column.heading and column.width > 0 and column.align in {"left", "center"} for column in form.columns)
    assert form.title
    assert form.sheet


@pytest.mark.parametrize("book", [{"review_sheet", "grounds", "findings_workbook", "unknown"}, set(KEYS) - {"unknown"}])
def test_the_sheets_of_a_workbook_have_names_of_their_own(book):
    names = [SHIPPED.tables[name].sheet for name in book if name != "findings"]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_the_one_list_that_is_evidenced_has_its_headings():
    columns = SHIPPED.tables["expired"].columns
    assert [column.heading for column in columns] == EXPIRED
    assert all("1680/QĐ-UBND" in column.evidence for column in columns)
    assert [SHIPPED.heading(column) for column in columns] == EXPIRED


def test_nothing_else_is_passed_off_as_official():
    for name, form in SHIPPED.tables.items():
        assert form.form_number is None
        if name != "expired":
            assert [column.heading for column in form.columns if column.evidence] == []
        assert all(SHIPPED.heading(column).endswith("(*)") for column in form.columns if not column.evidence)
    assert [name for name, form in SHIPPED.tables.items() if form.title_evidence] == ["grounds"]


def test_the_note_names_the_decree_and_the_file():
    (note,) = SHIPPED.notes("in_force")
    assert note.startswith("(*)")
    assert "79/2025/NĐ-CP" in note
    assert "headings.yaml" in note


def test_labels_are_worded_and_their_fields_are_plain():
    for key, label in SHIPPED.labels.items():
        assert label == " ".join(label.split()), key
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(label)), key


def test_no_word_judges():
    said = " ".join([*SHIPPED.labels.values(), *(form.title for form in SHIPPED.tables.values())]).lower()
    assert not re.search(r"trái luật|trái pháp luật|vi phạm|sai phạm", said)


def test_an_office_lays_its_own_file_over():
    own = read_headings(
        """
tables:
  in_force:
    title: {heading: DANH MỤC CÒN HIỆU LỰC, evidenced: true, evidence: Mẫu số 05}
    form_number: Mẫu số 05
    columns:
      - {key: [doc_type, number], heading: "Loại, số", evidenced: true, evidence: Mẫu số 05}
      - {key: blank, heading: Ghi chú}
labels: {no_rows: Không có.}
""",
        path="thu-muc/tieu-de-so-tu-phap.yaml",
    )
    form = own.tables["in_force"]
    assert (form.title, form.form_number, form.sheet) == ("DANH MỤC CÒN HIỆU LỰC", "Mẫu số 05", "Còn hiệu lực")
    assert [own.heading(column) for column in form.columns] == ["Loại, số", "Ghi chú (*)"]
    assert own.title("in_force") == "DANH MỤC CÒN HIỆU LỰC"
    assert own.label("no_rows") == "Không có."
    assert own.tables["expired"] == SHIPPED.tables["expired"]
    assert own.file == "tieu-de-so-tu-phap.yaml"
    assert "tieu-de-so-tu-phap.yaml" in own.notes("in_force")[0]


def test_where_all_is_evidenced_there_is_no_mark_and_no_note_about_it():
    columns = [{"key": "number", "heading": "Số", "evidenced": True, "evidence": "Mẫu 05"}]
    title = {"heading": "DANH MỤC", "evidenced": True, "evidence": "Mẫu 05"}
    own = read_headings(yaml.safe_dump({"tables": {"in_force": {"title": title, "columns": columns}}}), path="a.yaml")
    assert own.notes("in_force") == ("Tiêu đề cột không có dấu theo: Mẫu 05.",)


def test_an_empty_file_changes_nothing_but_where_to_correct():
    own = read_headings("", path="a.yaml")
    assert (own.tables, own.labels, own.mark) == (SHIPPED.tables, SHIPPED.labels, SHIPPED.mark)


@pytest.mark.parametrize(
    ("text", "place", "detail"),
    [
        ("tables: [", "dòng 1", ""),
        ("- a", None, "khóa"),
        ("table: {}", None, "table"),
        ("tables: {expiry: {}}", "tables", "expiry"),
        ("tables: {expired: {colums: []}}", "tables.expired", "colums"),
        ("tables: {expired: {columns: []}}", "tables.expired.columns", ""),
        ("tables: {expired: {columns: [{key: numbre, heading: Số}]}}", "tables.expired.columns[1]", "numbre"),
        ("tables: {expired: {columns: [{key: [], heading: Số}]}}", "tables.expired.columns[1]", ""),
        ("tables: {expired: {columns: [{key: number}]}}", "tables.expired.columns[1].heading", "chữ"),
        ("tables: {expired: {columns: [{key: number, heading: Số, width: 0}]}}", "tables.expired.columns[1]", "width"),
        (
            "tables: {expired: {columns: [{key: number, heading: Số, align: top}]}}",
            "tables.expired.columns[1]",
            "align",
        ),
        (
            "tables: {expired: {columns: [{key: number, heading: Số, evidenced: true}]}}",
            "tables.expired.columns[1].evidence",
            "chữ",
        ),
        ("tables: {expired: {title: {heading: A, evidenced: có}}}", "tables.expired.title", "true"),
        ("tables: {expired: {sheet: 'a/b'}}", "tables.expired.sheet", "trang tính"),
        ("tables: {expired: {sheet: " + "a" * 32 + "}}", "tables.expired.sheet", "31"),
        ("labels: {no_such: A}", "labels", "no_such"),
        ("labels: {count: '{number}'}", "labels.count", "{count}"),
        ("labels: {count: '{count.real}'}", "labels.count", "{count}"),
        ("labels: {count: '{count:>999999999}'}", "labels.count", "{count}"),
        ("labels: {count: '{'}", "labels.count", "ngoặc"),
        ("note: '{path}'", "note", "{file}"),
        ("a: &a [*a]", None, ""),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text, place, detail):
    with pytest.raises(UsageError) as caught:
        read_headings(text, path="tieu-de.yaml")
    assert caught.value.code == "E365"
    assert (caught.value.path, caught.value.place) == ("tieu-de.yaml", place)
    assert detail in caught.value.message()


def test_a_file_of_headings_makes_no_objects():
    with pytest.raises(UsageError, match="E365"):
        read_headings("!!python/object/apply:os.getcwd []", path="a.yaml")
