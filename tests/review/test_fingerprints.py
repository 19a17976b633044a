"""A finding keeps its fingerprint while the document is edited elsewhere."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.model import AmendedBy, Citation, Extraction, Metadata, Source
from parcc_nlp.review import review
from parcc_nlp.review.fingerprint import document_identity

SENTENCES = (
    "Thực hiện Nghị định số 63/2010/NĐ-CP ngày 08/6/2011 của Chính phủ.",
    "Triển khai Quyết định số 25/2021/QĐ-TTg ngày 22/7/2012 của Thủ tướng Chính phủ.",
    "Theo Quyết định 29/2023/QĐ-UBND ngày 10/8/2021 của UBND tỉnh.",
)
SYMBOLS = (("63/2010/NĐ-CP", "2011-06-08"), ("25/2021/QĐ-TTg", "2012-07-22"), ("29/2023/QĐ-UBND", "2021-08-10"))
PROSE = st.text(alphabet="aăâbcdđ eêghiklm,.\n", max_size=60)


def extraction(lines):
    text = "\n".join(lines)
    citations, at = [], 0
    for line in lines:
        for number, issued in SYMBOLS:
            if number in line:
                start = at + line.index(number)
                citations.append(Citation(start, start + len(number), number, number=number, issued=issued))
        at += len(line) + 1
    return Extraction(text, metadata=Metadata(doc_type="Kế hoạch", number="1/KH-UBND"), citations=tuple(citations))


def fingerprints(lines):
    return [finding.fingerprint for finding in review(extraction(lines), select=["VB208"]).findings]


@given(PROSE, PROSE, PROSE, PROSE)
def test_text_added_elsewhere_changes_no_fingerprint(first, second, third, last):
    edited = [first, SENTENCES[0], second, SENTENCES[1], third, SENTENCES[2], last]
    assert fingerprints(edited) == fingerprints(SENTENCES)


@given(st.permutations(SENTENCES))
def test_moving_paragraphs_changes_no_fingerprint(moved):
    assert sorted(fingerprints(moved)) == sorted(fingerprints(SENTENCES))


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
def test_equal_findings_have_fingerprints_of_their_own(lines):
    names = fingerprints(lines)
    assert len(names) == len(lines) == len(set(names))


def test_case_and_spacing_around_the_place_do_not_matter():
    respaced = [SENTENCES[0].replace("Thực hiện ", "thực  hiện  ")]
    assert fingerprints(respaced) == fingerprints(SENTENCES[:1])


def test_other_words_around_the_place_make_another_finding():
    assert fingerprints(["Bãi bỏ" + SENTENCES[0].removeprefix("Thực hiện")]) != fingerprints(SENTENCES[:1])


def test_the_same_words_in_another_document_make_another_finding():
    one = extraction(SENTENCES)
    other = replace(one, metadata=Metadata(doc_type="Kế hoạch", number="2/KH-UBND"))
    names = [{finding.fingerprint for finding in review(each, select=["VB208"]).findings} for each in (one, other)]
    assert not names[0] & names[1]


def test_an_earlier_mention_does_not_rename_what_is_said_once_for_an_instrument(registry, document):
    decree = ("Nghị định số 130/2005/NĐ-CP", {"doc_type": "Nghị định", "number": "130/2005/NĐ-CP"})
    once = document(f"Theo {decree[0]}.", citations=[decree])
    twice = document(f"Căn cứ thêm {decree[0]}.", f"Theo {decree[0]}.", citations=[decree, decree])
    names = [
        review(each, registry=registry, as_of="2026-11-23", select=["VB102"]).findings[0].fingerprint
        for each in (once, twice)
    ]
    assert names[0] == names[1]


def test_a_document_without_number_is_known_by_its_title_then_by_its_file():
    assert document_identity(Metadata(title="Về  Kế hoạch"), Source(path="a.txt")) == "về kế hoạch"
    assert document_identity(Metadata(), Source(path="a.txt")) == "a.txt"


def test_the_words_around_are_looked_for_only_nearby():
    long = "từ " * 100_000
    assert fingerprints([long + SENTENCES[0]]) == fingerprints(["từ " * 200 + SENTENCES[0]])


def test_a_decision_on_one_amendment_does_not_hide_the_next(registry, document):
    cited = ("Nghị định số 130/2005/NĐ-CP", {"doc_type": "Nghị định", "number": "130/2005/NĐ-CP"})
    text = document(f"Theo {cited[0]}.", citations=[cited])
    names = []
    for amending in (("nd-75",), ("nd-75", "luat-2025")):
        registry.amended["nd-130"] = tuple(AmendedBy(by, "Điều 1", "2020-01-01", "verified") for by in amending)
        (finding,) = review(text, registry=registry, select=["VB108"]).findings
        names.append(finding.fingerprint)
    assert names[0] != names[1]
