"""VB104 and VB103: whether what was repealed or amended of an instrument is what the document cites of it."""

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.review import review

DECREE = "Nghị định số 60/2021/NĐ-CP ngày 21 tháng 6 năm 2021 của Chính phủ"
LAND = "Nghị định số 102/2024/NĐ-CP ngày 30 tháng 7 năm 2024 của Chính phủ"
HEAD = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
Số: 15/QĐ-UBND
Lâm Đồng, ngày 15 tháng 01 năm 2026
QUYẾT ĐỊNH
Về việc giao nhiệm vụ
Điều 1. Giao nhiệm vụ
"""


def said(*lines, as_of="signing", lang="vi"):
    extraction = extract_layers(Document(HEAD + "\n".join(lines)))
    found = review(extraction, as_of=as_of, registry=Registry.shipped(), lang=lang, select=["VB103", "VB104"])
    return [(finding.rule, finding.kind, finding) for finding in found.findings]


def codes(*lines, **options):
    return [code for code, _, _ in said(*lines, **options)]


def test_a_repealed_provision_fails_with_the_clause_that_repealed_it():
    ((code, kind, finding),) = said(f"Thực hiện theo khoản 3 Điều 14 {DECREE}.")
    assert (code, kind, finding.severity) == ("VB104", "fail", "warning")
    assert finding.message.startswith("Khoản 3 Điều 14 của “Nghị định số 60/2021/NĐ-CP")
    assert "111/2025/NĐ-CP" in finding.message
    assert "từ ngày 07/7/2025" in finding.message
    assert finding.evidence[0].source == "111/2025/NĐ-CP"
    assert finding.suggestion.startswith("Cần xem xét")
    assert finding.text.startswith("Nghị định số 60/2021/NĐ-CP")


def test_before_its_day_the_provision_stands():
    assert codes(f"Thực hiện theo khoản 3 Điều 14 {DECREE}.", as_of="2025-07-06") == []


def test_a_unit_of_which_a_part_was_repealed_is_for_review():
    ((code, kind, finding),) = said(f"Thực hiện theo Điều 14 {DECREE}.")
    assert (code, kind) == ("VB104", "review")
    assert "một phần" in finding.message


def test_a_unit_inside_a_repealed_one_fails():
    assert [(code, kind) for code, kind, _ in said(f"Theo điểm a khoản 2 Điều 20 {LAND}.")] == [("VB104", "fail")]


def test_the_khoan_beside_the_repealed_one_is_left_to_the_instrument():
    assert codes(f"Theo khoản 2 Điều 14 {LAND}.") == ["VB103"]


def test_provisions_that_stand_are_said_to_be_apart_from_what_expired():
    ((_, _, finding),) = said(f"Theo khoản 2 Điều 14 {LAND}.", as_of="2025-07-01")
    assert "không thuộc phần đã hết hiệu lực" in finding.message


def test_an_instrument_cited_as_a_whole_is_left_to_the_other_rule():
    assert codes(f"Theo {LAND}.") == ["VB103"]


def test_several_provisions_of_one_mention_are_said_together_and_once():
    found = said(f"Theo Điều 20, Điều 21 và Điều 22 {LAND}.", f"Theo Điều 21 {LAND}.")
    assert [code for code, _, _ in found] == ["VB104"]
    assert found[0][2].message.startswith("Điều 20, Điều 21 của")


def test_each_mention_of_another_provision_is_said():
    found = said(f"Theo Điều 20 {LAND}.", f"Theo Điều 21 {LAND}.")
    assert [code for code, _, _ in found] == ["VB104", "VB104"]
    assert len({finding.fingerprint for _, _, finding in found}) == 2


def test_an_instrument_that_has_wholly_expired_is_not_told_by_its_provisions():
    assert codes("Theo Điều 29 Nghị định số 45/2025/NĐ-CP ngày 28 tháng 02 năm 2025 của Chính phủ.") == []


def test_an_amended_provision_is_for_review():
    amended = "Theo khoản 2 Điều 54 Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15."
    assert [(code, kind) for code, kind, _ in said(amended)] == [("VB104", "review")]


def test_an_amended_provision_cited_with_its_amendment_is_not_said():
    amended = (
        "Theo khoản 2 Điều 54 Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 "
        "được sửa đổi, bổ sung bởi Luật số 87/2025/QH15."
    )
    assert codes(amended) == []


def test_a_law_named_by_its_name_alone_is_the_law_as_amended():
    assert codes("Theo khoản 2 Điều 54 Luật Ban hành văn bản quy phạm pháp luật.") == []


def test_a_repealed_provision_fails_also_where_what_repealed_it_is_named():
    named = f"Theo khoản 3 Điều 14 {DECREE} và Nghị định số 111/2025/NĐ-CP."
    assert codes(named) == ["VB104"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_wording_calls_it_unlawful_or_shows_an_empty_field(lang):
    for _, _, finding in said(f"Theo Điều 20, Điều 14 {LAND}.", f"Theo Điều 9 {LAND}.", lang=lang):
        shown = f"{finding.message} {finding.suggestion}"
        for gap in ("{", "}", "None", "()", " .", " ,", "  ", "“”", "trái luật", "unlawful"):
            assert gap not in shown
