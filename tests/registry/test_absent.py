"""What is answered for an instrument the registry does not have: not known, and why."""

import pytest

import parcc_nlp as parcc
from parcc_nlp.errors import UsageError


def note_of(number, **identity):
    answer = parcc.status(number, as_of="2026-11-23", **identity)
    assert answer.status == "not_known"
    return answer.note


def test_a_number_nobody_bears_is_said_to_be_missing():
    assert note_of("998/2099/NĐ-CP").startswith("Không có trong dữ liệu")


def test_a_known_number_with_another_date_names_the_bearer_and_is_not_answered_for_it():
    assert "Nghị định ngày 08/4/2020 của Chính phủ" in note_of("45/2020/NĐ-CP", issued="2021-04-08")


def test_a_known_number_with_another_type_names_the_bearer():
    assert "Nghị định ngày 08/4/2020" in note_of("45/2020/NĐ-CP", doc_type="Luật")


def test_a_consolidated_text_is_told_to_have_no_force_of_its_own():
    assert "hợp nhất không có hiệu lực riêng" in note_of("999/VBHN-VPQH")


def test_a_party_document_is_told_to_lie_outside_the_law_on_normative_documents():
    assert "Văn kiện của Đảng" in note_of("998-NQ/TU")


def test_words_without_a_number_are_told_to_be_none():
    assert "không phải là số, ký hiệu" in note_of("quyết định")


@pytest.mark.parametrize("written", ["08/4/2020", "8/4/2020", "2020-04-08", "2020-04", "2020"])
def test_the_date_of_an_instrument_may_be_written_as_officers_write_it(written):
    assert parcc.status("45/2020/NĐ-CP", issued=written, as_of="23/11/2026").issued == "2020-04-08"


@pytest.mark.parametrize("written", ["30/02/2020", "2020-13", "08-4-2020", "tháng 4"])
def test_a_date_of_an_instrument_that_is_none_is_wrong_usage(written):
    with pytest.raises(UsageError, match="E301"):
        parcc.status("45/2020/NĐ-CP", issued=written, as_of="2026-11-23")


def test_a_review_takes_a_day_as_officers_write_it():
    assert parcc.review(parcc.extract("Điều 1."), as_of="22/12/2023").as_of == "2023-12-22"
