"""How instruments are cited: every row of ``cases.csv``, read by the real extraction with the registry shipped."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.review import review

CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").read_text(encoding="utf-8").splitlines()))
CODES = ("VB301", "VB302", "VB303", "VB305", "VB306", "VB307", "VB308")
LETTERHEAD = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Lâm Đồng, ngày {day} tháng {month} năm {year}
QUYẾT ĐỊNH
{title}
{basis}
QUYẾT ĐỊNH:
Điều 1. Nội dung
{article}
Điều 2. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn An
"""
ATTACHED = """\
KẾ HOẠCH
Chuyển đổi số của tỉnh
(Ban hành kèm theo Quyết định số {number} ngày {day}/{month}/{year} của Ủy ban nhân dân tỉnh)
I. NHIỆM VỤ
1. Nhiệm vụ chung
{text}
"""
SHORT = "Thực hiện Nghị định số 45/2020/NĐ-CP."


@pytest.fixture(scope="module")
def registry():
    return Registry.shipped()


def document(text, *, form="decision", signed="2023-12-22"):
    """A whole document with the text as its căn cứ lines, its article, or the plan attached to it."""
    year, month, day = signed.split("-")
    number = f"15/{year}/QĐ-UBND" if form == "normative" else "15/QĐ-UBND"
    at = {"number": number, "day": day, "month": month, "year": year}
    is_basis = text.startswith("Căn cứ")
    own = {"attached": "Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi số của tỉnh.", "restarted": SHORT}.get(
        form, text
    )
    title = "Quy định việc giao nhiệm vụ" if form == "normative" else "Về việc giao nhiệm vụ"
    whole = LETTERHEAD.format(title=title, basis=text if is_basis else "", article="" if is_basis else own, **at)
    return whole + (ATTACHED.format(text=text, **at) if form in {"attached", "restarted"} else "")


def found(text, rule, registry, **options):
    extraction = extract_layers(Document(document(text, **options)))
    reviewed = review(extraction, registry=registry, select=(rule,))
    assert rule in reviewed.coverage.rules_run
    return sorted(reviewed.findings, key=lambda finding: finding.start)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['form']}-{case['why']}")
def test_a_way_of_citing_is_flagged_or_left_alone(case, registry):
    text = case["text"].replace("\\n", "\n")
    findings = found(text, case["rule"], registry, form=case["form"], signed=case["signed"])
    expected = [" ".join(words.split()) for words in case["expected"].split("|") if words]
    assert [" ".join(finding.text.split()) for finding in findings] == expected
    assert all(case["says"] in f"{finding.message} {finding.suggestion or ''}" for finding in findings)


def test_every_rule_has_a_case_of_either_kind():
    for rule in CODES:
        kinds = {bool(case["expected"]) for case in CASES if case["rule"] == rule}
        assert kinds == {True, False}


def test_the_attached_plan_is_read_as_a_document_of_its_own(registry):
    (finding,) = found(SHORT, "VB301", registry, form="attached")
    assert finding.text == "Nghị định số 45/2020/NĐ-CP"
    assert finding.where.section is not None


@pytest.mark.parametrize(
    ("signed", "normative", "clause"),
    [
        ("2023-12-22", False, "Nghị định 30/2020/NĐ-CP"),
        ("2024-05-10", True, "Điều 75 Nghị định 34/2016/NĐ-CP"),
        ("2025-05-10", True, "khoản 1 Điều 68 Nghị định 78/2025/NĐ-CP"),
        ("2025-09-10", True, "Nghị định 187/2025/NĐ-CP"),
    ],
)
def test_the_reason_given_is_the_rule_in_force_when_the_document_was_signed(signed, normative, clause, registry):
    form = "normative" if normative else "decision"
    text = "Thực hiện Nghị định số 107/2021/NĐ-CP."
    (finding,) = found(text, "VB301", registry, form=form, signed=signed)
    assert clause in finding.reason


def test_what_is_missing_is_offered_from_the_registry(registry):
    (finding,) = found(SHORT, "VB301", registry)
    assert "08/4/2020" in finding.suggestion
    assert "Chính phủ" in finding.suggestion


def test_a_missing_title_alone_is_for_a_person_to_judge(registry):
    (finding,) = found("Thực hiện Nghị định số 60/2021/NĐ-CP ngày 21/6/2021 của Chính phủ.", "VB301", registry)
    assert finding.kind == "review"
    (finding,) = found("Thực hiện Nghị định số 60/2021/NĐ-CP.", "VB301", registry)
    assert finding.kind == "fail"


def test_the_full_form_is_shown_beside_the_short_one(registry):
    full = "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ"
    (finding,) = found(f"{SHORT}\nTheo dõi {full} về thực hiện thủ tục hành chính.", "VB302", registry)
    assert [place.text for place in finding.related] == [full]


def test_a_party_document_cites_by_the_rules_of_the_party(registry):
    text = (
        document(SHORT).replace("15/QĐ-UBND", "15-QĐ/TU").replace("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "TỈNH ỦY LÂM ĐỒNG")
    )
    reviewed = review(extract_layers(Document(text)), registry=registry, select=("VB301", "VB303", "VB305"))
    assert not reviewed.findings


def test_a_portal_s_heading_of_the_document_is_not_read_as_its_words(registry):
    text = document("Nội dung giao các sở.") + "Quyết định 15/QĐ-UBND năm 2023 thực hiện Nghị định 45/2020/NĐ-CP\n"
    reviewed = review(extract_layers(Document(text)), registry=registry, select=("VB301", "VB305"))
    assert not reviewed.findings


def test_a_consolidated_text_repeats_what_others_say(registry):
    text = document(SHORT).replace("15/QĐ-UBND", "15/VBHN-UBND").replace("QUYẾT ĐỊNH\n", "VĂN BẢN HỢP NHẤT\n")
    assert not review(extract_layers(Document(text)), registry=registry, select=("VB301", "VB305")).findings


def test_no_string_breaks_the_reading(registry, root):
    strings = json.loads((root / "tests" / "extract" / "naughty_strings.json").read_text(encoding="utf-8"))
    text = "\n".join(str(one) for one in strings)
    for whole in (text, document(text), document(f"Căn cứ {text}")):
        for finding in review(extract_layers(Document(whole)), registry=registry, select=CODES).findings:
            assert finding.text == whole[finding.start : finding.end]


FRAGMENTS = st.sampled_from(
    [
        "Căn cứ ", "Thực hiện ", "theo ", "của Chính phủ ", "tại ", "và ", ", ", "; ", ".\n", "\n", "(", ")", "“", "”", "\t",
        "Nghị định số 45/2020/NĐ-CP ", "Nghị định 107/2021/NĐ-CP ", "ngày 08/4/2020 ", "Luật Đất đai ", "Luật đất đai ",
        "Nghị quyết 27-NQ/TƯ ", "khoản 3 Điều 7 của Nghị định ", "Kế hoạch hội thi tay nghề năm 2025 ", "sửa đổi, bổ sung ",
        "Nghị định hướng dẫn Luật Đầu tư ", "TCVN ISO 9001:2015 ", "số ", "các ", "QUYẾT ĐỊNH:\n", "Điều 1. ", "🙂", "\u0301", "Ð",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_whatever_stands_in_a_text_findings_point_into_it(text):
    whole = document(text)
    reviewed = review(extract_layers(Document(whole)), registry=Registry.shipped(), select=CODES)
    for finding in reviewed.findings:
        assert 0 <= finding.start < finding.end <= len(whole)
        assert finding.text == whole[finding.start : finding.end]
        assert all(place.text == whole[place.start : place.end] for place in finding.related)
