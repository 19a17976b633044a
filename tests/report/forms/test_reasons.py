"""Reasons read as an officer would write them."""

import pytest

from parcc_nlp.model import Pinpoint, Proof
from parcc_nlp.report.forms.reasons import numbered_lines, provisions_of, reason_of

BY = "118/2025/NĐ-CP"
NAMED = "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ"


def proof(relation, clause="khoản 2 Điều 31", confidence="verified", exception=None, by=BY):
    return Proof(relation, by, clause, "2025-07-01", "nguồn", confidence, exception)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (proof("replaces"), f"Được thay thế bởi {NAMED} (khoản 2 Điều 31)"),
        (proof("repeals", "(khoản 2 Điều 31)"), f"Bị bãi bỏ bởi {NAMED} (khoản 2 Điều 31)"),
        (proof("partially_repeals", None), f"Bị bãi bỏ một phần bởi {NAMED}"),
        (proof("suspends", None, "partial"), f"Bị ngưng hiệu lực bởi {NAMED} (mới kiểm chứng một phần)"),
        (proof("replaces", exception="trừ Điều 5"), f"Được thay thế bởi {NAMED} (khoản 2 Điều 31) (trừ Điều 5)"),
        (
            proof("replaces", "Điều 9 (trừ Điều 5)", exception="Điều 5"),
            f"Được thay thế bởi {NAMED} (Điều 9 (trừ Điều 5))",
        ),
        (
            proof("officer", "đã đối chiếu Công báo", by="Lê Văn A"),
            "Theo đính chính của Lê Văn A (đã đối chiếu Công báo)",
        ),
        (proof("replaces", by="99/2099/NĐ-CP"), "Được thay thế bởi 99/2099/NĐ-CP (khoản 2 Điều 31)"),
    ],
)
def test_a_reason_names_what_was_done_by_what_and_by_which_clause(told, reason, registry):
    assert reason_of(told, registry) == reason


def test_the_source_of_the_data_is_not_printed(registry):
    assert "nguồn" not in reason_of(proof("replaces"), registry)


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ((), ""),
        ([{"dieu": "14", "khoan": "1"}], "khoản 1 Điều 14"),
        ([{"dieu": "24", "khoan": "1", "diem": "d"}, {"dieu": "24", "khoan": "2", "diem": "d"}],
         "điểm d khoản 1, điểm d khoản 2 Điều 24"),
        ([{"dieu": "5"}, {"dieu": "6"}], "Điều 5; Điều 6"),
        ([{"dieu": "5"}, {"dieu": "6"}, {"dieu": "7"}, {"dieu": "9"}], "Điều 5 đến Điều 7; Điều 9"),
        ([{"dieu": "4a"}, {"dieu": "5"}], "Điều 4a; Điều 5"),
        ([{"dieu": "5"}, {"dieu": "5"}], "Điều 5"),
        ([{"dieu": "5"}, {"dieu": "5", "khoan": "2"}], "Điều 5; khoản 2 Điều 5"),
        ([{"chuong": "III"}, {"phu_luc": "02"}], "Chương III; Phụ lục 02"),
        ([{"khoan": "2"}], "khoản 2"),
        ([{}], ""),
    ],
)  # fmt: skip
def test_provisions_are_written_from_small_to_large(parts, written):
    assert provisions_of(Pinpoint(**part) for part in parts) == written


def test_several_lines_are_numbered_and_one_is_not():
    assert numbered_lines([]) == ""
    assert numbered_lines(["a"]) == "a"
    assert numbered_lines(["a", "b"]) == "1) a\n2) b"
