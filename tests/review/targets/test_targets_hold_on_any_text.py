"""Whatever a document says, the checks of targets point into it, end, and cost no more than its length."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document, Extraction
from parcc_nlp.review import review
from parcc_nlp.review.checks.targets.bands import overlaps
from parcc_nlp.review.together import Together

NAUGHTY = json.loads((Path(__file__).parents[2] / "extract" / "naughty_strings.json").read_text(encoding="utf-8"))
HEAD = "Số: 31/KH-UBND\nLâm Đồng, ngày 06 tháng 10 năm 2025\nKẾ HOẠCH\nPhát triển thư viện\nI. MỤC TIÊU\n"
PIECES = st.sampled_from(
    ["tỷ lệ hồ sơ", "đạt", "tối thiểu", "90%", "120%", "từ 80 đến 90 điểm", "trở lên", ":", ";", "\n", "- ", "1. ", "a) ", "tăng 20%",
     "so với năm 2024", "năm 2026", "đến năm 2030", "trong đó", "cấp xã", "II. NHIỆM VỤ", "Sở Nội vụ chủ trì", "loại tốt", "0", "(", ")", "\t",
     "trực tuyến", "của người dân", "1.500 tỷ đồng", "nhóm 10 tỉnh dẫn đầu", "phấn đấu", "không quá", "\u0301", "İ", "5 - 3%"]
)  # fmt: skip


def reviewed(text):
    extraction = extract_layers(Document(text))
    return extraction, review(extraction, select=("CT6",), together=Together((extraction,))).findings


def points_into(extraction, findings):
    for finding in findings:
        assert 0 <= finding.start < finding.end <= len(extraction.text)
        assert extraction.text[finding.start : finding.end] == finding.text
        for related in finding.related:
            assert extraction.text[related.start : related.end] == related.text


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_findings_point_into_the_text(pieces):
    extraction, findings = reviewed(HEAD + " ".join(pieces))
    points_into(extraction, findings)


@pytest.mark.parametrize("text", [one for one in NAUGHTY if isinstance(one, str)] or [""])
def test_no_text_is_too_odd(text):
    extraction, findings = reviewed(HEAD + text)
    points_into(extraction, findings)


@given(st.text(alphabet="0123456789 %-–.,đếntừrởlêdưới:\n", max_size=200))
@settings(deadline=None)
def test_bands_that_overlap_stand_in_the_text_in_their_order(text):
    for scale in overlaps(text):
        for overlap in scale:
            assert overlap.first.start < overlap.first.end <= overlap.second.start < overlap.second.end <= len(text)
            assert overlap.first.unit == overlap.second.unit


def test_without_targets_nothing_is_said_of_them():
    assert not review(Extraction("Tăng 20%"), select=("CT6",)).findings


def test_targets_that_were_not_read_are_told_as_skipped():
    extraction = extract_layers(Document(HEAD + "1. Tăng 20% số thẻ bạn đọc."), duties=("responsibilities",))
    skipped = {one.rule for one in review(extraction, select=("CT6",)).coverage.rules_skipped}
    assert skipped == {f"CT60{number}" for number in range(1, 8)}


def long_plan(sections):
    lines = [
        f"{number}. Lĩnh vực số {number}\n- Tỷ lệ hồ sơ nhóm {number} nộp trực tuyến đạt {40 + number % 50}%.\n"
        f"- Tỷ lệ thư viện cấp xã có phòng đọc cho thiếu nhi đạt {number % 90}%; tăng {number % 30}% số thẻ.\n"
        f"- Từ {number % 80} đến {number % 80 + 10} điểm: loại khá."
        for number in range(1, sections + 1)
    ]
    extraction = extract_layers(Document(HEAD + "\n".join(lines)))
    assert len(extraction.targets) >= 3 * sections
    return extraction


def calls(work):
    """How many functions a piece of work calls: what it costs, on every machine the same."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_a_plan_ten_times_as_long_costs_at_most_twelve_times_as_much():
    short, long = long_plan(30), long_plan(300)
    cost = [
        calls(lambda plan=plan: review(plan, select=("CT6",), together=Together((plan,)))) for plan in (short, long)
    ]
    assert cost[1] <= 12 * cost[0]
