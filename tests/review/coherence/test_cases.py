"""What the rules on coherence say, and do not say: every row of ``cases.csv``, through the real extraction.

`form` is where the text stands: ``article`` in an article of a decision, ``plan`` in a plan, ``whole`` a document of its
own. `expected` are the words flagged, ``|`` between them; empty where the rule is silent.
"""

import csv
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.review import review
from parcc_nlp.review.checks.coherence import RULES

CASES = list(
    csv.DictReader(Path(__file__).with_name("cases.csv").read_text(encoding="utf-8").splitlines(keepends=True))
)
DECISION = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/QĐ-UBND
Lâm Đồng, ngày {day} tháng {month} năm {year}
QUYẾT ĐỊNH
Về việc giao nhiệm vụ cải cách hành chính
Điều 1. Giao nhiệm vụ
{text}
Điều 2. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.
"""
PLAN = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Lâm Đồng, ngày {day} tháng {month} năm {year}
KẾ HOẠCH
Cải cách hành chính
{text}
"""
FORMS = {"article": DECISION, "plan": PLAN, "whole": "{text}\n"}


@pytest.fixture(scope="module")
def registry():
    return Registry.shipped()


def findings(case, registry):
    year, month, day = case["signed"].split("-")
    text = FORMS[case["form"]].format(text=case["text"], day=day, month=month, year=year)
    extraction = registry.resolve_all(extract_layers(Document(text)))
    found = review(extraction, as_of=case["as_of"], registry=registry, select=(case["rule"],)).findings
    assert all(text[one.start : one.end] == one.text for one in found)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['why']} {case['expected']}".strip())
def test_a_rule_flags_the_words_that_do_not_agree_and_no_others(case, registry):
    expected = case["expected"].split("|") if case["expected"] else []
    assert [one.text for one in findings(case, registry)] == expected


def test_every_rule_has_cases_on_which_it_speaks_and_on_which_it_is_silent():
    for code in (rule.code for rule in RULES):
        spoken = {bool(case["expected"]) for case in CASES if case["rule"] == code}
        assert spoken == {True, False}, code


def test_a_date_that_the_registry_knows_is_shown_as_evidence(registry):
    case = next(case for case in CASES if case["rule"] == "VB401" and "dữ liệu" in case["why"])
    (found,) = findings(case, registry)
    assert found.kind == "fail"
    assert [one.quote for one in found.evidence] == ["ngày ban hành: 08/6/2010"]
    assert [one.where.paragraph for one in found.related] == [9]


def test_what_a_person_must_judge_is_not_called_a_fault(registry):
    judged = {"VB403", "VB405"}
    kinds = {one.kind for case in CASES if case["rule"] in judged for one in findings(case, registry)}
    assert kinds == {"review"}


def test_a_point_with_a_number_is_suggested_as_the_clause_that_is_there(registry):
    case = next(case for case in CASES if case["expected"] == "điểm 1 Mục II Kế hoạch")
    (found,) = findings(case, registry)
    assert found.suggestion == "Cần xem xét: “khoản 1 Mục II”."


def test_the_words_of_a_figure_are_suggested_both_ways(registry):
    case = next(case for case in CASES if case["expected"] == "15 (mười năm) ngày")
    (found,) = findings(case, registry)
    assert "“15 (mười lăm)” hoặc “10 (mười)”" in found.suggestion


def test_a_document_dated_by_month_only_is_not_compared_with_later_instruments(registry):
    text = PLAN.format(
        text="I. NHIỆM VỤ\n1. Thực hiện Nghị định số 12/2026/NĐ-CP.", day="    ", month="11", year="2025"
    )
    extraction = registry.resolve_all(extract_layers(Document(text)))
    reviewed = review(extraction, registry=registry, select=("VB402",))
    assert not reviewed.findings
    assert [one.rule for one in reviewed.coverage.rules_skipped] == ["VB402"]
