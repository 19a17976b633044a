"""What cannot be true is found row by row; what is right all the same is listed with the reason."""

import pytest

from parcc_nlp.registry.checking import CHECKS, Facts, verify
from parcc_nlp.registry.identity import read_rules

A = {
    "id": "vn/nghi-dinh/chinh-phu/2030-01-01/1-2030-nd-cp", "number": "1/2030/NĐ-CP", "doc_type": "Nghị định",
    "legal_class": "normative", "issuer": "Chính phủ", "issued": "2030-01-01", "effective": "2030-02-01",
    "confidence": "verified", "surveyed": "0",
}  # fmt: skip
B = A | {
    "id": "vn/nghi-dinh/chinh-phu/2031-01-01/2-2031-nd-cp", "number": "2/2031/NĐ-CP", "issued": "2031-01-01",
    "effective": "2031-02-01",
}  # fmt: skip
END = {
    "source": B["id"], "kind": "replaces", "target": A["id"], "effective": "2031-02-01", "clause": "Điều 9",
    "evidence": "văn bản", "confidence": "verified",
}  # fmt: skip


def codes(registry):
    return [one.code for one in verify(registry)]


def test_sound_rows_are_passed(make_registry):
    assert codes(make_registry(instruments=[A, B], relations=[END])) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"effective": "2029-12-31"}, "V01"),
        ({"expires": "2030-01-15"}, "V02"),
        ({"effective": "", "expires": "2029-06-01"}, "V03"),
        ({"doc_type": "Thông tư"}, "V08"),
        ({"issuer": "Bộ Tài chính"}, "V09"),
        ({"issued": "2031-01-01", "effective": ""}, "V11"),
    ],
)
def test_an_instrument_that_cannot_be_is_found(make_registry, change, code):
    assert codes(make_registry(instruments=[A | change])) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"effective": "2030-01-15"}, "V07"),
        ({"effective": "2030-01-15"}, "V15"),
        ({"source": A["id"], "target": B["id"]}, "V06"),
        ({"source": A["id"]}, "V13"),
    ],
)
def test_a_relation_that_cannot_be_is_found(make_registry, change, code):
    assert code in codes(make_registry(instruments=[A, B], relations=[END | change]))


def test_a_circle_of_replacements_is_found(make_registry):
    back = END | {"source": A["id"], "target": B["id"]}
    found = verify(make_registry(instruments=[A, B], relations=[END, back]))
    (circle,) = [one for one in found if one.code == "V04"]
    assert dict(circle.values)["circle"].count("→") == 2


def test_two_rows_that_nothing_tells_apart_are_found(make_registry):
    twin = A | {"id": "vn/nghi-dinh/chinh-phu/-/1-2030-nd-cp", "issued": ""}
    assert codes(make_registry(instruments=[A, twin])) == ["V12"]


def test_every_finding_is_worded_in_both_languages(make_registry):
    found = verify(make_registry(instruments=[A | {"effective": "2029-12-31"}]))
    for lang in ("vi", "en"):
        assert all("2029-12-31" in one.message(lang=lang) and one.code in one.message(lang=lang) for one in found)


def test_the_exceptions_are_told_only_where_asked_for_and_with_their_reason(registry):
    known = [one for one in verify(registry, excused=True) if one.excused]
    assert {(one.code, one.subject) for one in known} == {
        (row["code"], row["subject"]) for row in read_rules("check_exceptions.csv")
    }
    assert not {(one.code, one.subject) for one in verify(registry)} & {(one.code, one.subject) for one in known}


def test_a_check_sees_what_an_office_added(make_registry):
    registry = make_registry(instruments=[A, B], relations=[END])
    facts = Facts.of(registry)
    assert (len(facts.instruments), len(facts.ties)) == (2, 1)
    assert facts.endings == facts.ties


def test_every_check_tells_its_code_and_every_code_is_worded():
    told = {code for check in CHECKS for code in check.__doc__.partition(":")[0].split(", ")}
    assert told == {row["code"] for row in read_rules("checks.csv")}
