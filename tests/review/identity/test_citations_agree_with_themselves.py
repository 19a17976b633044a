"""What the rules on identity say of one line, row by row: a lawyer can add a row without touching code."""

import csv
from functools import cache
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.review import review

FOLDER = Path(__file__).parent
ROWS = list(csv.DictReader((FOLDER / "agreement.csv").open(encoding="utf-8", newline="")))
HEAD = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
Số: 15/QĐ-UBND
Lâm Đồng, ngày {day}
QUYẾT ĐỊNH
Về việc giao nhiệm vụ
Điều 1. Giao nhiệm vụ
"""


@cache
def findings(text, code, day="15 tháng 01 năm 2026"):
    head = HEAD.format(day=day)
    extraction = extract_layers(Document(f"{head}{text}\nĐiều 2. Quyết định này có hiệu lực từ ngày ký."))
    found = review(extraction, as_of="signing", registry=Registry.shipped(), select=[code]).findings
    return [finding for finding in found if finding.rule == code]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}: {row['why']}: {row['text']}")
def test_a_citation_is_found_to_disagree_where_the_table_says(row):
    found = findings(row["text"], row["rule"])
    assert [finding.text for finding in found] == [one for one in row["expected"].split("|") if one]
    for finding in found:
        assert row["suggested"] in (finding.suggestion or "")


@pytest.mark.parametrize(
    ("printed", "applicability"),
    [("63/2010/NĐ- CP", "safe"), ("3 1/2021/NĐ- CP", "review"), ("63/2010/ND-CP", "review"), ("27/NQ- TW", "review")],
)
def test_only_a_space_between_the_parts_of_a_symbol_is_safe_to_take_out(printed, applicability):
    (finding,) = findings(f"Thực hiện Nghị định số {printed} của Chính phủ.", "VB206")
    assert finding.applicability == applicability


@pytest.mark.parametrize(
    ("words", "meant", "other"),
    [
        ("chế độ tiền lương mới theo Nghị quyết số 27-NQ/TW", "21/5/2018", "09/11/2022"),
        ("nhà nước pháp quyền theo Nghị quyết số 27-NQ/TW", "09/11/2022", "21/5/2018"),
        ("sắp xếp tổ chức bộ máy theo Nghị quyết số 18-NQ/TW", "25/10/2017", "16/6/2022"),
        ("quản lý và sử dụng đất theo Nghị quyết số 18-NQ/TW", "16/6/2022", "25/10/2017"),
    ],
)
def test_the_words_around_a_number_tell_which_of_its_bearers_is_meant(words, meant, other):
    (finding,) = findings(f"Thực hiện {words}.", "VB202")
    assert finding.kind == "review"
    listed, told = finding.message.split("Từ ngữ chung quanh")
    assert meant in listed
    assert other in listed
    assert meant in told
    assert other not in told


def test_words_that_fit_no_title_or_several_leave_it_open():
    (finding,) = findings("Thực hiện Nghị quyết số 27-NQ/TW.", "VB202")
    assert finding.kind == "open"
    (both,) = findings("Cải cách tiền lương, xây dựng nhà nước pháp quyền theo Nghị quyết số 27-NQ/TW.", "VB202")
    assert both.kind == "open"


def test_of_two_laws_of_one_name_and_year_the_one_that_had_not_ended_at_signing_is_named():
    (finding,) = findings("Theo Luật Tổ chức chính quyền địa phương năm 2025.", "VB202")
    assert finding.kind == "review"
    assert "chỉ còn Luật Tổ chức chính quyền địa phương (72/2025/QH15)" in finding.message


def test_what_no_registry_holds_is_told_in_one_line_with_all_its_places():
    text = (
        "Theo Tờ trình số 12/TTr-SNV ngày 05/01/2026 của Sở Nội vụ, Công văn số 34/UBND-NC ngày 06/01/2026 của UBND tỉnh "
        "và Kế hoạch số 56/KH-UBND ngày 07/01/2026 của UBND tỉnh; Nghị định số 998/2025/NĐ-CP ngày 30/12/2025 của Chính phủ."
    )
    found = {finding.text.split(" số ")[0]: finding for finding in findings(text, "VB201")}
    assert set(found) == {"Tờ trình", "Nghị định"}
    together = found["Tờ trình"]
    assert together.message.startswith("3 văn bản")
    assert len(together.related) == 2
    assert {place.text.split(" số ")[0] for place in together.related} == {"Công văn", "Kế hoạch"}


def test_a_single_proposal_is_named_as_what_it_is():
    (finding,) = findings("Theo Tờ trình số 12/TTr-SNV ngày 05/01/2026 của Sở Nội vụ.", "VB201")
    assert "văn bản của địa phương" in finding.message


def test_local_normative_documents_are_told_apart_from_individual_ones():
    text = (
        "Theo Quyết định số 12/2024/QĐ-UBND ngày 05/01/2024 của UBND tỉnh, Nghị quyết số 34/2024/NQ-HĐND ngày 06/01/2024 "
        "của HĐND tỉnh, Quyết định số 56/QĐ-UBND ngày 07/01/2024 của UBND tỉnh và Thông báo số 78/TB-UBND ngày 08/01/2024 "
        "của UBND tỉnh."
    )
    assert sorted(finding.message.split(" chưa ")[0].split(" được ")[0] for finding in findings(text, "VB201")) == [
        "2 văn bản hành chính, văn bản cá biệt, văn bản của Đảng hoặc tiêu chuẩn",
        "2 văn bản quy phạm của địa phương",
    ]


@pytest.mark.parametrize(
    ("signed", "normative", "named"),
    [
        ("2024-05-05", True, "Điều 10 Luật 80/2015/QH13"),
        ("2025-04-01", True, "khoản 3 Điều 7 Luật 64/2025/QH15"),
        ("2024-05-05", False, "Nghị định 30/2020/NĐ-CP"),
        ("2026-01-15", False, "Nghị định 30/2020/NĐ-CP"),
    ],
)
@pytest.mark.parametrize("code", ["VB206", "VB208"])
def test_the_reason_is_that_of_the_signing_date_and_the_kind_of_document(code, signed, normative, named):
    from parcc_nlp.review import rules

    (rule,) = (one for one in rules() if one.code == code)
    reason = rule.reason(signed, normative=normative)
    assert named in reason
    assert ("64/2025/QH15" in reason) is (normative and signed >= "2025-04-01")


def test_a_law_named_by_its_name_alone_is_not_asked_for_a_date():
    (finding,) = findings("Theo Luật Khám bệnh, chữa bệnh.", "VB202", day="01 tháng 12 năm 2025")
    assert "chỉ cần ghi loại và tên" in finding.suggestion
