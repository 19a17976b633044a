"""Tables of an office are read row by row; what cannot be read is told, and the rest goes on."""

import csv
import io
import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Pinpoint
from parcc_nlp.registry.claims import InstrumentClaim, LifeClaim, RelationClaim
from parcc_nlp.registry.identity import read_rules, slug
from parcc_nlp.registry.importing import read_source
from parcc_nlp.registry.mentions import mentions_in, read_reason
from parcc_nlp.registry.pinpoints import parts_of, written_parts
from parcc_nlp.registry.reading import read_day, read_table
from parcc_nlp.registry.sources import Origin

HERE = Path(__file__).parent
ORIGIN = Origin("danh mục.csv", learned="2026-11-23", issuer="UBND tỉnh Lâm Đồng")
HEADINGS = [
    "STT", "Số, ký hiệu văn bản", "Ngày, tháng, năm ban hành", "Tên gọi của văn bản", "Lý do hết hiệu lực",
    "Ngày hết hiệu lực",
]  # fmt: skip
REASON = "Được thay thế bằng Quyết định số 7/2024/QĐ-UBND ngày 01/3/2024 của UBND tỉnh"
ROW = ["1", "12/2019/QĐ-UBND", "03/4/2019", "Quy định về giá đất", REASON, "15/3/2024"]


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(*rows, delimiter=";", mark=""):
    file = io.StringIO(mark, newline="")
    file.seek(0, io.SEEK_END)
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


def as_workbook(*rows, title="Danh mục"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def codes(errors):
    return [error.code for error in errors]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_list_of_ended_texts_is_read_whatever_separates_its_cells(delimiter, mark):
    reading = read_table(as_csv(HEADINGS, ROW, delimiter=delimiter, mark=mark), ORIGIN)
    own, act = reading.claims
    assert isinstance(own, InstrumentClaim)
    assert (own.instrument.number, own.instrument.issued) == ("12/2019/QĐ-UBND", "2019-04-03")
    assert own.instrument.issuer == "UBND tỉnh Lâm Đồng"
    assert (own.title, own.expires) == ("Quy định về giá đất", "2024-03-15")
    assert isinstance(act, RelationClaim)
    assert (act.kind, act.source.number, act.source.issued) == ("replaces", "7/2024/QĐ-UBND", "2024-03-01")
    assert act.source.issuer == "UBND tỉnh Lâm Đồng"
    assert (act.effective, act.quote, act.confidence) == ("2024-03-15", REASON, "verified")
    assert act.provenance.place == "dòng 2"
    assert (reading.refused, reading.notes) == ((), ())


def test_a_workbook_says_the_same_as_a_csv():
    row = [1, ROW[1], date(2019, 4, 3), *ROW[3:5], date(2024, 3, 15)]
    assert [type(one) for one in read_table(as_workbook(HEADINGS, row), ORIGIN).claims] == [
        InstrumentClaim,
        RelationClaim,
    ]
    assert read_table(as_workbook(HEADINGS, row), ORIGIN).claims == read_table(as_csv(HEADINGS, ROW), ORIGIN).claims


def test_a_json_list_says_the_same_as_a_csv():
    listed = json.dumps([dict(zip(HEADINGS, ROW, strict=True))], ensure_ascii=False).encode()
    found = read_source(listed, ORIGIN).claims
    assert [one.provenance.place for one in found] == ["dòng 1", "dòng 1"]
    assert [type(one) for one in found] == [InstrumentClaim, RelationClaim]


def test_titles_group_headings_and_numbering_are_no_rows():
    data = as_csv(
        ["DANH MỤC VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ", "", "", "", "", ""],
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["I. LĨNH VỰC ĐẤT ĐAI", "", "", "", "", ""],
        ROW,
        ["Tổng số: 01 văn bản", "", "", "", "", ""],
    )
    reading = read_table(data, ORIGIN)
    assert (reading.rows, len(reading.claims), reading.refused) == (1, 2, ())


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (2, "31/02/2019", "E224"),
        (5, "tháng 3", "E224"),
        (1, "", "E223"),
        (1, "không số", "E237"),
        (1, "12/2019/QĐ-UBND và 13/2019/QĐ-UBND", "E237"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_goes_on(column, cell, code):
    wrong = [*ROW]
    wrong[column] = cell
    reading = read_table(as_csv(HEADINGS, wrong, ROW), ORIGIN)
    assert code in codes(reading.refused)
    assert reading.refused[0].place == "dòng 2"
    assert [one for one in reading.claims if one.provenance.place == "dòng 3"]


def test_a_row_of_another_length_is_damaged():
    reading = read_table(as_csv(HEADINGS, ROW[:4], ROW), ORIGIN)
    assert codes(reading.refused) == ["E235"]
    assert len(reading.claims) == 2


def test_a_column_nobody_knows_is_told():
    reading = read_table(as_csv([*HEADINGS, "Màu bìa"], [*ROW, "xanh"]), ORIGIN)
    assert codes(reading.notes) == ["E233"]
    assert len(reading.claims) == 2


def test_two_columns_of_one_meaning_are_refused():
    data = as_csv(["Số ký hiệu", "Ngày ban hành", "Ngày ký"], ["1/2020/NĐ-CP", "01/01/2020", "02/01/2020"])
    assert codes(read_table(data, ORIGIN).refused) == ["E232"]


def test_a_file_that_is_not_utf8_names_the_line():
    data = as_csv(HEADINGS) + "12/2019/QĐ-UBND".encode("cp1258", errors="replace") + b"\xff\xfe\n"
    with pytest.raises(RegistryError) as raised:
        read_table(data, ORIGIN)
    assert (raised.value.code, raised.value.place) == ("E222", "dòng 2")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E220"),
        (b"%PDF-1.7", "E220"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E220"),
        (b"PK\x03\x04 cut short", "E239"),
        (b'[{"number": ', "E238"),
        (b'[["1/2020/N\xc4\x90-CP"]]', "E238"),
        ("Tên,Tuổi\nLan,7\n".encode(), "E221"),
        ('Số ký hiệu,Tên gọi\n"1/2020/NĐ-CP,dở dang\n'.encode(), "E230"),
    ],
    ids=["empty", "pdf", "xls", "broken zip", "broken json", "no objects", "no headings", "open quote"],
)
def test_what_is_no_table_has_a_coded_error(data, code):
    with pytest.raises(RegistryError) as raised:
        read_source(data, ORIGIN)
    assert raised.value.code == code
    assert raised.value.path == "danh mục.csv"


def test_a_formula_is_not_executed():
    reading = read_table(as_workbook(HEADINGS, [1, ROW[1], "=DATE(2019,4,3)", *ROW[3:]]), ORIGIN)
    assert codes(reading.refused) == ["E231"]
    assert reading.claims == ()


def test_an_external_entity_in_a_workbook_is_refused():
    import zipfile

    whole = io.BytesIO(as_workbook(HEADINGS, ROW))
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/workbook.xml":
                part = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + part
            after.writestr(name, part)
    with pytest.raises(RegistryError) as raised:
        read_table(changed.getvalue(), ORIGIN)
    assert raised.value.code == "E239"


def test_the_reason_gives_a_relation_only_where_it_is_understood():
    row = [*ROW]
    row[4] = "Luật Đất đai năm 2013 đã được thay thế bởi Luật Đất đai số 31/2024/QH15"
    reading = read_table(as_csv(HEADINGS, row), ORIGIN)
    assert [type(one) for one in reading.claims] == [InstrumentClaim]
    assert codes(reading.notes) == ["E234"]


def test_a_list_of_partly_ended_texts_ends_no_text():
    data = as_csv(
        ["DANH MỤC VĂN BẢN HẾT HIỆU LỰC MỘT PHẦN", "", "", "", ""],
        ["STT", "Số, ký hiệu văn bản", "Nội dung, quy định hết hiệu lực", "Lý do hết hiệu lực", "Ngày hết hiệu lực"],
        ["1", "12/2019/QĐ-UBND", "Khoản 2 Điều 5, Điều 7", REASON, "15/3/2024"],
        ["2", "13/2019/QĐ-UBND", "Các quy định về giá thuê đất", REASON, "15/3/2024"],
    )
    own, act, _, other = read_table(data, ORIGIN).claims
    assert own.expires is None
    assert (act.kind, act.effective) == ("partially_repeals", "2024-03-15")
    assert act.parts == (Pinpoint(dieu="5", khoan="2"), Pinpoint(dieu="7"))
    assert (other.kind, other.parts) == ("partially_repeals", ())
    assert "giá thuê đất" in other.quote


def test_a_list_of_both_kinds_must_say_which_a_row_is():
    data = as_csv(
        ["Danh mục văn bản hết hiệu lực toàn bộ hoặc một phần", "", ""],
        ["Số, ký hiệu văn bản", "Lý do hết hiệu lực", "Ngày hết hiệu lực"],
        ["12/2019/QĐ-UBND", REASON, "15/3/2024"],
    )
    reading = read_table(data, ORIGIN)
    assert (codes(reading.refused), reading.claims) == (["E245"], ())


def test_what_is_kept_back_is_an_exception_and_no_part():
    data = as_csv(
        ["Số, ký hiệu văn bản", "Phần hết hiệu lực", "Lý do hết hiệu lực", "Ngày hết hiệu lực"],
        ["12/2019/QĐ-UBND", "Toàn bộ Chương II, trừ Điều 9", REASON, "15/3/2024"],
    )
    act = read_table(data, ORIGIN).claims[1]
    assert (act.kind, act.parts, act.exception) == ("partially_repeals", (), "Toàn bộ Chương II, trừ Điều 9")


def test_in_force_needs_a_day():
    data = as_csv(["Số ký hiệu", "Tình trạng hiệu lực"], ["63/2010/NĐ-CP", "Còn hiệu lực"])
    without = read_table(data, Origin("a.csv", learned="2026-11-23"))
    assert codes(without.notes) == ["E240"]
    (_, life) = read_table(data, Origin("a.csv", learned="2026-11-23", stated="2026-10-01")).claims
    assert isinstance(life, LifeClaim)
    assert (life.date, life.kind) == ("2026-10-01", "statement")


def test_an_unknown_status_is_refused():
    data = as_csv(["Số ký hiệu", "Tình trạng hiệu lực"], ["63/2010/NĐ-CP", "Hết hạn rồi"])
    assert codes(read_table(data, ORIGIN).refused) == ["E226"]


def test_an_end_before_the_beginning_is_not_taken():
    data = as_csv(["Số ký hiệu", "Ngày có hiệu lực", "Ngày hết hiệu lực"], ["1/2020/NĐ-CP", "01/3/2020", "01/02/2020"])
    reading = read_table(data, ORIGIN)
    assert codes(reading.refused) == ["E236"]
    assert reading.claims[0].expires is None


def test_one_column_may_hold_number_and_day():
    data = as_csv(
        ["Số, ký hiệu; ngày, tháng, năm ban hành văn bản", "Tên gọi"], ["12/2019/QĐ-UBND; 03/4/2019", "Giá đất"]
    )
    (own,) = read_table(data, ORIGIN).claims
    assert (own.instrument.number, own.instrument.issued) == ("12/2019/QĐ-UBND", "2019-04-03")


RELATION_HEADINGS = [
    "source_doc", "relation", "target_doc", "effective_date", "clause", "evidence", "confidence",
]  # fmt: skip


def test_a_table_of_relations_is_read():
    row = ["48/2013/NĐ-CP", "partially_repeals", "63/2010/NĐ-CP", "2013-07-01", "Điều 1", "S2", "verified"]
    (act,) = read_table(as_csv(RELATION_HEADINGS, row, delimiter=","), ORIGIN).claims
    assert (act.source.number, act.kind, act.target.number) == ("48/2013/NĐ-CP", "partially_repeals", "63/2010/NĐ-CP")
    assert (act.effective, act.clause, act.confidence) == ("2013-07-01", "Điều 1", "verified")
    assert act.provenance.place == "dòng 2; S2"


def test_a_coarse_day_gives_bounds():
    row = ["48/2013/NĐ-CP", "thay thế", "63/2010/NĐ-CP", "2013", "", "", ""]
    (act,) = read_table(as_csv(RELATION_HEADINGS, row), ORIGIN).claims
    assert (act.effective, act.not_before, act.not_after) == (None, "2013-01-01", "2013-12-31")


def test_the_direction_is_that_of_the_label():
    row = ["48/2013/NĐ-CP", "Văn bản thay thế", "63/2010/NĐ-CP", "", "", "", ""]
    (act,) = read_table(as_csv(RELATION_HEADINGS, row), ORIGIN).claims
    assert (act.source.number, act.target.number) == ("63/2010/NĐ-CP", "48/2013/NĐ-CP")


@pytest.mark.parametrize(("label", "code"), [("Văn bản hết hiệu lực", "E228"), ("liên quan mật thiết", "E227")])
def test_a_label_that_is_disputed_or_unknown_is_refused(label, code):
    row = ["48/2013/NĐ-CP", label, "63/2010/NĐ-CP", "", "", "", ""]
    reading = read_table(as_csv(RELATION_HEADINGS, row), ORIGIN)
    assert (codes(reading.refused), reading.claims) == ([code], ())


@pytest.mark.parametrize("row", table("cells.csv"), ids=lambda row: row["what"])
def test_a_cell_is_a_day_or_none(row):
    assert read_day(row["cell"]) == (row["day"] or None)


@pytest.mark.parametrize("row", table("reasons.csv"), ids=lambda row: row["reason"][:40])
def test_a_reason_is_read(row):
    reason = read_reason(row["reason"])
    assert reason.understood
    found = [(one.kind, one.by.number, one.by.issued, one.by.issuer, one.by.clause) for one in reason.acts]
    wanted = (row["kind"], row["number"], row["issued"] or None, row["issuer"] or None, row["clause"] or None)
    assert found == ([wanted] if row["kind"] else [])


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("khoản 2 Điều 5", "khoản 2 Điều 5"),
        ("điểm a, b khoản 2 Điều 5 và Điều 7", "điểm a khoản 2 Điều 5; điểm b khoản 2 Điều 5; Điều 7"),
        ("Từ Điều 5 đến Điều 8", "Điều 5; Điều 6; Điều 7; Điều 8"),
        ("Điều 5, 6 và 7", "Điều 5; Điều 6; Điều 7"),
        ("Điều 5 đến 8", "Điều 5; Điều 6; Điều 7; Điều 8"),
        ("Chương II; Phụ lục I", "Chương II; Phụ lục I"),
        ("Mục 1 Chương II", "Mục 1 Chương II"),
        ("khoản 1, khoản 3 Điều 5", "khoản 1 Điều 5; khoản 3 Điều 5"),
        ("điểm a khoản 1; điểm b khoản 2 Điều 5", "điểm a khoản 1 Điều 5; điểm b khoản 2 Điều 5"),
        ("Khoản 1, Điều 3, Chương I", "khoản 1 Điều 3; Chương I"),
        ("điểm a; khoản 3 Điều 5", ""),
        ("Điều 5, khoản 2", ""),
        ("khoản 2", ""),
        ("mục tiêu chung", ""),
        ("toàn bộ văn bản", ""),
    ],
)
def test_provisions_are_read_as_far_as_they_are_plain(phrase, written):
    assert written_parts(parts_of(phrase)) == written


@given(st.text(max_size=200))
def test_no_cell_breaks_the_readers(text):
    mentions_in(text)
    read_reason(text)
    parts_of(text)
    read_day(text)


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader_without_a_coded_error(data):
    with suppress(RegistryError):
        read_source(data, ORIGIN)


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [
        ("table_headings.csv", "field", {
            "ignored", "number", "number_issued", "doc_type", "issuer", "issued", "title", "effective", "expires",
            "status", "reason", "parts", "replaced_by", "repealed_by", "amended_by", "replaces", "repeals", "amends",
            "source", "relation", "target", "since", "clause", "evidence", "exception", "confidence",
        }),
        ("reason_verbs.csv", "kind", {"", "replaces", "repeals", "amends", "corrects", "suspends"}),
    ],
)  # fmt: skip
def test_the_tables_of_words_keep_to_their_schema(name, column, allowed):
    rows = read_rules(name)
    assert {row[column] for row in rows} <= allowed


@pytest.mark.parametrize(("name", "column"), [("table_headings.csv", "heading"), ("reason_verbs.csv", "phrase")])
def test_no_word_stands_twice(name, column):
    keys = [slug(row[column]) for row in read_rules(name)]
    doubled = {key for key in keys if keys.count(key) > 1}
    meanings = {
        key: {row.get("field", row.get("kind")) for row in read_rules(name) if slug(row[column]) == key}
        for key in doubled
    }
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}
