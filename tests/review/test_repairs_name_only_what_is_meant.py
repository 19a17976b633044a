"""A repaired number is explained by an instrument only where the citation itself may mean it.

Saved from a check of a plan of an invented province, to which the directive of another province was offered.
"""

import pytest

import parcc_nlp as parcc

PLAN = """ỦY BAN NHÂN DÂN TỈNH HÒA GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/KH-UBND
Hòa Giang, ngày 05 tháng 01 năm 2024
KẾ HOẠCH
Kiểm tra năm 2024
I. NHIỆM VỤ
1. Thực hiện {citation}.
"""


def suggestions(citation):
    review = parcc.review(parcc.extract(PLAN.format(citation=citation)), as_of="signing")
    return [finding.suggestion for finding in review.findings if finding.rule == "VB206"]


@pytest.mark.parametrize(
    "citation",
    ["Chỉ thị số 03/CT- UBND ngày 12/02/2022 của UBND tỉnh", "Chỉ thị số 03/CT- UBND của UBND tỉnh"],
)
def test_the_directive_of_another_province_is_not_offered(citation):
    (suggestion,) = suggestions(citation)
    assert "03/CT-UBND" in suggestion
    assert "Huế" not in suggestion


def test_a_decree_with_its_year_is_named():
    (suggestion,) = suggestions("Nghị định số 45/2020/NĐ- CP của Chính phủ")
    assert "45/2020/NĐ-CP (" in suggestion
