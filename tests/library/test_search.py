"""Searching: folded words, phrases, no operators, the same answers from both databases."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.folding import folded, words_of
from parcc_nlp.library.text_index import find, parsed

ROWS = list(csv.DictReader((Path(__file__).parent / "searches.csv").read_text(encoding="utf-8").splitlines()))
TEXTS = (
    ("1/KH-UBND", "Kế hoạch tỉnh Đắk Lắk", "theo Kế hoạch số 12/KH-UBND"),
    ("2/KH-UBND", "Kế hoạch 2", "Căn cứ Nghị định số 45/2020/NĐ-CP;"),
    ("3/KH-UBND", "Kế hoạch 3", "UỶ BAN NHÂN DÂN về thủ tục, cải cách hành chính"),
    ("12/KH-UBND", "Kế hoạch 4", "đạt 100% x_y"),
)
vietnamese = st.text(st.sampled_from("aăâđeêioôơuưyỷủÁẮĐỮ \n/-.,;“”\u0309\u00df\u0130①½"), max_size=60)


@given(st.one_of(vietnamese, st.text(max_size=40)))
@settings(max_examples=150)
def test_folding_keeps_every_letter_in_its_place(text):
    plain = folded(text)
    assert len(plain) == len(text)
    assert folded(plain) == plain
    assert words_of(plain) == words_of(text)


@pytest.mark.parametrize("written", ["Ủy ban nhân dân", "UỶ BAN NHÂN DÂN", "Uỷ ban Nhân dân", "uy ban nhan dan"])
def test_tone_marks_and_capitals_do_not_matter(written):
    assert folded(unicodedata.normalize("NFC", written)) == "uy ban nhan dan"


def test_letters_and_marks_sent_apart_are_searched_for_as_one():
    assert parsed(unicodedata.normalize("NFD", "Ủy ban")) == parsed("Ủy ban")


@pytest.mark.parametrize("searched", ["", "  ", '""', "*", "-", "^ : ( )", "'"])
def test_a_search_without_letter_or_digit_is_refused(searched):
    with pytest.raises(LibraryError) as caught:
        parsed(searched)
    assert caught.value.code == "E515"


def test_both_databases_find_what_the_table_says(any_library, plan, put):
    for number, title, text in TEXTS:
        put(any_library, plan(number, title, text))
    ids = {any_library.document(number).id: str(place) for place, (number, *_) in enumerate(TEXTS, 1)}
    with any_library.reading() as connection:
        found = {row["searched"]: find(connection, parsed(row["searched"]), most=10)[0] for row in ROWS}
    told = {searched: sorted(ids[one] for one in documents) for searched, documents in found.items()}
    assert told == {row["searched"]: row["found"].split() for row in ROWS}


def test_the_document_of_a_number_comes_before_those_that_cite_it(any_library, plan, put):
    put(any_library, plan("12/KH-UBND"))
    for n in range(20, 26):
        put(any_library, plan(f"{n}/KH-UBND", f"Kế hoạch {n}", "theo Kế hoạch số 12/KH-UBND"))
    hits = any_library.search("12/KH-UBND", most=3)
    assert hits.more
    assert [hit.document.number for hit in hits.hits] == ["12/KH-UBND", "25/KH-UBND", "24/KH-UBND"]
    assert not any_library.search("12/KH-UBND", most=7).more


def test_a_document_of_another_text_is_no_longer_found_by_the_text_before(any_library, plan, put):
    put(any_library, plan("1/KH-UBND", text="một cửa liên thông"))
    put(any_library, plan("1/KH-UBND", text="chuyển đổi số"))
    assert not any_library.search("lien thong").hits
    assert len(any_library.search("chuyen doi so").hits) == 1


@given(st.text(max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_a_person_types_is_an_error_of_the_database(library, searched):
    if words_of(unicodedata.normalize("NFC", searched)):
        assert library.search(searched).hits == ()


@given(st.integers(0, 21_000), st.sampled_from(["Sở\u00a0Tư\npháp", "SỞ TƯ PHÁP", "sở - tư / pháp"]))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_snippet_is_a_piece_of_the_text_and_its_marks_are_the_words(library, plan, put, before, written):
    text = "ủy ban " * (before // 7) + "x" * (before % 7) + f" {written} " + "nhân dân " * 30
    added = put(library, plan(f"{before + 1}/KH-UBND", f"Kế hoạch {before} {written!r}", text))
    stored = library.extraction(added.document_id).text
    [hit] = [hit for hit in library.search('"so tu phap" uy').hits if hit.document.id == added.document_id]
    assert stored[hit.start : hit.end] == hit.snippet
    assert len(hit.snippet) < 250
    marked = {words_of(hit.snippet[start:end]) for start, end in hit.marks}
    assert "so tu phap" in marked
    assert marked <= {"so tu phap", "uy"}


def test_a_snippet_shows_the_rarest_of_what_was_searched_for(library, plan, put):
    for n in range(5):
        put(library, plan(f"{n + 1}/KH-UBND", f"Kế hoạch {n}", "ủy ban nhân dân"))
    put(library, plan("9/KH-UBND", "Kế hoạch 9", "ủy ban nhân dân. " * 40 + "Hộ tịch. " + "ủy ban. " * 40))
    [hit] = library.search("uy ban tich").hits
    assert "Hộ tịch" in hit.snippet
