"""Citations: what is found, how it is read, and what is none."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.citations import find_citations
from parcc_nlp.model import Alias, Citation, Metadata
from parcc_nlp.text.normalise import normalise

HERE = Path(__file__).parent


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cited(text, **options) -> list[Citation]:
    return [c for c in find_citations(normalise(text), **options) if not c.internal]


def short(pinpoint):
    if pinpoint.chuong:
        return f"chuong {pinpoint.chuong}"
    if pinpoint.phu_luc:
        return f"phu_luc {pinpoint.phu_luc}"
    return ".".join(filter(None, (pinpoint.dieu, pinpoint.khoan, pinpoint.diem)))


@pytest.mark.parametrize("row", table("citations.csv"), ids=lambda row: row["why"])
def test_a_citation_is_read_as_the_table_says(row):
    (citation,) = cited(row["text"])
    read = {
        "doc_type": citation.doc_type or "",
        "number": citation.number or "",
        "name": citation.name or "",
        "issued": citation.issued or "",
        "issuer": citation.issuer or "",
        "pinpoints": ";".join(map(short, citation.pinpoints)),
        "relation": citation.relation,
    }
    assert read == {key: row[key] for key in read}
    assert row["text"][citation.start : citation.end] == citation.text


@pytest.mark.parametrize("row", table("not_citations.csv"), ids=lambda row: row["why"])
def test_what_is_no_citation_is_left_alone(row):
    assert cited(row["text"]) == []


def test_an_elliptical_list_shares_kind_date_and_issuer():
    text = "theo các Nghị định số 107/2020/NĐ-CP, 108/2020/NĐ-CP ngày 14/9/2020 của Chính phủ"
    assert [(c.doc_type, c.number, c.issued, c.issuer) for c in cited(text)] == [
        ("Nghị định", "107/2020/NĐ-CP", "2020-09-14", "Chính phủ"),
        ("Nghị định", "108/2020/NĐ-CP", "2020-09-14", "Chính phủ"),
    ]


def test_a_date_is_not_shared_with_a_member_of_another_year():
    text = "theo Nghị định số 45/2020/NĐ-CP, 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ"
    assert [(c.issued, c.issuer) for c in cited(text)] == [(None, "Chính phủ"), ("2021-12-06", "Chính phủ")]


def test_a_repeated_kind_shares_nothing():
    text = "Nghị định số 130/2005/NĐ-CP ngày 17/10/2005, Nghị định số 117/2013/NĐ-CP và Nghị định số 60/2021/NĐ-CP của Chính phủ"
    assert [c.issuer for c in cited(text)] == [None, None, "Chính phủ"]


def test_a_list_whose_symbol_stands_at_its_end_only_is_completed():
    text = "Căn cứ các Kết luận số 187, 188- KL/TW ngày 29/8/2025 của Bộ Chính trị"
    assert [c.number for c in cited(text)] == ["187-KL/TW", "188-KL/TW"]


def test_a_bare_number_means_the_document_named_before():
    text = "Nghị định số 31/2021/NĐ-CP (sau đây gọi tắt là Nghị định 31). Theo khoản 2 Điều 3 Nghị định 31"
    assert [(c.number, c.mention) for c in cited(text)] == [
        ("31/2021/NĐ-CP", "first"),
        ("31/2021/NĐ-CP", "later"),
        ("31/2021/NĐ-CP", "later"),
    ]


def test_a_defined_short_name_is_followed():
    text = "Quy chế số 04-QC/TU ngày 01/02/2024 (sau đây gọi tắt là Quy chế công tác). Theo Quy chế công tác, ..."
    start = text.index("Quy chế công tác")
    alias = Alias(short="Quy chế công tác", long="Quy chế số 04-QC/TU", start=start, end=start + 16)
    assert [c.number for c in cited(text, aliases=(alias,))] == ["04-QC/TU"] * 3


def test_a_later_mention_is_marked_later():
    text = "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ; theo Nghị định số 45/2020/NĐ-CP"
    assert [c.mention for c in cited(text)] == ["first", "later"]


def test_a_law_and_the_law_amending_it_are_two():
    text = "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ ngày 22/11/2019;"
    assert [c.issued for c in cited(text)] == ["2015-06-19", "2019-11-22"]


def test_a_standard_in_brackets_behind_its_twin_is_its_own_mention():
    text = "TCVN ISO 9001:2015 (ISO 9001:2015)"
    assert [c.number for c in cited(text)] == ["TCVN ISO 9001:2015", "ISO 9001:2015"]


def test_the_title_behind_a_citation_is_kept():
    text = "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát thủ tục hành chính;"
    assert cited(text)[0].title == "kiểm soát thủ tục hành chính"


def test_a_reference_to_the_document_itself_is_internal():
    found = find_citations(normalise("quy định tại khoản 1 Điều này và Điều 5 của Quyết định này"))
    assert [(c.internal, c.pinpoints[0].khoan, c.pinpoints[0].dieu) for c in found] == [
        (True, "1", None),
        (True, None, "5"),
    ]


def test_a_provision_of_a_document_spoken_of_without_number_is_not_given_to_the_next_one():
    text = "theo khoản 2 Điều 8 của Nghị định; hoặc khoản 2 Điều 9 của Nghị định số 272/2025/NĐ-CP"
    assert [short(p) for p in cited(text)[0].pinpoints] == ["9.2"]


def test_a_symbol_wrapped_over_a_line_is_one_number_and_its_span_points_into_the_print():
    text = "theo Nghị định số 45/2020/NĐ-\nCP ngày 08/4/2020"
    (citation,) = cited(text)
    assert citation.number == "45/2020/NĐ-CP"
    assert text[citation.start : citation.end] == citation.text


PREAMBLE = """ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025; Luật Cán bộ, công chức;
Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 của Chính phủ quy định chi tiết Luật Thi đua, khen thưởng;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 01/12/2025.
Điều 1. Ban hành kèm theo Quyết định này Quy chế.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 15/2019/QĐ-UBND ngày 22/3/2019 về quản lý, Quyết định số 16/2019/QĐ-UBND ngày 23/3/2019.
Điều 3. Bãi bỏ Quyết định số 17/2019/QĐ-UBND.
Điều 4. Nghị quyết số 18/2019/NQ-HĐND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.
Điều 5. Điểm này được sửa đổi, bổ sung theo Nghị định số 19/2019/NĐ-CP.
"""


def test_relations_follow_the_clauses_of_a_decision():
    assert [(c.number or c.name, c.relation) for c in cited(PREAMBLE)] == [
        ("Luật Tổ chức chính quyền địa phương", "basis"),
        ("Luật Cán bộ, công chức", "basis"),
        ("152/2025/NĐ-CP", "basis"),
        ("Luật Thi đua, khen thưởng", "basis"),
        ("12/TTr-SNV", "cites"),
        ("15/2019/QĐ-UBND", "replaces"),
        ("16/2019/QĐ-UBND", "replaces"),
        ("17/2019/QĐ-UBND", "repeals"),
        ("18/2019/NQ-HĐND", "repeals"),
        ("19/2019/NĐ-CP", "cites"),
    ]


PLAN = """KẾ HOẠCH
Thực hiện Kế hoạch số 14-KH/TU ngày 29/7/2025 của Ban Thường vụ Tỉnh ủy và Kế hoạch số 24/KH-UBND ngày 14/8/2025 của UBND tỉnh thực hiện Nghị quyết số 66-NQ/TW ngày 30/4/2025 của Bộ Chính trị, UBND tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
- Triển khai Nghị quyết số 66-NQ/TW.
"""


def test_a_plan_implements_what_its_formula_names_but_not_what_that_implements():
    assert [c.relation for c in cited(PLAN)] == ["implements", "implements", "cites", "cites"]


def test_a_list_under_a_lead_in_shares_what_the_lead_in_says():
    text = "Điều 1. Bãi bỏ toàn bộ các văn bản sau đây:\n1. Quyết định số 104/2000/QĐ-TTg.\n2. Quyết định số 63/2002/QĐ-TTg.\nĐiều 2. Theo Nghị định số 1/2020/NĐ-CP."
    assert [c.relation for c in cited(text)] == ["repeals", "repeals", "cites"]


def test_a_provincial_document_is_never_read_as_amending_a_decree():
    text = "1. Kiến nghị\nSửa đổi Điều 13 của Nghị định số 76/2018/NĐ-CP"
    own = Metadata(doc_type="Quyết định", number="2842/QĐ-UBND")
    assert cited("Điều 1. X\n" + text, metadata=own)[0].relation == "cites"


def test_the_own_number_is_self_unless_its_date_is_another():
    own = Metadata(doc_type="Quyết định", number="3044/QĐ-UBND", issued="2023-12-22")
    text = "kèm theo Quyết định số 3044/QĐ-UBND ngày 22/12/2023; khác với Quyết định số 3044/QĐ-UBND ngày 01/12/2020"
    assert [c.relation for c in cited(text, metadata=own)] == ["self", "cites"]


FRAGMENTS = st.sampled_from(
    [
        "Nghị định số ", "63/2010/NĐ-CP", " ngày 08/6/2010", " của Chính phủ", ", ", " và ", "Luật Đất đai", " năm 2013", "khoản 2 ",
        "Điều 5 ", "các điều 4, 5 đến 9 ", "39-NQ/TW", "TCVN ISO 9001:2015", "\n", "Căn cứ ", "thay thế ", "QĐ- UBND", "123/",
        "điểm a, b ", "Nghị quyết Đại hội XIII", " (", ")", "“", "”", "số ", "này", " hết hiệu lực kể từ ngày ", "ivx", "Phụ lục II ",
    ]
)  # fmt: skip


@given(st.one_of(st.lists(FRAGMENTS, max_size=40).map("".join), st.text(max_size=200)))
def test_every_span_points_at_its_text_and_spans_are_in_order(text):
    found = find_citations(normalise(text))
    assert all(text[c.start : c.end] == c.text for c in found)
    assert [c.start for c in found] == sorted(c.start for c in found)


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_reading_a_text_twice_gives_the_same(text):
    assert find_citations(normalise(text)) == find_citations(normalise(text))


@pytest.mark.parametrize(
    "piece", ["ivx", "điểm a, ", "của ", "thay thế ", "Luật ", "1/", "Nghị định số ", "và ", "A&", "khoản 1 "]
)
def test_a_hostile_repetition_is_read_without_blowing_up(piece):
    # Linear work is measured in benchmarks; here a pattern that backtracks without bound would never come back.
    assert isinstance(find_citations(normalise("Điều 1. Bãi bỏ:\n1. " + piece * 3000)), tuple)
