"""What a document does to others: which, by which clause, which part of it, from when."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document

HERE = Path(__file__).parent
NUMBERS = {"Luật": "99/2025/QH15", "Nghị định": "99/2025/NĐ-CP", "Quyết định": "99/2025/QĐ-UBND"}


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def issued(doc_type, text, *, title="VỀ MỘT VIỆC"):
    """Put the head of a document before its clauses."""
    number = NUMBERS.get(doc_type, "99/2025/TT-BTP" if doc_type == "Thông tư" else "99/2025/NQ-CP")
    number = "99/KH-UBND" if doc_type == "Kế hoạch" else number
    head = f"Số: {number}\nHà Nội, ngày 01 tháng 7 năm 2025\n{doc_type.upper()}\n{title}\n"
    return extract_layers(Document(text=head + text), duties=())


def short(part):
    larger = [f"{name} {value}" for name in ("phu_luc", "chuong", "muc") if (value := getattr(part, name))]
    return " ".join([*larger, *filter(None, [".".join(filter(None, (part.dieu, part.khoan, part.diem)))])])


def told(effect):
    parts = ";".join(map(short, effect.parts))
    described = f"({effect.content})" if effect.content else ""
    return " ".join(filter(None, (effect.relation, effect.target, parts, described)))


@pytest.mark.parametrize("row", table("effects.csv"), ids=lambda row: row["why"])
def test_a_clause_does_what_the_table_says(row):
    found = issued(row["doc_type"], row["text"].replace("\\n", "\n"))
    assert " | ".join(map(told, found.effects)) == row["expected"]
    assert all(found.text[effect.start : effect.end] == effect.text for effect in found.effects)


def test_an_effect_begins_with_the_document_unless_its_clause_says_otherwise():
    found = issued(
        "Luật",
        "Điều 1. Bãi bỏ Luật A số 10/2010/QH12.\nĐiều 2. Bãi bỏ Luật B số 11/2010/QH12.\nĐiều 3. Hiệu lực thi hành\n"
        "1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026, trừ trường hợp quy định tại khoản 2 Điều này.\n"
        "2. Điều 2 của Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.\n"
        "3. Luật C số 12/2010/QH12 hết hiệu lực từ ngày 01 tháng 3 năm 2026.",
    )
    assert [(effect.target, effect.effective) for effect in found.effects] == [
        ("10/2010/QH12", "2026-01-01"),
        ("11/2010/QH12", "2026-07-01"),
        ("12/2010/QH12", "2026-03-01"),
    ]


def test_the_clause_that_says_so_is_named():
    found = issued("Nghị định", "Điều 33. Hiệu lực\n2. Bãi bỏ các quy định sau:\na) Điều 5 Nghị định số 10/2010/NĐ-CP.")
    (effect,) = found.effects
    assert effect.clause == "điểm a khoản 2 Điều 33"


def test_an_exception_is_kept_in_its_words():
    found = issued(
        "Luật",
        "Điều 9. Hiệu lực\n2. Luật Lưu trữ số 01/2011/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành, trừ "
        "trường hợp quy định tại khoản 5 Điều 65 của Luật này.",
    )
    (effect,) = found.effects
    assert (effect.target, effect.parts) == ("01/2011/QH13", ())
    assert effect.exception == "trường hợp quy định tại khoản 5 Điều 65 của Luật này"


def test_provisions_that_stay_alive_are_told_apart():
    found = issued(
        "Luật",
        "Điều 517. Hiệu lực\n2. Bộ luật Tố tụng dân sự số 24/2004/QH11 hết hiệu lực kể từ ngày Luật này có hiệu lực, trừ "
        "các quy định tại Điều 159 tiếp tục có hiệu lực thi hành đến hết ngày 31 tháng 12 năm 2026.",
    )
    assert [told(effect) for effect in found.effects] == ["repeals 24/2004/QH11"]
    (kept,) = found.relations
    assert (told(kept), kept.expires) == ("continues 24/2004/QH11 159", "2026-12-31")


def test_a_part_that_ends_later_has_its_own_day():
    found = issued(
        "Thông tư",
        "Điều 11. Thông tư này có hiệu lực thi hành kể từ ngày 28 tháng 7 năm 2025.\nĐiều 12. Kể từ ngày Thông tư này có "
        "hiệu lực, các Thông tư sau hết hiệu lực thi hành:\n1. Thông tư số 31/2014/TT-NHNN ngày 11 tháng 11 năm 2014, trừ "
        "khoản 3 Điều 1 hết hiệu lực thi hành từ ngày 01 tháng 12 năm 2025.",
    )
    assert [(told(effect), effect.effective) for effect in found.effects] == [
        ("repeals 31/2014/TT-NHNN", "2025-07-28"),
        ("repeals 31/2014/TT-NHNN 1.3", "2025-12-01"),
    ]


def test_an_act_that_moves_anothers_day_says_the_new_day():
    found = issued(
        "Luật",
        "Điều 2. Sửa đổi, bổ sung khoản 1 Điều 197 của Luật Nhà ở số 27/2023/QH15 như sau:\n"
        "“1. Luật này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.”",
    )
    assert [(one.relation, one.target, one.effective) for one in found.relations] == [
        ("date_shift", "27/2023/QH15", "2024-08-01")
    ]


def test_what_is_detailed_is_no_effect():
    found = issued(
        "Nghị định", "Điều 1. Nghị định này quy định chi tiết khoản 3 Điều 7 của Luật Di sản số 45/2024/QH15."
    )
    assert found.effects == ()
    assert [told(one) for one in found.relations] == ["guides 45/2024/QH15 7.3"]


def test_a_consolidated_text_names_what_it_puts_together():
    text = (
        "VĂN PHÒNG QUỐC HỘI\nSố: 03/VBHN-VPQH\nHà Nội, ngày 21 tháng 02 năm 2025\nVĂN BẢN HỢP NHẤT\n"
        "Luật Quy hoạch số 21/2017/QH14 ngày 24 tháng 11 năm 2017 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm "
        "2019, được sửa đổi, bổ sung bởi:\n1. Luật số 15/2023/QH15 ngày 09 tháng 01 năm 2023 của Quốc hội, có hiệu lực kể "
        "từ ngày 01 tháng 01 năm 2024.\nCăn cứ Hiến pháp;\nĐiều 1. Bãi bỏ Luật X số 10/2010/QH12."
    )
    found = extract_layers(Document(text=text), duties=())
    assert found.effects == ()
    assert [(one.relation, one.target, one.effective) for one in found.relations] == [
        ("consolidates", "21/2017/QH14", "2019-01-01"),
        ("consolidates", "15/2023/QH15", "2024-01-01"),
    ]


def test_the_list_of_ended_documents_may_stand_in_an_annex():
    found = issued(
        "Quyết định",
        "Điều 1. Bãi bỏ các văn bản tại Danh mục ban hành kèm theo Quyết định này.\nĐiều 2. Hiệu lực từ ngày ký.\n"
        "CHỦ TỊCH\n(Đã ký)\nNguyễn Văn A\nDANH MỤC\n(Kèm theo Quyết định số 99/2025/QĐ-UBND)\n"
        "1. Quyết định số 10/2010/QĐ-UBND ngày 01/02/2010 của UBND tỉnh;\n"
        "2. Quyết định số 11/2011/QĐ-UBND ngày 03/4/2011 của UBND tỉnh sửa đổi Quyết định số 9/2009/QĐ-UBND.",
    )
    assert [told(effect) for effect in found.effects] == ["repeals 10/2010/QĐ-UBND", "repeals 11/2011/QĐ-UBND"]


def test_the_title_speaks_where_no_clause_was_understood():
    found = issued(
        "Thông tư",
        "Điều 1. Nội dung\nCác nội dung cũ không còn phù hợp.",
        title="SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA THÔNG TƯ SỐ 38/2018/TT-BTC",
    )
    assert [(told(effect), effect.basis) for effect in found.effects] == [("amends 38/2018/TT-BTC", "title")]


def test_a_document_named_only_in_the_title_is_what_the_clauses_mean():
    found = issued(
        "Thông tư",
        "Điều 1. Sửa đổi khoản 2 Điều 3 như sau:\n“2. Nội dung.”\nĐiều 2. Bãi bỏ Điều 9.",
        title="SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA THÔNG TƯ SỐ 38/2018/TT-BTC",
    )
    assert [told(effect) for effect in found.effects] == ["amends 38/2018/TT-BTC 3.2", "repeals 38/2018/TT-BTC 9"]


CLAUSES = st.lists(
    st.sampled_from(
        [
            "1. Bãi bỏ khoản 2 Điều 5 Thông tư số 10/2020/TT-BTP.",
            "2. Sửa đổi, bổ sung một số điều của Thông tư số 11/2021/TT-BTP như sau:",
            "a) Bổ sung khoản 4 sau khoản 3 Điều 10 như sau:",
            "“Điều 7. Phạm vi",
            "4. Nội dung”.",
            "Điều 3. Thông tư này thay thế Thông tư số 12/2022/TT-BTP",
            "hết hiệu lực kể từ ngày Thông tư này có hiệu lực, trừ Điều 5",
            'thay thế cụm từ "xã" bằng “phường',
            "\t\n",
        ]
    ),
    max_size=12,
)


@given(CLAUSES)
@settings(max_examples=60, deadline=None)
def test_whatever_the_lines_the_spans_hold_and_no_provision_is_told_twice(lines):
    found = issued("Thông tư", "\n".join(lines))
    told_of: set = set()
    for effect in (*found.effects, *found.relations):
        assert found.text[effect.start : effect.end] == effect.text
        assert effect.target
        for part in effect.parts:
            assert (effect.relation, effect.target, part) not in told_of
            told_of.add((effect.relation, effect.target, part))
