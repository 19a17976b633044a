"""What the rules on validity say of one line, row by row: a lawyer can add a row without touching code."""

import csv
from functools import cache
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.review import review

ROWS = list(csv.DictReader((Path(__file__).parent / "findings.csv").open(encoding="utf-8", newline="")))
LETTERHEAD = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Lâm Đồng, ngày {day} tháng {month} năm {year}
{kind}
{title}
{basis}
{formula}
Điều 1. Giao nhiệm vụ
{article}
Điều 2. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.
"""


def document(text, signed, *, kind="QUYẾT ĐỊNH", number="15/QĐ-UBND", title="Về việc giao nhiệm vụ"):
    year, month, day = signed.split("-")
    is_basis = text.startswith("Căn cứ")
    return LETTERHEAD.format(
        number=number, day=day, month=month, year=year, kind=kind, title=title, formula=f"{kind}:",
        basis=text if is_basis else "", article="" if is_basis else text,
    )  # fmt: skip


@cache
def findings(text, signed, as_of="signing", code="VB1", days=90, **options):
    extraction = extract_layers(Document(document(text, signed, **options)))
    found = review(extraction, as_of=as_of, registry=Registry.shipped(), select=[code], expiring_within_days=days)
    return found.findings


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['rule']} {row['signed']}: {row['why']}: {row['text'][:60]}"
)
def test_a_line_is_found_to_need_a_look_where_the_table_says(row):
    found = findings(row["text"], row["signed"], row["as_of"], row["rule"])
    assert [finding.text for finding in found] == [one for one in row["expected"].split("|") if one]


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (20, 0), (21, 1), (22, 1), (365, 1)])
def test_the_officer_chooses_how_far_ahead_is_looked(days, expected):
    text = "Thực hiện Nghị định số 130/2005/NĐ-CP ngày 17/10/2005 của Chính phủ."
    assert len(findings(text, "2026-04-10", code="VB109", days=days)) == expected


def test_what_is_about_to_end_names_the_day_and_the_clause():
    (finding,) = findings(
        "Thực hiện Nghị định số 130/2005/NĐ-CP ngày 17/10/2005 của Chính phủ.", "2026-04-10", code="VB109"
    )
    assert "từ ngày 01/5/2026" in finding.message
    assert "75/2026/NĐ-CP" in finding.message
    assert finding.evidence[0].source == "75/2026/NĐ-CP"


GUIDING = "Thực hiện Nghị định số 85/2016/NĐ-CP ngày 01/7/2016 của Chính phủ."


def test_the_end_of_guidance_is_always_inferred_and_names_the_rule_of_the_day_the_parent_ended():
    (finding,) = findings(GUIDING, "2026-08-03", code="VB110")
    assert (finding.kind, finding.severity) == ("review", "warning")
    assert "suy ra, cần kiểm tra" in finding.message
    assert "86/2015/QH13" in finding.message
    assert "khoản 22 Điều 1 Luật số 87/2025/QH15" in finding.message
    assert "116/2025/QH15" in finding.suggestion
    assert [one.source for one in finding.evidence] == ["86/2015/QH13", "116/2025/QH15"]


def test_guidance_whose_parent_ended_in_the_second_regime_goes_on():
    (finding,) = findings(
        "Thực hiện Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ.", "2025-05-05", code="VB110"
    )
    assert (finding.kind, finding.severity) == ("review", "info")
    assert "tiếp tục có hiệu lực nếu không trái" in finding.message


def test_no_verdict_on_guidance_is_ever_sure():
    for row in ROWS:
        if row["rule"] == "VB110":
            assert all(one.kind == "review" for one in findings(row["text"], row["signed"], row["as_of"], "VB110"))


def test_a_period_that_is_over_is_never_called_an_expiry():
    for row in ROWS:
        if row["rule"] == "VB111":
            for finding in findings(row["text"], row["signed"], row["as_of"], "VB111"):
                assert "đã kết thúc" in finding.message
                assert "hết hiệu lực" not in finding.message
                assert finding.severity == "info"


def test_a_plan_that_looks_further_is_told_with_its_horizon():
    (finding,) = findings(
        "Thực hiện Quyết định số 411/QĐ-TTg ngày 31/3/2022 của Thủ tướng Chính phủ.", "2026-03-02", code="VB111"
    )
    assert "đến năm 2025" in finding.message
    assert "định hướng đến năm 2030" in finding.message


PROGRAMME = (
    "Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ phê duyệt Đề án phát triển ứng dụng dữ liệu "
    "về dân cư giai đoạn 2022 - 2025, tầm nhìn đến năm 2030."
)


def test_what_goes_on_with_a_programme_is_named_once_it_was_issued():
    (before,) = findings(PROGRAMME, "2026-04-01", code="VB111")
    (after,) = findings(PROGRAMME, "2026-06-01", code="VB111")
    assert "826/QĐ-TTg" not in before.suggestion
    assert "826/QĐ-TTg" in after.suggestion


def test_a_report_on_results_may_name_the_plans_of_its_time():
    text = "Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh về cải cách hành chính năm 2025."
    assert findings(text, "2026-03-02", code="VB111")
    assert not findings(
        text,
        "2026-03-02",
        code="VB111",
        kind="BÁO CÁO",
        number="15/BC-UBND",
        title="Kết quả cải cách hành chính năm 2025",
    )


LATER_BASIS = "Căn cứ Luật Ngân sách nhà nước số 89/2025/QH15;"


def test_a_basis_that_begins_later_is_sure_of_normative_documents_only():
    (individual,) = findings(LATER_BASIS, "2025-11-27", code="VB105")
    assert (individual.kind, individual.severity) == ("review", "error")


def test_a_plan_to_carry_out_a_law_may_rest_on_it_before_it_begins():
    text = "Căn cứ Luật Bảo vệ dữ liệu cá nhân ngày 26 tháng 6 năm 2025;"
    assert findings(text, "2025-11-29", code="VB105")
    title = "Ban hành Kế hoạch triển khai thi hành Luật Bảo vệ dữ liệu cá nhân"
    assert not findings(text, "2025-11-29", code="VB105", title=title)


def test_what_a_report_says_of_an_expired_instrument_is_for_a_person_to_judge():
    text = "Theo Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ."
    (decision,) = findings(text, "2026-08-03", code="VB102")
    (report,) = findings(text, "2026-08-03", code="VB102", kind="BÁO CÁO", number="15/BC-UBND")
    assert (decision.kind, report.kind) == ("fail", "review")


def test_an_expired_instrument_named_as_a_point_in_time_is_for_a_person_to_judge():
    text = "Nhà ở được xây trước khi Luật Đất đai số 45/2013/QH13 có hiệu lực thi hành thì tiếp tục sử dụng."
    (finding,) = findings(text, "2026-06-01", code="VB102")
    assert finding.kind == "review"


def test_what_the_registry_knows_to_be_ended_by_this_very_document_is_not_told_to_it():
    text = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 75/2026/NĐ-CP
Hà Nội, ngày 16 tháng 3 năm 2026
NGHỊ ĐỊNH
Quy định chế độ tự chủ của cơ quan nhà nước
Điều 1. Phạm vi
Cơ quan đang thực hiện theo Nghị định số 130/2005/NĐ-CP ngày 17/10/2005 của Chính phủ.
"""
    registry = Registry.shipped()
    for number, codes in (("75/2026/NĐ-CP", []), ("76/2026/NĐ-CP", ["VB109"])):
        extraction = extract_layers(Document(text.replace("75/2026/NĐ-CP", number)))
        found = review(extraction, as_of="signing", registry=registry, select=["VB101", "VB102", "VB107", "VB109"])
        assert [finding.rule for finding in found.findings] == codes
