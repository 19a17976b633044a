"""Targets: what is a goal, how it is read, and what is none."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.citations.lexicon import rows, words
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.targets import find_targets
from parcc_nlp.model import Metadata
from parcc_nlp.text.normalise import normalise

HERE = Path(__file__).parent
GOALS = "II. MỤC TIÊU CỤ THỂ\n"


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def targets(text, metadata=None):
    source = normalise(text)
    return find_targets(source, structure=find_structure(source), metadata=metadata)


def under(row):
    return f"{row['heading']}\n{row['text']}" if row["heading"] else row["text"]


def values(text, metadata=None):
    return [target.value for target in targets(text, metadata)]


@pytest.mark.parametrize("row", table("targets.csv"), ids=lambda row: row["why"])
def test_a_target_is_read_as_the_table_says(row):
    (target,) = targets(under(row))
    read = {
        "quote": target.text,
        "value": f"{target.value:g}",
        "value_max": "" if target.value_max is None else f"{target.value_max:g}",
        "unit": target.unit,
        "comparator": target.comparator,
        "change": target.change or "",
        "subject": target.subject,
        "deadline": target.deadline or "",
    }
    assert read == {key: row[key] for key in read}


@pytest.mark.parametrize("row", table("not_targets.csv"), ids=lambda row: row["why"])
def test_what_is_no_target_is_left_alone(row):
    assert targets(under(row)) == ()


def test_values_in_order_bind_the_bodies_in_order():
    text = "Số hóa hồ sơ của UBND tỉnh, UBND cấp huyện, UBND cấp xã đạt tỷ lệ tối thiểu tương ứng là 91%, 82%, 73%."
    assert [(t.value, t.scope, t.comparator) for t in targets(text)] == [
        (91.0, "UBND tỉnh", ">="),
        (82.0, "UBND cấp huyện", ">="),
        (73.0, "UBND cấp xã", ">="),
    ]


def test_a_comparator_covers_a_list_joined_by_commas_and_ends_at_a_semicolon():
    text = GOALS + "Tối thiểu 20% xã có chợ, 50% xã có trường chuẩn; 30% thôn có sân chơi."
    assert [t.comparator for t in targets(text)] == [">=", ">=", "="]


def test_the_whole_takes_no_comparator_from_its_neighbour():
    text = GOALS + "Trên 80% trạm y tế xã và 100% bệnh viện công lập có bệnh án điện tử."
    assert [(t.value, t.comparator) for t in targets(text)] == [(80.0, ">="), (100.0, "=")]


def test_a_deadline_between_two_values_belongs_to_the_one_it_opens():
    text = GOALS + "Đến năm 2030 đạt 50% số xã thông minh, riêng năm 2026 đạt ít nhất 20% số phường thông minh."
    assert [(t.value, t.deadline) for t in targets(text)] == [(50.0, "2030"), (20.0, "2026")]


def test_a_deadline_behind_a_value_is_its_own():
    text = GOALS + "Tỷ lệ nữ thạc sĩ đạt 50% vào năm 2027; tỷ lệ nữ tiến sĩ đạt 30% vào năm 2029."
    assert [t.deadline for t in targets(text)] == ["2027", "2029"]


def test_a_deadline_behind_a_list_covers_the_list():
    text = GOALS + "Tỷ lệ hồ sơ số hóa của UBND tỉnh, UBND cấp xã đạt tương ứng là 90%, 80% vào năm 2026."
    assert [t.deadline for t in targets(text)] == ["2026", "2026"]


def test_a_deadline_that_opens_a_line_governs_its_other_clauses():
    text = GOALS + "Đến năm 2030, tỷ lệ phủ sóng đạt 99%; tỷ lệ hộ có cáp quang đạt 90%."
    assert [t.deadline for t in targets(text)] == ["2030", "2030"]


def test_the_name_of_a_plan_gives_no_deadline():
    (target,) = targets("- 100% sở xây dựng Kế hoạch cải cách hành chính năm 2027 đúng hạn.")
    assert target.deadline is None


def test_two_years_of_one_indicator_share_their_subject():
    text = "1. Mục tiêu cụ thể\nĐiện thương phẩm: năm 2030 đạt khoảng 12 tỷ kWh; năm 2035 đạt khoảng 20 tỷ kWh."
    assert [(t.subject, t.deadline) for t in targets(text)] == [
        ("Điện thương phẩm", "2030"),
        ("Điện thương phẩm", "2035"),
    ]


def test_a_number_inside_the_subject_is_no_target_of_its_own():
    assert values(GOALS + "100% xã mỗi quý có ít nhất 04 tin, bài trên hệ thống loa.") == [100.0]


def test_a_list_of_counts_is_a_list_of_targets():
    text = GOALS + "Hình thành ít nhất 30 doanh nghiệp số, 12 hợp tác xã số, trong đó có 05 doanh nghiệp dẫn dắt."
    assert [(t.value, t.unit) for t in targets(text)] == [
        (30.0, "doanh nghiệp"),
        (12.0, "hợp tác xã"),
        (5.0, "doanh nghiệp"),
    ]


def test_a_line_broken_before_its_number_is_read_on():
    (target,) = targets(GOALS + "- Sản lượng chè búp tươi đạt trên\n46.200 tấn.")
    assert (target.value, target.comparator, target.subject) == (46200.0, ">=", "Sản lượng chè búp tươi")


def test_an_exception_is_kept_apart():
    (target,) = targets(GOALS + "100% thủ tục được giải quyết một cửa (trừ các thủ tục đặc thù).")
    assert target.exceptions == "trừ các thủ tục đặc thù"


@pytest.mark.parametrize(("verb", "modality"), [("Phấn đấu", "aspired"), ("Bảo đảm", "committed")])
def test_striving_is_told_from_committing(verb, modality):
    (target,) = targets(f"{verb} 90% xã có nhà văn hóa đạt chuẩn.")
    assert target.modality == modality


def test_a_target_names_the_section_it_stands_in():
    (target,) = targets("I. MỤC TIÊU\n1. Về xã hội\n- 90% thôn có nhà văn hóa.")
    assert target.section == "sec_I__sec_1__bullet_1"


def test_the_title_of_an_annex_makes_its_rows_goals():
    text = "PHỤ LỤC\nCÁC CHỈ TIÊU CHỦ YẾU ĐẾN NĂM 2030\nKinh tế số chiếm 32% GRDP.\nPHỤ LỤC II\nBẢNG PHÂN CÔNG\nChi 5% quỹ."
    assert [(t.value, t.deadline) for t in targets(text)] == [(32.0, "2030")]


def test_a_title_in_capitals_over_points_ends_the_goals():
    assert values("BẢNG TIÊU CHÍ CHẤM ĐIỂM\nTỷ lệ hồ sơ đúng hạn đạt 95%.") == []


def test_a_lead_in_speaks_for_its_items_only():
    text = "Kết quả thực hiện như sau:\n- Tỷ lệ hộ nghèo đạt 2%.\nTỷ lệ hài lòng của người dân đạt tối thiểu 90%."
    assert values(text) == [90.0]


def test_what_a_report_lists_behind_its_colon_is_no_target():
    assert (
        values("Công tác đã đạt kết quả nổi bật: (1) bảo đảm tối thiểu 3% ngân sách cho khoa học; (2) mở rộng mạng.")
        == []
    )


@pytest.mark.parametrize("doc_type", ["Báo cáo", "Tờ trình"])
def test_a_report_commits_to_nothing(doc_type):
    assert values("- 100% xã có chợ đạt chuẩn.", Metadata(doc_type=doc_type)) == []


@pytest.mark.parametrize(
    "metadata",
    [
        Metadata(doc_type="Nghị định", number="12/2025/NĐ-CP", issued="2025-02-01"),
        Metadata(doc_type="Quyết định", number="99/QĐ-UBND", title="Công bố danh mục thủ tục hành chính"),
    ],
    ids=["normative", "procedures"],
)
def test_rules_and_procedures_hold_goals_only_where_a_heading_or_verb_says_so(metadata):
    text = "1. Tỷ lệ giảm trừ\nTỷ lệ giảm trừ đạt 20% số tiền.\n2. Mục tiêu\nĐến năm 2030 có 60% số xã đạt chuẩn."
    assert values(text, metadata) == [60.0]


def test_a_decision_that_issues_a_plan_may_promise():
    metadata = Metadata(
        doc_type="Quyết định", number="2740/QĐ-UBND", title="Ban hành Kế hoạch rà soát thủ tục hành chính"
    )
    assert values("2. Rà soát, bảo đảm đạt tỷ lệ 100% thủ tục nội bộ được công bố.", metadata) == [100.0]


def test_offsets_are_those_of_the_text_as_printed():
    text = "\ufeff- Tỷ lệ\u00a0hài lòng của ngu\u031bo\u031b\u0300i dân đạt tối thiểu 90 %."
    (target,) = targets(text)
    assert text[target.start : target.end] == target.text == "90 %"


def test_a_crowd_of_values_in_one_clause_is_a_flattened_table():
    assert values(GOALS + "đạt " + ", ".join(["5%"] * 60)) == []


WORDS = [
    "100%",
    "đạt",
    "tối thiểu",
    "2,5 tỷ đồng",
    "đến năm 2030",
    "; ",
    "\n",
    "- ",
    "phấn đấu",
    "xã",
    ":",
    "từ 5 - 7%",
    "II. MỤC TIÊU\n",
]


@given(
    st.lists(
        st.sampled_from([*WORDS, "ít nhất một cơ sở", "(", "“", "gấp đôi", "nhóm 3 tỉnh dẫn đầu"]), max_size=25
    ).map(" ".join)
)
def test_every_target_is_its_own_stretch_of_the_text(text):
    found = targets(text)
    assert all(text[target.start : target.end] == target.text for target in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_a_range_runs_upwards_in_its_place_and_a_sentence_holds_its_value(text):
    for target in targets(text):
        assert target.sentence.start <= target.start < target.end <= target.sentence.end
        assert target.subject
        assert target.value_max is None or target.unit


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_has_targets_or_none(text):
    assert all(text[target.start : target.end] == target.text for target in targets(text))


KINDS = {"share", "money", "time", "score", "measure", "count"}


@pytest.mark.parametrize("row", rows("units.csv"), ids=lambda row: row["unit"])
def test_a_unit_has_a_kind_and_written_forms(row):
    assert set(row) == {"unit", "written", "kind"}
    assert row["kind"] in KINDS
    assert all(form == form.strip() and form for form in row["written"].split("|"))


def test_every_written_form_means_one_unit():
    forms = [form.lower() for row in rows("units.csv") for form in row["written"].split("|")]
    assert sorted(forms) == sorted(set(forms))


@pytest.mark.parametrize("key", sorted(words("targets.yaml")))
def test_a_list_of_words_holds_words_each_once(key):
    listed = words("targets.yaml")[key]
    assert listed
    assert len(listed) == len(set(listed))
    assert all(re.fullmatch(r"\S+(?: \S+)*", word) for word in listed)


@pytest.mark.parametrize("key", sorted(set(words("targets.yaml")) - {"no_goal_types", "plan_types"}))
def test_words_are_written_small(key):
    assert all(word == word.lower() for word in words("targets.yaml")[key])
