"""Whether every task has one lead, one deadline and a time that can be: what the rules say of plans, and of what not."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document, Period
from parcc_nlp.review import review
from parcc_nlp.review.checks.duties import RULES
from parcc_nlp.review.checks.duties.assignments import read_assignments
from parcc_nlp.review.checks.duties.wording import label_patterns, rows, spoken
from parcc_nlp.review.context import RuleContext
from parcc_nlp.review.places import Places

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "cases.csv").read_text(encoding="utf-8").splitlines(keepends=True)))
NAUGHTY = sorted(
    json.loads((HERE.parents[1] / "extract" / "naughty_strings.json").read_text(encoding="utf-8")).values()
)
CODES = tuple(rule.code for rule in RULES)
PLAN = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Lâm Đồng, ngày {day} tháng {month} năm {year}
KẾ HOẠCH
{title}
{text}
Trên đây là Kế hoạch, yêu cầu các cơ quan, đơn vị thực hiện./.
"""


def plan(text, *, signed="2026-01-15", title="Phát triển nghề nuôi ong"):
    year, month, day = signed.split("-")
    return extract_layers(Document(PLAN.format(day=day, month=month, year=year, title=title, text=text)))


def findings(extraction, *codes):
    return review(extraction, select=codes or CODES).findings


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['rule']}-{row['why']}")
def test_a_rule_flags_these_words_and_no_others(row):
    extraction = plan(row["text"], signed=row["signed"], title=row["title"])
    assert "|".join(finding.text for finding in findings(extraction, row["rule"])) == row["expected"]


def test_every_rule_has_cases_of_both_kinds():
    for code in CODES:
        kinds = {bool(row["expected"]) for row in CASES if row["rule"] == code}
        assert kinds == {True, False}, code


def test_the_same_wording_at_many_places_is_said_once():
    task = "Kiểm nghiệm mật ong.\nĐơn vị chủ trì: Các sở, ban, ngành.\n"
    assert len(findings(plan(task * 5), "NV706")) == 5
    (finding,) = findings(plan(task * 6), "NV706")
    assert len(finding.related) == 5
    assert "5 nhiệm vụ khác" in finding.message


def test_mutual_coordination_names_the_other_place():
    extraction = plan(
        "1. Sở Nội vụ\na) Phối hợp với Sở Y tế xét chọn hộ nuôi ong tiêu biểu để khen thưởng.\n"
        "2. Sở Y tế\na) Phối hợp với Sở Nội vụ xét chọn hộ nuôi ong tiêu biểu."
    )
    (finding,) = findings(extraction, "NV701")
    assert finding.kind == "fail"
    assert [related.text for related in finding.related] == ["Phối hợp với Sở Nội vụ"]


def test_leads_of_a_heading_are_shown_beside_the_task():
    (finding,) = findings(plan("3. Sở Y tế, Sở Công Thương\na) Chủ trì, phối hợp kiểm nghiệm mật ong."), "NV702")
    assert [related.text for related in finding.related] == ["Sở Y tế, Sở Công Thương"]


def test_what_a_person_must_judge_is_no_failure():
    extraction = plan("1. Sở Nội vụ\na) Phối hợp với Sở Công Thương thẩm định hồ sơ nhãn hiệu mật ong hoa cà phê.")
    assert [finding.kind for finding in findings(extraction, "NV701")] == ["review"]


def test_a_normative_document_gives_powers_and_no_tasks():
    extraction = plan("1. Sở Y tế và Sở Công Thương chủ trì, phối hợp với các sở, ban, ngành kiểm nghiệm mật ong.")
    assert findings(extraction, "NV702")
    law = replace(extraction, metadata=replace(extraction.metadata, normative=True))
    assert not findings(law)


def test_a_report_tells_times_that_are_over():
    text = "Sở Y tế kiểm nghiệm mật ong.\nThời gian thực hiện: Tháng 9/2025."
    extraction = plan(text)
    assert findings(extraction, "NV704")
    assert not findings(replace(extraction, metadata=replace(extraction.metadata, doc_type="Báo cáo")), "NV704")


def test_without_a_signing_date_only_the_period_counts():
    extraction = plan("Sở Y tế kiểm nghiệm mật ong.\nThời gian thực hiện: Tháng 9/2025.")
    draft = replace(extraction, metadata=replace(extraction.metadata, issued=None, period=None))
    assert not findings(draft, "NV704")
    planned = replace(draft, metadata=replace(draft.metadata, period=Period("2026-01-01", "2026-12-31")))
    assert [finding.kind for finding in findings(planned, "NV704")] == ["review"]


def test_a_year_of_signing_is_not_over_before_it():
    extraction = plan("Sở Y tế kiểm nghiệm mật ong.\nThời gian hoàn thành: Năm 2026.", signed="2026-11-20")
    assert not findings(extraction, "NV704")


def test_quoted_wording_is_not_read_as_tasks():
    extraction = plan("Kiểm nghiệm mật ong.\nĐơn vị chủ trì: Sở Y tế; Sở Công Thương.")
    (finding,) = findings(extraction, "NV702")
    part = replace(extraction.parts[0], kind="quoted", start=finding.start - 20, end=finding.end)
    assert not findings(replace(extraction, parts=(*extraction.parts, part)), "NV702")


def test_a_document_is_read_once_for_all_rules():
    extraction = plan("Sở Y tế kiểm nghiệm mật ong.")
    context = RuleContext(extraction=extraction, index=Places.of(extraction))
    assert read_assignments(context) is read_assignments(context)
    assert read_assignments(context) == read_assignments(RuleContext(extraction=replace(extraction)))


@pytest.mark.parametrize("row", rows("labels.csv"), ids=lambda row: f"{row['part']}-{row['example']}")
def test_every_label_is_read_as_its_part(row):
    matched = next(part for part, pattern in label_patterns() if pattern.match(row["example"]))
    assert matched == row["part"]
    assert re.compile(row["pattern"])


def test_the_lists_of_words_are_whole():
    table = rows("words.csv")
    assert {tuple(row) for row in table} == {("list", "phrase", "note")}
    pairs = [(row["list"], row["phrase"]) for row in table]
    assert len(pairs) == len(set(pairs))
    assert all(phrase == phrase.strip().lower() != "" for _, phrase in pairs)
    explained = {row["list"] for row in table if row["note"]}
    assert explained == {row["list"] for row in table}, "the first phrase of a list says what it is for"


@pytest.mark.parametrize("row", rows("words.csv"), ids=lambda row: f"{row['list']}-{row['phrase']}")
def test_every_phrase_is_found_as_whole_words(row):
    found = spoken(row["list"]).search(f"Việc {row['phrase'].upper()}, từ nay")
    assert found is not None
    assert not spoken(row["list"]).fullmatch(f"x{row['phrase']}x")


PIECES = [
    "Sở Y tế", "Sở Nội vụ", "Các sở, ban, ngành", "UBND cấp xã", "chủ trì", "phối hợp với", "phối hợp", "đồng chủ trì",
    "Đơn vị chủ trì:", "Đơn vị phối hợp:", "Cơ quan thực hiện:", "Thời gian thực hiện:", "trước ngày 30/6/2026",
    "Tháng 9 - 10/2025", "Quý I/2026", "từ 01/7/2025", "2024 - 2026", "xây dựng Kế hoạch", "báo cáo năm gửi về",
    "kiểm nghiệm mật ong hoa cà phê", "theo chức năng, nhiệm vụ", "hoàn thành", ",", ";", ".", ":", "\n", "\n1. ", "\na) ", "\n- ", "(", ")",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(NAUGHTY)), max_size=40))
def test_every_finding_points_into_the_text(pieces):
    extraction = plan(" ".join(pieces))
    for finding in findings(extraction):
        assert 0 <= finding.start < finding.end <= len(extraction.text)
        assert extraction.text[finding.start : finding.end] == finding.text
        assert finding.message
        for related in finding.related:
            assert extraction.text[related.start : related.end] == related.text != ""


@pytest.mark.shared
@pytest.mark.parametrize("name", ["Luat-Dat-dai-2024", "Luat-Bao-ve-moi-truong-2020", "Nghi-dinh-102-2024-ND-CP"])
def test_a_law_is_not_read_as_a_plan(name, shared_dir):
    text = (shared_dir / "documents" / "statutes" / f"{name}.txt").read_text(encoding="utf-8")
    assert not findings(extract_layers(Document(text)))
