"""The texts and tables of the review: whole, in both languages, and true to their own examples."""

import re
from datetime import date
from itertools import groupby
from operator import itemgetter
from string import Formatter

import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.review import explain, rules
from parcc_nlp.review.checks.identity.symbols import diagnose
from parcc_nlp.review.rule import rule_texts, shared_texts
from parcc_nlp.review.tables import office_of_issuer, office_of_symbol, read_rows

RULES = rules()
EVERY = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
FORBIDDEN = ("trái luật", "trái pháp luật", "vi phạm", "unlawful", "illegal")


def fields(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def texts(rule):
    return [rule.name, rule.about, *(reason.text for reason in rule.reasons), *rule.messages.values()]


def test_codes_ascend_and_each_has_its_texts():
    codes = [rule.code for rule in RULES]
    assert codes == list(rule_texts())
    assert len(set(codes)) == len(codes)
    assert [sorted(same) for _, same in groupby(codes, key=itemgetter(slice(2)))] == [
        list(same) for _, same in groupby(codes, key=itemgetter(slice(2)))
    ]
    assert all(re.fullmatch(r"(?:VB|CT|NV|CC)\d{3}", code) for code in codes)


@EVERY
def test_every_text_stands_in_both_languages_with_the_same_fields(rule):
    for text in [*texts(rule), *shared_texts().values()]:
        assert text.vi.strip()
        assert text.en.strip()
        assert fields(text.vi) == fields(text.en)


@EVERY
def test_no_text_calls_a_document_unlawful(rule):
    for text in texts(rule):
        assert not any(word in f"{text.vi} {text.en}".lower() for word in FORBIDDEN)


@EVERY
def test_severity_reasons_and_examples_are_complete(rule):
    assert rule.severity in {"error", "warning", "info", "unknown"}
    assert rule.reasons
    assert rule.messages
    for example in (rule.fires, rule.silent):
        assert date.fromisoformat(example.signed)
        assert example.as_of == "signing" or date.fromisoformat(example.as_of)
        assert example.text


@EVERY
@pytest.mark.parametrize("day", ["2016-07-01", "2025-03-31", "2025-04-01", "2025-06-30", "2025-07-01", None])
@pytest.mark.parametrize("normative", [True, False, None])
def test_every_document_of_any_day_gets_a_reason(rule, day, normative):
    assert rule.reason(day, normative=normative) or _only_for_normative(rule, normative=normative)


def _only_for_normative(rule, *, normative):
    return normative is False and all(reason.normative for reason in rule.reasons)


def test_the_reason_follows_the_signing_date():
    basis = next(rule for rule in RULES if rule.code == "VB101")
    assert "34/2016" in basis.reason("2025-03-31", normative=True)
    assert "78/2025" in basis.reason("2025-04-01", normative=True)
    assert "78/2025" not in basis.reason("2025-04-01", normative=False)


@pytest.mark.parametrize("row", read_rows("symbol_repairs.csv"), ids=lambda row: row["fault"])
def test_every_repair_repairs_its_own_example(row):
    assert "|".join(diagnose(row["example"]).repaired) == row["repaired"]
    assert re.search(row["pattern"], row["example"])


@pytest.mark.parametrize(
    "number",
    ["63/2010/NĐ-CP", "39-NQ/TW", "3044/QĐ-UBND", "05-NQ/TU", "72/2025/QH15", "468/QĐ-TTg", "01/2012/TTLT-BQP-BTC",
     "66/HĐBT", "54-CP", "12/CĐ-TTg", "1563/VPCP-NC", "06/2003/PL-UBTVQH11", "134/VBHN-VPQH", "03-KH/BCĐTW",
     "8935/BNV-CTTN&BĐG", "29/2023/QĐ-UBND", "61/2025/QĐ-CTUBND", "102-QyĐ/TW", "131/NĐ-HĐBT", "30-CTr/TU"],
)  # fmt: skip
def test_no_repair_touches_a_right_symbol(number):
    assert diagnose(number) is None


@pytest.mark.parametrize(
    ("number", "issuer", "fits"),
    [
        ("72/2025/QH15", "Quốc hội", True),
        ("72/2025/QH15", "Ủy ban Thường vụ Quốc hội", False),
        ("1211/2016/UBTVQH13", "Uỷ ban thường vụ Quốc hội", True),
        ("1211/2016/UBTVQH13", "Quốc hội khóa XIII", False),
        ("63/2010/NĐ-CP", "Chính phủ", True),
        ("63/2010/NĐ-CP", "Thủ tướng Chính phủ", False),
        ("468/QĐ-TTg", "Thủ tướng Chính phủ", True),
        ("27-NQ/TW", "Hội nghị lần thứ bảy Ban Chấp hành Trung ương khóa XII", True),
        ("2243/QĐ-UBND", "Chủ tịch UBND tỉnh", True),
        ("2243/QĐ-UBND", "Hội đồng nhân dân tỉnh", False),
        ("61/2025/QĐ-CTUBND", "Chủ tịch Ủy ban nhân dân thành phố Đà Nẵng", True),
        ("1563/VPCP-NC", "Văn phòng Chính phủ", True),
    ],
)
def test_which_issuer_a_symbol_allows(number, issuer, fits):
    assert (office_of_symbol(number).office == office_of_issuer(issuer).office) is fits


def test_explain_gives_name_reason_and_examples():
    text = explain("VB105")
    for expected in ("VB105", "lỗi", "Điều 62 Nghị định 78/2025/NĐ-CP", "118/2025/NĐ-CP", "ký ngày 20/6/2025"):
        assert expected in text


@EVERY
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_can_be_explained(rule, lang):
    assert rule.name.in_(lang) in explain(rule.code, lang=lang)


def test_an_unknown_code_cannot_be_explained():
    with pytest.raises(UsageError, match="E304"):
        explain("VB999")
